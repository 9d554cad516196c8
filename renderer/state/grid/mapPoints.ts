import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { findTargetSlice } from "../results/resultStore.ts";
import type { TargetRow } from "../project/targets.ts";

/** First two kernel components of a structure's atoms, (nAtoms × 2); null when there is no map. */
export function mapPointsOf(result: AnalysisResult, row: TargetRow): Float32Array | null {
  const slice = findTargetSlice(result, row.dataset, row.structureIndex);
  const components = result.map?.components ?? 0;
  const map = slice?.target.map ?? null;
  if (slice === null || map === null || components < 1) return null;
  const points = new Float32Array(2 * slice.nAtoms);
  for (let atom = 0; atom < slice.nAtoms; atom++) {
    const at = (slice.first + atom) * components;
    points[2 * atom] = map[at] ?? NaN;
    points[2 * atom + 1] = components > 1 ? (map[at + 1] ?? NaN) : 0;
  }
  return points;
}
