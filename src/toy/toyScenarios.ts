/**
 * The training sets behind Figs. 1–3 of Chong et al. (2023). The paper's main text gives no numbers;
 * these were drawn once (rounded to 1e-3) and are the project's own.
 */
import type { ToyGroup, ToySystem, ToyTarget } from "./toySystem.ts";

/** The names of {@link toyScenario}. */
export const TOY_SCENARIOS = [
  "four-groups",
  "single-environment",
  "two-phases",
  "two-types",
] as const;

/** One of {@link TOY_SCENARIOS}. */
export type ToyScenarioName = (typeof TOY_SCENARIOS)[number];

/** A training set and the group whose addition the figure is about. */
export interface ToyScenario {
  readonly name: ToyScenarioName;
  /** The training set before (the gray or dotted line of the figure). */
  readonly base: ToySystem;
  /** The group added (yellow in the figures); null for Fig. 1. Add it by `withToyGroup`. */
  readonly added: ToyGroup | null;
}

const TARGET: ToyTarget = { offset: 0.2, slope: -0.3, amplitude: 0.8, frequency: 3.5, phase: 0.4 };
const SECOND_TARGET: ToyTarget = {
  offset: -0.3,
  slope: 0.6,
  amplitude: 0.5,
  frequency: 4.2,
  phase: -0.9,
};

const FOUR_GROUPS: readonly ToyGroup[] = [
  { x: [[0.091, 0.375, -0.376, 0.019]] },
  { x: [[0.707, 0.713, -0.674, -0.527]] },
  { x: [[-0.807, -0.107, -0.846, -0.078]] },
  { x: [[0.268, -0.399, 0.317, 0.164]] },
];

/** Three members near −0.5 and three near +0.5 in every group: a fixed composition. */
const TWO_PHASES: readonly ToyGroup[] = [
  { x: [[-0.419, -0.531, -0.526, 0.446, 0.543, 0.385]] },
  { x: [[-0.413, -0.538, -0.484, 0.488, 0.573, 0.397]] },
  { x: [[-0.516, -0.519, -0.443, 0.445, 0.491, 0.456]] },
  { x: [[-0.498, -0.471, -0.555, 0.557, 0.545, 0.525]] },
  { x: [[-0.455, -0.534, -0.506, 0.453, 0.487, 0.527]] },
  { x: [[-0.535, -0.52, -0.534, 0.458, 0.466, 0.499]] },
];

/** Two of the first type and three of the second in every group. */
const TWO_TYPES: readonly ToyGroup[] = [
  {
    x: [
      [-0.038, -0.284],
      [0.03, -0.039, -0.048],
    ],
  },
  {
    x: [
      [-0.102, -0.177],
      [0.072, -0.12, -0.14],
    ],
  },
  {
    x: [
      [0.073, 0.017],
      [-0.219, 0.008, -0.189],
    ],
  },
  {
    x: [
      [0.171, 0.212],
      [-0.003, 0.208, -0.252],
    ],
  },
  {
    x: [
      [0.003, -0.261],
      [-0.043, -0.242, -0.224],
    ],
  },
  {
    x: [
      [0.058, -0.164],
      [-0.236, -0.168, -0.09],
    ],
  },
];

/** The toy model of Figs. 1 and 2: four groups of four, degree 8, μ = 1e-4, rows `mean`. */
export function defaultToySystem(): ToySystem {
  return {
    degree: 8,
    types: [{ name: "alpha", target: TARGET }],
    groups: FOUR_GROUPS,
    regularizer: 1e-4,
    rows: "mean",
  };
}

/**
 * A scenario by name: `four-groups` (Fig. 1), `single-environment` (Fig. 2: five times x = 0.35
 * joins), `two-phases` (Fig. 3a: a group of one phase joins), `two-types` (Fig. 3b: a group of one
 * type joins).
 */
export function toyScenario(name: ToyScenarioName): ToyScenario {
  const base = defaultToySystem();
  switch (name) {
    case "four-groups":
      return { name, base, added: null };
    case "single-environment":
      return { name, base, added: { x: [[0.35, 0.35, 0.35, 0.35, 0.35]] } };
    case "two-phases":
      return {
        name,
        base: { ...base, groups: TWO_PHASES },
        added: { x: [[0.444, 0.512, 0.583, 0.537, 0.49, 0.456]] },
      };
    case "two-types": {
      const types = [...base.types, { name: "beta", target: SECOND_TARGET }];
      const added = { x: [[-0.019, -0.179, 0.084, -0.01, 0.003], []] };
      return { name, base: { ...base, types, groups: TWO_TYPES }, added };
    }
  }
}
