/** The profiles of the Learn view as text for other programs. Full precision. */
import type { LearnModel } from "./learnModel.ts";

/** One row for each x: target, and prediction and LPR before and now, of every type. */
export function learnCsv({ profile, before }: LearnModel): string {
  const columns: (readonly [string, Float64Array])[] = [["x", profile.x]];
  profile.curves.forEach((now, type) => {
    const then = before.curves[type];
    columns.push([`target_${now.type}`, now.target]);
    if (then !== undefined) {
      columns.push([`prediction_before_${now.type}`, then.prediction]);
      columns.push([`lpr_before_${now.type}`, then.lpr]);
    }
    columns.push([`prediction_${now.type}`, now.prediction], [`lpr_${now.type}`, now.lpr]);
  });
  const rows = Array.from(profile.x, (_, i) => columns.map(([, values]) => values[i]).join(","));
  return `${[columns.map(([title]) => title).join(","), ...rows].join("\n")}\n`;
}
