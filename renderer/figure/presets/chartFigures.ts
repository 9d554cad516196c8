/** Charts of variances, energies and distributions, after Figs. 4 and 8 of Chong et al. (2023). */
import { typedColumnName } from "../../../src/project/atomQuantities.ts";
import type {
  FigureColoring,
  FigureDefinition,
  FigureElement,
  FigureFrame,
} from "../../../src/project/figure.ts";
import {
  classProperty,
  lacksCommittee,
  lacksMap,
  lacksTargets,
  lacksVariants,
  type FigurePreset,
  type PresetFacts,
  type PresetLack,
} from "./facts.ts";
import { frameAt, gridFrames, legend, letterOf } from "./grid.ts";
import { marksOf } from "./mapFigures.ts";

const WIDTH = 178;
const LEGEND = 20;
const MOST_PANELS = 3;

/** A row of equal panels with a legend at the right. */
function chartRow(
  name: string,
  caption: string,
  coloring: readonly [string, FigureColoring],
  panels: readonly ((frame: FigureFrame, k: number) => FigureElement)[],
): FigureDefinition {
  const [key, entry] = coloring;
  const wide = Math.min(WIDTH, 62 * panels.length + LEGEND + 6);
  const area = frameAt(2, 2, wide - LEGEND - 6, Math.min(58, (wide - LEGEND - 6) / panels.length));
  const frames = gridFrames(area, panels.length, 1, 4);
  return {
    name,
    caption,
    page: { width: wide, height: area.height + 4 },
    colorings: { [key]: entry },
    elements: [
      ...panels.map((panel, k) => panel(frames[k] ?? area, k)),
      legend(key, frameAt(wide - LEGEND - 2, 6, LEGEND, area.height - 10)),
    ],
  };
}

function makeRatio(facts: PresetFacts): FigureDefinition {
  const [reference = "", ...others] = facts.variants;
  return chartRow(
    "Variance ratio",
    `Committee variance against LPR, each relative to ${reference}.`,
    ["class", { property: classProperty(facts) }],
    others.slice(0, MOST_PANELS).map((variant) => (frame, k) => ({
      kind: "scatter",
      id: `ratio-${String(k + 1)}`,
      frame,
      variant,
      letter: letterOf(k),
      title: variant,
      coloring: "class",
      x: { property: "lprRatio", label: "LPR ratio" },
      y: { property: "varianceRatio", label: "Variance ratio" },
    })),
  );
}

function makeParity(facts: PresetFacts): FigureDefinition {
  return chartRow(
    "Parity",
    "Local energies of the members of the committee against their mean.",
    ["lpr", { property: "lpr" }],
    facts.variants.slice(0, MOST_PANELS).map((variant) => (frame, k) => ({
      kind: "parity",
      id: `parity-${String(k + 1)}`,
      frame,
      variant,
      letter: letterOf(k),
      title: variant,
      coloring: "lpr",
    })),
  );
}

/** By likeness to the first reference structure where there is one, else by class. */
function coloringOfPoints(facts: PresetFacts): readonly [string, FigureColoring] {
  const reference = facts.document.similarity?.[0]?.name;
  return reference === undefined
    ? ["class", { property: classProperty(facts) }]
    : ["likeness", { property: `similarity:${reference}`, map: "batlow" }];
}

function makeVariance(facts: PresetFacts): FigureDefinition {
  const coloring = coloringOfPoints(facts);
  return chartRow(
    "Variance and LPR",
    "Committee variance of local energies against LPR. Eq. 17 expects a slope of −1.",
    coloring,
    facts.variants.slice(0, MOST_PANELS).map((variant) => (frame, k) => ({
      kind: "scatter",
      id: `variance-${String(k + 1)}`,
      frame,
      variant,
      letter: letterOf(k),
      title: variant,
      coloring: coloring[0],
      x: { property: "lpr", label: "LPR" },
      y: { property: "committeeVariance", label: "Committee variance (eV²)" },
      trend: true,
    })),
  );
}

/** mm: about the width of a letter of the key, and of its line with the gaps around it. */
const KEY = { letter: 1.5, line: 14 } as const;

/** About how many lines the names of the curves take. */
function keyRows(variants: readonly string[], width: number): number {
  const needed = variants.reduce((sum, name) => sum + KEY.letter * name.length + KEY.line, 0);
  return Math.max(1, Math.ceil(needed / width));
}

/** Columns that `lpr-studio run` writes for each variant. */
const LPR_COLUMN = /^lpr_(.+)$/;

/** Variants of another model whose results stand in the files of the targets. */
function otherModels({ columns }: PresetFacts): readonly string[] {
  return columns.flatMap((name) => {
    const [, variant] = LPR_COLUMN.exec(name) ?? [];
    return variant !== undefined && columns.includes(`local_energy_${variant}`) ? [variant] : [];
  });
}

function lacksOtherModel(facts: PresetFacts): readonly PresetLack[] {
  if (otherModels(facts).length > 0) return [];
  const text =
    "It compares two models: as target, open the .xyz file that lpr-studio run wrote for the other one.";
  return [{ need: "otherModel", text }];
}

/** A column of one number an atom as expressions write it. */
function typed(name: string): string {
  return typedColumnName({ name, type: "R", components: 1 }, 0, () => false);
}

function makeModels(facts: PresetFacts): FigureDefinition {
  const [other = ""] = otherModels(facts);
  const coloring = coloringOfPoints(facts);
  return chartRow(
    "Two models",
    `Difference of the local energies of two models against the smaller of their LPRs; the other model is ${other} in the file of the targets.`,
    coloring,
    facts.variants.slice(0, 1).map((variant) => (frame) => ({
      kind: "scatter",
      id: "models",
      frame,
      variant,
      title: variant,
      coloring: coloring[0],
      x: {
        property: `= min(lpr, ${typed(`lpr_${other}`)})`,
        scale: "log",
        label: "Smaller LPR of the two models",
      },
      y: {
        property: `= 1000 * abs(local_energy - ${typed(`local_energy_${other}`)})`,
        scale: "log",
        label: "Difference of local energies (meV)",
      },
    })),
  );
}

function makeDistributions({ variants }: PresetFacts): FigureDefinition {
  const hasGains = variants.length > 1;
  const width = hasGains ? 150 : 85;
  const frames = gridFrames(frameAt(2, 2, width - 4, 52), hasGains ? 2 : 1, 1, 4);
  const [first, second] = frames;
  const area = first ?? frameAt(2, 2, width - 4, 52);
  const common = { kind: "distribution", form: "density" } as const;
  const keyHeight = 5 * keyRows(variants, width - 12);
  return {
    name: "Distributions",
    caption: "Distribution of LPR and of its enhancement over the atoms of all targets.",
    page: { width, height: 56 + keyHeight },
    elements: [
      {
        ...common,
        id: "lpr",
        frame: area,
        letter: "(a)",
        quantity: { property: "lpr", label: "LPR" },
      },
      ...(second === undefined
        ? []
        : [
            {
              ...common,
              id: "gain",
              frame: second,
              letter: "(b)",
              quantity: { property: "enhancement", label: "LPR gain (%)" },
            },
          ]),
      {
        kind: "variants",
        id: "key",
        frame: frameAt(10, 56, width - 12, keyHeight),
      },
    ],
  };
}

/** Maps, ratios and parity of two variants in one figure. */
function chartsBelow(
  column: (k: number, y: number, height: number) => FigureFrame,
  before: string,
  after: string,
): readonly FigureElement[] {
  return [
    {
      kind: "scatter",
      id: "ratio",
      frame: column(0, 54, 48),
      variant: after,
      letter: "(c)",
      title: after,
      coloring: "class",
      x: { property: "lprRatio", label: "LPR ratio" },
      y: { property: "varianceRatio", label: "Variance ratio" },
    },
    {
      kind: "parity",
      id: "parity-before",
      frame: column(1, 54, 48),
      variant: before,
      letter: "(d)",
      title: before,
      coloring: "lpr",
    },
    {
      kind: "parity",
      id: "parity-after",
      frame: column(2, 54, 48),
      variant: after,
      title: after,
      coloring: "lpr",
      header: true,
    },
  ];
}

function makeDefects(facts: PresetFacts): FigureDefinition {
  const [before = "", after = ""] = facts.variants;
  const column = (k: number, y: number, height: number): FigureFrame =>
    frameAt(2 + k * 51.5, y, 48.5, height);
  const marks = marksOf(facts);
  const withMarks = marks === undefined ? {} : { marks };
  const right = WIDTH - LEGEND - 2;
  return {
    name: "Before and after",
    caption: `Kernel maps, committee variance and local energies before (${before}) and after (${after}).`,
    page: { width: WIDTH, height: 104 },
    colorings: { class: { property: classProperty(facts) }, lpr: { property: "lpr" } },
    elements: [
      {
        kind: "map",
        id: "classes",
        frame: column(0, 2, 49),
        coloring: "class",
        letter: "(a)",
        title: "Environments",
        ...withMarks,
      },
      {
        kind: "map",
        id: "map-before",
        frame: column(1, 2, 49),
        coloring: "lpr",
        variant: before,
        letter: "(b)",
        title: before,
      },
      {
        kind: "map",
        id: "map-after",
        frame: column(2, 2, 49),
        coloring: "lpr",
        variant: after,
        title: after,
        header: true,
      },
      ...chartsBelow(column, before, after),
      legend("class", frameAt(right, 5, LEGEND, 34)),
      legend("lpr", frameAt(right, 42, LEGEND, 56)),
    ],
  };
}

const AFTER_4 = "Fig. 4 of Chong et al. (2023)";

export const CHART_PRESETS: readonly FigurePreset[] = [
  {
    id: "before-after",
    label: "Maps, ratio and parity",
    after: AFTER_4,
    lacks: (facts) => [
      ...lacksTargets(facts),
      ...lacksVariants(facts, 2),
      ...lacksMap(facts),
      ...lacksCommittee(facts),
    ],
    make: makeDefects,
  },
  {
    id: "ratio",
    label: "Variance ratio against LPR ratio",
    after: `${AFTER_4}, panel c`,
    lacks: (facts) => [
      ...lacksTargets(facts),
      ...lacksVariants(facts, 2),
      ...lacksCommittee(facts),
    ],
    make: makeRatio,
  },
  {
    id: "parity",
    label: "Parity of committee energies",
    after: `${AFTER_4}, panel d`,
    lacks: (facts) => [
      ...lacksTargets(facts),
      ...lacksVariants(facts, 1),
      ...lacksCommittee(facts),
    ],
    make: makeParity,
  },
  {
    id: "variance",
    label: "Variance against LPR",
    after: "Fig. 8a of Chong et al. (2023)",
    lacks: (facts) => [
      ...lacksTargets(facts),
      ...lacksVariants(facts, 1),
      ...lacksCommittee(facts),
    ],
    make: makeVariance,
  },
  {
    id: "models",
    label: "Energies of two models against LPR",
    after: "Fig. 8b of Chong et al. (2023)",
    lacks: (facts) => [
      ...lacksTargets(facts),
      ...lacksVariants(facts, 1),
      ...lacksOtherModel(facts),
    ],
    make: makeModels,
  },
  {
    id: "distributions",
    label: "Distributions",
    after: "the charts of the window",
    lacks: (facts) => [...lacksTargets(facts), ...lacksVariants(facts, 1)],
    make: makeDistributions,
  },
];
