/** The charts of the Learn view as tables for other programs. Full precision. */
import { csvText } from "../../charts/csvText.ts";
import type { LearnModel } from "./learnModel.ts";

/** One row for each x: target, and prediction and LPR before and now, of every type. */
export function learnCsv({ profile, before, setup }: LearnModel): string {
  const { rows } = setup.system;
  const columns: (readonly [string, Float64Array])[] = [["x", profile.x]];
  profile.curves.forEach((now, type) => {
    const then = before.curves[type];
    columns.push([`target_${now.type}`, now.target]);
    if (then !== undefined) {
      columns.push([`prediction_before_${now.type}`, then.prediction]);
      columns.push([`lpr_before_${now.type} (rows: ${rows})`, then.lpr]);
    }
    columns.push([`prediction_${now.type}`, now.prediction]);
    columns.push([`lpr_${now.type} (rows: ${rows})`, now.lpr]);
  });
  return csvText(
    columns.map(([title]) => title),
    Array.from(profile.x, (_, i) => columns.map(([, values]) => values[i] ?? null)),
  );
}

/** One row for each ε: the loss now and before, trained anew, and what the LPR says it is. */
export function parabolaCsv({ fits, beforeFits, setup }: LearnModel): string {
  return csvText(
    ["held_x", "held_type", "epsilon", "loss", "loss_from_lpr", "loss_before"],
    fits.fits.map(({ epsilon, loss }, i) => [
      setup.held.x,
      setup.system.types[setup.held.type]?.name ?? "",
      epsilon,
      loss,
      fits.loss + 0.5 * fits.lpr * epsilon ** 2,
      beforeFits.fits[i]?.loss ?? null,
    ]),
  );
}
