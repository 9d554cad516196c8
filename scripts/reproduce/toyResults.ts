/** What `lpr-studio toy --out` wrote. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A top of the LPR profile. */
export interface Peak {
  readonly x: number;
  readonly lpr: number;
}

/** Fits with one prediction held. */
export interface Constrained {
  readonly x: number;
  readonly loss: number;
  readonly lpr: number;
  readonly curvature: number;
  readonly fits: readonly {
    readonly epsilon: number;
    readonly loss: number;
    readonly groupTotals: readonly number[];
  }[];
}

/** The model before or after the group was added. */
export interface ToyModel {
  readonly groups: readonly {
    readonly x: Readonly<Record<string, readonly number[]>>;
    readonly isAdded: boolean;
    readonly meanX: number;
    readonly size: number;
  }[];
  readonly peaks: readonly {
    readonly type: string;
    readonly peaks: readonly Peak[];
  }[];
  readonly constrained: readonly Constrained[];
}

/** One scenario: its numbers and its curves. */
export interface Scenario {
  readonly base: ToyModel;
  readonly added: ToyModel | null;
  /** A column of `profile.csv`. */
  readonly column: (name: string) => readonly number[];
}

/** @throws Error when a file is missing */
export function readScenario(folder: string): Scenario {
  const summary = JSON.parse(readFileSync(join(folder, "summary.json"), "utf8")) as {
    readonly models: readonly ToyModel[];
  };
  const [head = "", ...lines] = readFileSync(join(folder, "profile.csv"), "utf8")
    .trim()
    .split("\n");
  const titles = head.split(",");
  const [base, added = null] = summary.models;
  if (base === undefined) throw new Error(`${folder}: no model`);
  return {
    base,
    added,
    column: (name) => {
      const index = titles.indexOf(name);
      if (index < 0) throw new Error(`${folder}: no column ${name}`);
      return lines.map((line) => Number(line.split(",")[index]));
    },
  };
}

/** Values of a curve at given x, from the nearest point of the grid. */
export function valuesAt(
  grid: readonly number[],
  curve: readonly number[],
  x: readonly number[],
): readonly number[] {
  return x.map((wanted) => {
    let nearest = 0;
    grid.forEach((value, i) => {
      if (Math.abs(value - wanted) < Math.abs((grid[nearest] ?? 0) - wanted)) nearest = i;
    });
    return curve[nearest] ?? NaN;
  });
}

/** The x of one type in the groups of the base. */
export function members(model: ToyModel, type: string): readonly number[] {
  return model.groups.filter((group) => !group.isAdded).flatMap(({ x }) => x[type] ?? []);
}

/** The peaks of the first type, highest first. */
export function peaksOf(model: ToyModel): readonly Peak[] {
  return [...(model.peaks[0]?.peaks ?? [])].sort((a, b) => b.lpr - a.lpr);
}

/** The model with the group added, and the mean x of that group. */
export function addedModel({ added }: Scenario): { readonly model: ToyModel; readonly x: number } {
  const group = added?.groups.find(({ isAdded }) => isAdded);
  if (added === null || group === undefined) throw new Error("no group was added");
  return { model: added, x: group.meanX };
}

/** Full width of a curve at half the height of its top. */
export function halfWidth(x: readonly number[], curve: readonly number[]): number {
  const top = curve.indexOf(Math.max(...curve));
  const half = (curve[top] ?? 0) / 2;
  let [left, right] = [top, top];
  while (left > 0 && (curve[left] ?? 0) > half) left--;
  while (right < curve.length - 1 && (curve[right] ?? 0) > half) right++;
  return (x[right] ?? 0) - (x[left] ?? 0);
}
