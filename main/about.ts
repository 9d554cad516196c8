/** Who we are: for the About dialog and "copy diagnostics". */
import { release } from "node:os";
import { app } from "electron";
import type { AboutInfo } from "../src/contract/api.ts";

const BIBTEX = `@article{chong2023robustness,
  author  = {Chong, Sanggyu and Grasselli, Federico and Ben Mahmoud, Chiheb and
             Morrow, Joe D. and Deringer, Volker L. and Ceriotti, Michele},
  title   = {Robustness of Local Predictions in Atomistic Machine Learning Models},
  journal = {Journal of Chemical Theory and Computation},
  volume  = {19},
  number  = {22},
  pages   = {8020--8031},
  year    = {2023},
  doi     = {10.1021/acs.jctc.3c00704}
}`;

const CITATION =
  "S. Chong, F. Grasselli, C. Ben Mahmoud, J. D. Morrow, V. L. Deringer, M. Ceriotti, " +
  "Robustness of Local Predictions in Atomistic Machine Learning Models, " +
  "J. Chem. Theory Comput. 19, 8020 (2023), doi:10.1021/acs.jctc.3c00704";

/** The web addresses that the window may open, by name. */
export const LINKS = {
  paper: "https://doi.org/10.1021/acs.jctc.3c00704",
  licence: "https://opensource.org/license/mit",
} as const;

/** Versions and licence of this application. */
export function aboutInfo(): AboutInfo {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch} ${release()}`,
    citation: CITATION,
    bibtex: BIBTEX,
    licence: "MIT",
  };
}
