/** The case studies on the self-made data of `examples/`. */
import { carbonClaims, linearCarbonClaims } from "./carbon.ts";
import { filmStudyClaims } from "./films.ts";
import { galliumArsenideClaims, linearGalliumArsenideClaims } from "./galliumArsenide.ts";
import { networkClaims } from "./network.ts";
import { linearSiliconClaims, siliconClaims } from "./silicon.ts";
import { projectStudy, type Study } from "./study.ts";
import { toyStudy } from "./toy.ts";

const SELF_MADE =
  "Self-made structures with empirical potentials: directions and orders of magnitude are the test, not third digits.";

/** In the order of the paper. Paths are relative to the repository. */
export const STUDIES: readonly Study[] = [
  toyStudy,
  projectStudy(
    {
      name: "a-si",
      title: "Amorphous silicon (Fig. 4)",
      remark: `${SELF_MADE} Defective test cells are vacancies, interstitials and melt-quenched cells; the four-fold ones come from networks that are not in the training set. [examples/a-si](../examples/a-si/README.md)`,
    },
    { kernel: "examples/a-si/a-si.lpr.json", linear: "examples/a-si/a-si-linear.lpr.json" },
    (results) => [...siliconClaims(results("kernel")), ...linearSiliconClaims(results("linear"))],
  ),
  projectStudy(
    {
      name: "a-c",
      title: "Amorphous carbon (Fig. 5)",
      remark: `${SELF_MADE} Rows are per atom (“mean”): with total energies one two-atom diamond hardly counts beside cells of 64 atoms. [examples/a-c](../examples/a-c/README.md)`,
    },
    { kernel: "examples/a-c/a-c.lpr.json", linear: "examples/a-c/a-c-linear.lpr.json" },
    (results) => [...carbonClaims(results("kernel")), ...linearCarbonClaims(results("linear"))],
  ),
  projectStudy(
    {
      name: "gaas",
      title: "Gallium arsenide (Fig. 6)",
      remark: `${SELF_MADE} Targets are 1:1 cells that are not in the training set. [examples/gaas](../examples/gaas/README.md)`,
    },
    { kernel: "examples/gaas/gaas.lpr.json", linear: "examples/gaas/gaas-linear.lpr.json" },
    (results) => [
      ...galliumArsenideClaims(results("kernel")),
      ...linearGalliumArsenideClaims(results("linear")),
    ],
  ),
  projectStudy(
    {
      name: "films",
      title: "Carbon films and single-environment structures (Fig. 7)",
      remark: `${SELF_MADE} [examples/films](../examples/films/README.md)`,
    },
    { films: "examples/films/films.lpr.json" },
    (results) => filmStudyClaims(results("films")),
  ),
  projectStudy(
    {
      name: "network",
      title: "Neural network and kernel model (Fig. 8)",
      remark: `${SELF_MADE} [examples/network-vs-kernel](../examples/network-vs-kernel/README.md)`,
    },
    {
      kernel: "examples/network-vs-kernel/kernel.lpr.json",
      network: "examples/network-vs-kernel/network.lpr.json",
    },
    (results) => networkClaims(results("kernel"), results("network")),
  ),
];
