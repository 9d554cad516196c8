/** What studies on density-functional data are made of. */
import type { ProjectDocument, StructureSelection } from "../../src/project/document.ts";
import type { Study } from "./study.ts";

/** A study whose projects are still documents. */
export interface RealStudy {
  readonly name: string;
  /** Files it reads, relative to the folder of the data. */
  readonly files: readonly string[];
  /** Reads them; `path` gives the place of a file. */
  readonly prepare: (path: (file: string) => string) => {
    readonly projects: Readonly<Record<string, ProjectDocument>>;
    /** The study, given where its projects were written. */
    readonly study: (paths: Readonly<Record<string, string>>) => Study;
  };
}

/** A committee as in the paper. */
export const COMMITTEE = { members: 10, fraction: 0.8, seed: 1 };

/** A variant in which structures of another one give way to others, one for one by default. */
export function replacing(
  name: string,
  base: string,
  count: number,
  ...entering: readonly StructureSelection[]
): NonNullable<ProjectDocument["variants"]>[number] {
  return { name, base, replace: { count, seed: 1, with: entering } };
}
