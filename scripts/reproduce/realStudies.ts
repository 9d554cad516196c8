/** The same studies on density-functional data, where a folder with them is given. */
import type { Study } from "./study.ts";

export const REAL_STUDY_NAMES: readonly string[] = [];

export function realStudies(folder: string, out: string): readonly Study[] {
  return folder === out ? [] : [];
}
