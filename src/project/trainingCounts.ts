/** Training sets as how often each structure of a list counts. */
import { StudioError } from "../errors.ts";
import type { StructureReference } from "./variants.ts";

/** A structure and how often it is in some training set. */
export interface CountedStructure extends StructureReference {
  readonly count: number;
}

/** How often the structure at a position of the list counts in another training set. */
export interface TrainingChange {
  readonly structure: number;
  readonly count: number;
}

/** `dataset[index]`: names a structure of a project. */
export function structureName({ dataset, structureIndex }: StructureReference): string {
  return `${dataset}[${structureIndex}]`;
}

/** How often each structure is in a training set, by {@link structureName}. */
export function trainingCounts(rows: readonly StructureReference[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(structureName(row), (counts.get(structureName(row)) ?? 0) + 1);
  return counts;
}

/** Whether two training sets have the same structures equally often. */
export function sameCounts(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): boolean {
  return a.size === b.size && [...a].every(([structure, count]) => b.get(structure) === count);
}

/**
 * Where a training set differs from the counts of a list.
 *
 * @param rows - the training set, a multiset
 * @throws StudioError `INVALID_PARAMETER` when it has a structure that is not in the list
 */
export function trainingChanges(
  structures: readonly CountedStructure[],
  rows: readonly StructureReference[],
): readonly TrainingChange[] {
  const counts = new Map(trainingCounts(rows));
  const changes: TrainingChange[] = [];
  structures.forEach((one, structure) => {
    const name = structureName(one);
    const count = counts.get(name) ?? 0;
    counts.delete(name);
    if (count !== one.count) changes.push({ structure, count });
  });
  const [missing] = counts.keys();
  if (missing === undefined) return changes;
  throw new StudioError("INVALID_PARAMETER", `${missing} is not among the structures on offer`, {
    remedy: "Its species may be unknown to the model; offer its dataset, or leave it out.",
  });
}
