/** Silicon with density-functional energies: defect-free cells and vacancies (Fig. 4). */
import type { ProjectDocument, StructureSelection } from "../../src/project/document.ts";
import {
  countOthers,
  distinctEnergies,
  indices,
  readFrames,
  spread,
  without,
  type Frame,
} from "./realFrames.ts";
import { COMMITTEE, replacing, type RealStudy } from "./realStudy.ts";
import { siliconClaims } from "./silicon.ts";
import { projectStudy } from "./study.ts";

const DESCRIPTOR = {
  type: "soap",
  basis: "gto",
  cutoff: 2.85,
  cutoffWidth: 0.1,
  sigma: 0.5,
  nMax: 10,
  lMax: 12,
} as const;

/** The authors call a structure defective from five mis-coordinated atoms on. */
const MIN_DEFECTS = 5;
const SHARE = 0.1;

const isPerfect = (frame: Frame): boolean => countOthers(frame, 4) === 0;
const isDefective = (frame: Frame): boolean => countOthers(frame, 4) >= MIN_DEFECTS;

/** Frames of one dataset. */
type Chosen = readonly [dataset: string, frames: readonly Frame[]];

function selections(chosen: readonly Chosen[]): readonly StructureSelection[] {
  return chosen.map(([dataset, frames]) => ({ dataset, structures: indices(frames) }));
}

function silicon(
  datasets: ProjectDocument["datasets"],
  perfect: readonly Chosen[],
  replacement: readonly Chosen[],
  targets: NonNullable<ProjectDocument["targets"]>,
  test: NonNullable<ProjectDocument["test"]>,
): ProjectDocument {
  const count = replacement.reduce((sum, [, frames]) => sum + frames.length, 0);
  return {
    version: 1,
    datasets,
    descriptor: DESCRIPTOR,
    model: {
      type: "sparse-kernel",
      zeta: 2,
      activeSet: {
        method: "fps",
        size: 500,
        from: [...new Set([...perfect, ...replacement].map(([name]) => name))],
        seed: 1,
      },
      regularizer: 1e-4,
      structureRows: "sum",
    },
    variants: [
      { name: "defect-free", train: selections(perfect) },
      replacing("10 % defective", "defect-free", count, ...selections(replacement)),
    ],
    targets,
    test,
    uncertainty: { committee: COMMITTEE },
  };
}

const MOGROUP = "si_mogroup_defects";
const VACANCIES = `${MOGROUP}/Vacancy-enhanced_Training_Set.xyz`;
const INTERSTITIALS = `${MOGROUP}/Interstitial-enhanced_Training_Set.xyz`;
const VACANCY_TEST = `${MOGROUP}/Vacancy-RE_Testing_Set.xyz`;
const INTERSTITIAL_TEST = `${MOGROUP}/Interstitial-RE_Testing_Set.xyz`;

const MLEARN = "si_mlearn/Si_training.xyz";
const MLEARN_TEST = "si_mlearn/Si_test.xyz";
const AMORPHOUS = "si_matscipy_asi/aSi_N64.xyz";

const mogroup: RealStudy = {
  name: "real-si-mogroup",
  files: [VACANCIES, INTERSTITIALS, VACANCY_TEST, INTERSTITIAL_TEST, MLEARN],
  prepare: (path) => {
    const perfectIn = (file: string): readonly Frame[] =>
      distinctEnergies(readFrames(path(file)).filter(isPerfect));
    const own = perfectIn(VACANCIES);
    const more = perfectIn(MLEARN);
    const each = Math.round((SHARE * (own.length + more.length)) / 2);
    const chosen = (file: string): readonly Frame[] =>
      spread(distinctEnergies(readFrames(path(file)).filter(isDefective)), each);
    const targets = ["vacancyTest", "interstitialTest"].map((dataset) => ({
      dataset,
      structures: "::4",
    }));
    return {
      projects: {
        kernel: silicon(
          {
            vacancy: { path: path(VACANCIES) },
            interstitial: { path: path(INTERSTITIALS) },
            vacancyTest: { path: path(VACANCY_TEST) },
            interstitialTest: { path: path(INTERSTITIAL_TEST) },
            mlearn: { path: path(MLEARN) },
          },
          [
            ["vacancy", own],
            ["mlearn", more],
          ],
          [
            ["vacancy", chosen(VACANCIES)],
            ["interstitial", chosen(INTERSTITIALS)],
          ],
          targets,
          targets,
        ),
      },
      study: (paths) =>
        projectStudy(
          {
            name: mogroup.name,
            title: "Density-functional data: silicon vacancies and interstitials (Fig. 4)",
            remark: `Data: \`${MOGROUP}\` (Y. Liu, X. He, Y. Mo, npj Comput. Mater. 9, 174 (2023)). Baseline: its ${own.length} distinct cells without a coordination defect, and ${more.length} of \`si_mlearn\` (the same functional), mostly strained or warm crystal; ${2 * each} of them replaced by vacancy and interstitial cells. Targets are every fourth cell of the two rare-event testing sets. So few and so crystalline cells make a poor potential; settings are those of the self-made study.`,
          },
          paths,
          (results) => siliconClaims(results("kernel")),
        ),
    };
  },
};

const mlearn: RealStudy = {
  name: "real-si-mlearn",
  files: [MLEARN, MLEARN_TEST, AMORPHOUS],
  prepare: (path) => {
    const frames = readFrames(path(MLEARN));
    const perfect = distinctEnergies(frames.filter(isPerfect));
    const replacement = spread(
      distinctEnergies(frames.filter(isDefective)),
      Math.round(SHARE * perfect.length),
    );
    const held = spread(without(frames.filter(isDefective), replacement), 30);
    return {
      projects: {
        kernel: silicon(
          {
            train: { path: path(MLEARN) },
            test: { path: path(MLEARN_TEST) },
            amorphous: { path: path(AMORPHOUS) },
          },
          [["train", perfect]],
          [["train", replacement]],
          [
            { dataset: "test" },
            { dataset: "train", structures: indices(held) },
            { dataset: "amorphous" },
          ],
          [{ dataset: "test" }, { dataset: "train", structures: indices(held) }],
        ),
      },
      study: (paths) =>
        projectStudy(
          {
            name: mlearn.name,
            title: "Density-functional data: silicon with vacancies and melt (Fig. 4)",
            remark: `Data: \`si_mlearn\` (Y. Zuo et al., J. Phys. Chem. A 124, 731 (2020)), and \`si_matscipy_asi\` as one more target. ${perfect.length} distinct cells without a coordination defect; ${replacement.length} of them replaced by vacancy, surface and hot cells. Targets: the test set, 30 other defective cells, and a quenched 64-atom amorphous cell.`,
          },
          paths,
          (results) => siliconClaims(results("kernel")),
        ),
    };
  },
};

export const realSiliconStudies: readonly RealStudy[] = [mogroup, mlearn];
