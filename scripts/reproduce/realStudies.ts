/**
 * The same studies on density-functional data, where a folder with them is given. Project files are
 * written beside the results; the structure files stay where they are.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { realCarbonStudies } from "./realCarbon.ts";
import { realGalliumArsenideStudies } from "./realGalliumArsenide.ts";
import { realSiliconStudies } from "./realSilicon.ts";
import type { RealStudy } from "./realStudy.ts";
import type { Study } from "./study.ts";

const ALL: readonly RealStudy[] = [
  ...realSiliconStudies,
  ...realCarbonStudies,
  ...realGalliumArsenideStudies,
];

/** In the order of the report. */
export const REAL_STUDY_NAMES: readonly string[] = ALL.map((study) => study.name);

/**
 * Writes the projects of the studies whose files are there, and gives the studies.
 * @param only - names; empty for all
 */
export function realStudies(
  folder: string,
  out: string,
  only: readonly string[],
): readonly Study[] {
  return ALL.filter(({ name }) => only.length === 0 || only.includes(name)).flatMap((real) => {
    const missing = real.files.filter((file) => !existsSync(join(folder, file)));
    if (missing.length > 0) {
      process.stderr.write(`${real.name}: left out, without ${missing.join(", ")}\n`);
      return [];
    }
    const { projects, study } = real.prepare((file) => join(folder, file));
    const own = join(out, real.name);
    mkdirSync(own, { recursive: true });
    const paths = Object.fromEntries(
      Object.entries(projects).map(([name, document]) => {
        const path = join(own, `${name}.lpr.json`);
        writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
        return [name, path];
      }),
    );
    return [study(paths)];
  });
}
