/** Gallium arsenide with density-functional energies (Fig. 6). */
import type { ProjectDocument } from "../../src/project/document.ts";
import type { Claim } from "./claim.ts";
import { galliumArsenideClaims, type Repair } from "./galliumArsenide.ts";
import { indices, readFrames, spread, without, type Frame } from "./realFrames.ts";
import type { RunResults } from "./runResults.ts";
import { COMMITTEE, replacing, type RealStudy } from "./realStudy.ts";
import { projectStudy } from "./study.ts";

const IMBALZANO = "gaas_imbalzano/GaAs.xyz";
const PETMAD = "gaas_petmad_dos/GaAs_15_stripped.xyz";
const N_TRAIN = 40;
const N_REPLACED = 4;

function shareOfGallium({ composition, nAtoms }: Frame): number {
  return (composition["Ga"] ?? 0) / nAtoms;
}

/** Descriptor and model of the self-made study, and smoother ones that so few cells can determine. */
const SETTINGS = {
  example: { cutoff: 4, zeta: 2, size: 120, regularizer: 2.4e-6 },
  smooth: { cutoff: 5, zeta: 1, size: 30, regularizer: 1e-5 },
} as const;

const SETTINGS_REMARK =
  "Run “example” has the settings of the self-made study (total energies with μ = 10⁻² there are energies per atom with μ = 2.4·10⁻⁶); run “smooth” has ζ = 1 and fewer active points, so that so few cells determine more of the model.";

/** Everything but datasets, variants and targets. */
function galliumArsenide(
  { cutoff, zeta, size, regularizer }: (typeof SETTINGS)[keyof typeof SETTINGS],
  parts: Pick<ProjectDocument, "datasets" | "variants" | "targets" | "test" | "uncertainty">,
): ProjectDocument {
  return {
    version: 1,
    descriptor: {
      type: "soap",
      basis: "gto",
      cutoff,
      cutoffWidth: 0.5,
      sigma: 0.5,
      nMax: 6,
      lMax: 4,
    },
    model: {
      type: "sparse-kernel",
      zeta,
      activeSet: { method: "fps", size, from: Object.keys(parts.datasets), seed: 1 },
      regularizer,
      structureRows: "mean",
    },
    ...parts,
  };
}

/** One project for each of the settings. */
function bothSettings(
  parts: Parameters<typeof galliumArsenide>[1],
): Readonly<Record<string, ProjectDocument>> {
  return Object.fromEntries(
    Object.entries(SETTINGS).map(([name, settings]) => [name, galliumArsenide(settings, parts)]),
  );
}

/** The claims of both runs, the run named in the place. */
function bothClaims(
  results: (run: string) => RunResults,
  repairs: readonly Repair[],
): readonly Claim[] {
  return Object.keys(SETTINGS).flatMap((run) =>
    galliumArsenideClaims(results(run), repairs)
      .filter((claim) => claim.verdict !== "not evaluated")
      .map((claim) => ({ ...claim, place: `${claim.place} (${run})` })),
  );
}

function imbalzanoFrames(path: string): {
  readonly train: readonly Frame[];
  readonly test: readonly Frame[];
  readonly gallium: readonly Frame[];
} {
  const frames = readFrames(path);
  const even = frames.filter((frame) => shareOfGallium(frame) === 0.5);
  const train = spread(even, N_TRAIN);
  return {
    train,
    test: without(even, train),
    gallium: spread(
      frames.filter((frame) => shareOfGallium(frame) === 1),
      N_REPLACED,
    ),
  };
}

const imbalzano: RealStudy = {
  name: "real-gaas-imbalzano",
  files: [IMBALZANO],
  prepare: (path) => {
    const { train, test, gallium } = imbalzanoFrames(path(IMBALZANO));
    const targets = [{ dataset: "gaas", structures: indices(test) }];
    return {
      projects: bothSettings({
        datasets: { gaas: { path: path(IMBALZANO) } },
        variants: [
          { name: "1:1", train: [{ dataset: "gaas", structures: indices(train) }] },
          replacing("10 % gallium", "1:1", gallium.length, {
            dataset: "gaas",
            structures: indices(gallium),
          }),
        ],
        targets,
        test: targets,
        uncertainty: { committee: COMMITTEE },
      }),
      study: (paths) =>
        projectStudy(
          {
            name: imbalzano.name,
            title: "Density-functional data: GaAs and pure gallium (Fig. 6)",
            remark: `Data: \`gaas_imbalzano\` (G. Imbalzano, M. Ceriotti, Phys. Rev. Materials 5, 063804 (2021); the part that the paper's first author published in the atomistic cookbook). ${train.length} cells of 176 atoms, 1:1; ${gallium.length} of them replaced by pure gallium. The part has no other compositions. ${SETTINGS_REMARK} Where Ga:As is always 1:1, regularisation and the minimum-norm baseline presumably pin the arbitrary split of the energy alike in all members of a committee, whose variance would then say nothing about it (not tested).`,
          },
          paths,
          (results) =>
            bothClaims(results, [{ variant: 1, place: "Fig. 6c", what: "pure Ga structures" }]),
        ),
    };
  },
};

/** Pure arsenic is not in these data; arsenic-rich frames stand in for it. */
const PETMAD_REPAIRS: readonly Repair[] = [
  { variant: 1, place: "Fig. 6b", what: "gallium-rich structures (Ga ≈ 0.79)" },
  { variant: 2, place: "Fig. 6c", what: "pure Ga structures" },
  { variant: 3, place: "Fig. 6b", what: "arsenic-rich structures (Ga ≈ 0.3)" },
];

const petmad: RealStudy = {
  name: "real-gaas-petmad",
  files: [IMBALZANO, PETMAD],
  prepare: (path) => {
    const { train, test } = imbalzanoFrames(path(IMBALZANO));
    const frames = readFrames(path(PETMAD));
    const between = (low: number, high: number): readonly Frame[] =>
      spread(
        frames.filter((frame) => shareOfGallium(frame) > low && shareOfGallium(frame) < high),
        N_REPLACED,
      );
    const variant = (
      name: string,
      chosen: readonly Frame[],
    ): NonNullable<ProjectDocument["variants"]>[number] =>
      replacing(name, "1:1", chosen.length, { dataset: "other", structures: indices(chosen) });
    return {
      projects: bothSettings({
        datasets: { gaas: { path: path(IMBALZANO) }, other: { path: path(PETMAD) } },
        variants: [
          { name: "1:1", train: [{ dataset: "gaas", structures: indices(train) }] },
          variant("gallium-rich", between(0.6, 0.9)),
          variant("gallium", between(0.99, 1.01)),
          variant("arsenic-rich", between(0, 0.4)),
        ],
        targets: [{ dataset: "gaas", structures: indices(test) }],
      }),
      study: (paths) =>
        projectStudy(
          {
            name: petmad.name,
            title: "Density-functional data: GaAs of other ratios (Fig. 6)",
            remark: `Data: \`gaas_imbalzano\` as above, and frames of other compositions from \`gaas_petmad_dos\` (2 to ${N_REPLACED} of ${train.length} replaced). The two sets have energies of different levels of theory, which LPR does not read; a committee would, so there is none. ${SETTINGS_REMARK}`,
          },
          paths,
          (results) => bothClaims(results, PETMAD_REPAIRS),
        ),
    };
  },
};

export const realGalliumArsenideStudies: readonly RealStudy[] = [imbalzano, petmad];
