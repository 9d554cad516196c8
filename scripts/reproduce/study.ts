/** A case study: commands to run and claims to judge. */
import type { Claim } from "./claim.ts";
import { readRun, type RunResults } from "./runResults.ts";

/** One section of the report. */
export interface Study {
  /** Short, for `--only` and the markers in the report. */
  readonly name: string;
  readonly title: string;
  /** What to know about data and settings, in Markdown. */
  readonly remark: string;
  /** Arguments of `lpr-studio` by a name of the run, given the folder for its results. */
  readonly runs: Readonly<Record<string, (out: string) => readonly string[]>>;
  /** Judges the claims, given the folder of each run. */
  readonly evaluate: (folders: Readonly<Record<string, string>>) => readonly Claim[];
}

/** A study of project files: `run PROJECT --out DIR` for each, then claims on their results. */
export function projectStudy(
  study: Pick<Study, "name" | "title" | "remark">,
  projects: Readonly<Record<string, string>>,
  claims: (results: (run: string) => RunResults) => readonly Claim[],
): Study {
  return {
    ...study,
    runs: Object.fromEntries(
      Object.entries(projects).map(([name, path]) => [
        name,
        (out: string) => ["run", path, "--out", out, "--no-cache", "--quiet"],
      ]),
    ),
    evaluate: (folders) =>
      claims((run) => {
        const folder = folders[run];
        if (folder === undefined) throw new Error(`${study.name}: there is no run ${run}`);
        return readRun(folder);
      }),
  };
}
