/** Tables and summary of `lpr-studio toy`. */
import { toyPeaks } from "../../src/toy/toyProfile.ts";
import type { ConstrainedFigure, ToyFigures, ToyModelFigure } from "./toyFigures.ts";

/** One row for each x: target, prediction and LPR of every type and model (Figs. 2 and 3). */
export function profileTable({ models }: ToyFigures): string {
  const columns: [string, Float64Array][] = [];
  models.forEach(({ name, profile }, m) => {
    if (m === 0) columns.push(["x", profile.x]);
    for (const { type, target, prediction, lpr } of profile.curves) {
      if (m === 0) columns.push([`target_${type}`, target]);
      columns.push([`prediction_${name}_${type}`, prediction], [`lpr_${name}_${type}`, lpr]);
    }
  });
  const length = columns[0]?.[1].length ?? 0;
  return table(
    columns.map(([title]) => title),
    Array.from({ length }, (_, i) => columns.map(([, values]) => values[i] ?? 0)),
  );
}

/** One row for each model, held environment, ε and x: the coloured curves of Fig. 1. */
export function constrainedTable({ models }: ToyFigures): string {
  const types = models[0]?.profile.curves.map(({ type }) => `prediction_${type}`) ?? [];
  const rows = held(models).flatMap(({ model, figure: { result, curves } }) =>
    curves.flatMap(({ epsilon, predictions }) =>
      Array.from(model.profile.x, (x, i) => [
        model.name,
        typeName(model, result.constraint.type),
        result.constraint.x,
        epsilon,
        x,
        ...predictions.map((values) => values[i] ?? 0),
      ]),
    ),
  );
  return table(["model", "held_type", "held_x", "epsilon", "x", ...types], rows);
}

/** One row for each model, held environment and ε: the parabolas of Fig. 1. */
export function parabolaTable({ models }: ToyFigures): string {
  const rows = held(models).flatMap(({ model, figure: { result } }) =>
    result.fits.map(({ epsilon, loss }) => [
      model.name,
      typeName(model, result.constraint.type),
      result.constraint.x,
      epsilon,
      loss,
      result.loss + 0.5 * result.lpr * epsilon ** 2,
    ]),
  );
  return table(["model", "held_type", "held_x", "epsilon", "loss", "loss_from_lpr"], rows);
}

/** What was computed, the groups and the numbers; with `withCurves` also what the tables hold. */
export function toySummary(
  { scenario, models }: ToyFigures,
  { withCurves = false }: { readonly withCurves?: boolean } = {},
): unknown {
  const { name, base } = scenario;
  return {
    scenario: name,
    degree: base.degree,
    regularizer: base.regularizer,
    rows: base.rows,
    types: base.types,
    models: models.map((model) => ({
      name: model.name,
      groups: groups(model),
      loss: model.profile.loss,
      conditionEstimate: model.profile.conditionEstimate,
      errorEstimate: model.profile.errorEstimate,
      peaks: model.profile.curves.map(({ type, lpr }) => ({
        type,
        peaks: toyPeaks(model.profile.x, lpr),
      })),
      constrained: model.constrained.map((figure) => constrained(model, figure, withCurves)),
      ...(withCurves ? { profile: curvesOf(model) } : {}),
    })),
  };
}

function groups({ name, system, profile }: ToyModelFigure): unknown {
  return profile.groups.map((group, a) => ({
    x: Object.fromEntries(system.types.map((type, t) => [type.name, system.groups[a]?.x[t] ?? []])),
    isAdded: name === "added" && a === profile.groups.length - 1,
    ...group,
  }));
}

function curvesOf({ profile }: ToyModelFigure): unknown {
  return {
    x: Array.from(profile.x),
    curves: profile.curves.map(({ type, lpr, prediction, target }) => ({
      type,
      lpr: Array.from(lpr),
      prediction: Array.from(prediction),
      target: Array.from(target),
    })),
  };
}

function constrained(
  model: ToyModelFigure,
  { result, curves }: ConstrainedFigure,
  withCurves: boolean,
): unknown {
  const { constraint, prediction, loss, lpr, curvature, fits } = result;
  return {
    type: typeName(model, constraint.type),
    x: constraint.x,
    prediction,
    loss,
    lpr,
    curvature,
    fits: fits.map((fit) => ({
      epsilon: fit.epsilon,
      loss: fit.loss,
      groupTotals: Array.from(fit.groupTotals),
    })),
    ...(withCurves
      ? {
          curves: curves.map(({ epsilon, predictions }) => ({
            epsilon,
            predictions: predictions.map((values) => Array.from(values)),
          })),
        }
      : {}),
  };
}

function held(
  models: readonly ToyModelFigure[],
): { readonly model: ToyModelFigure; readonly figure: ConstrainedFigure }[] {
  return models.flatMap((model) => model.constrained.map((figure) => ({ model, figure })));
}

function typeName({ system }: ToyModelFigure, type: number): string {
  return system.types[type]?.name ?? "";
}

/** Comma-separated values; names and numbers here never need quotes. */
function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${[titles, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}
