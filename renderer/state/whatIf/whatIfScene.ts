/** Live values as a result of two variants, the base and the draft, so that all views can show them. */
import type { AnalysisResult, TargetResult, VariantResult } from "../../../src/analysis/result.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { GridLayout } from "../../../src/project/gridLayout.ts";
import type { ColorScale } from "../../color/colorScale.ts";
import type { ColorState } from "../coloring/colorStore.ts";
import { findTargetSlice, variantIndexOf } from "../results/resultStore.ts";
import { layoutOf } from "../grid/gridLayout.ts";
import { buildSceneModel, type SceneInputs, type SceneModel } from "../grid/sceneModel.ts";
import { listTargets } from "../project/targets.ts";
import type { LiveSession, LiveValues, WhatIfState } from "./whatIfStore.ts";

/** The draft's name where a variant's is expected; no variant of a project is called so. */
export const DRAFT_NAME = "what if";

type LiveState = Pick<WhatIfState, "session" | "values" | "isHoldingBase" | "name" | "draft">;

/** The draft as views name it: a variant with its name is not shown beside it. */
export function draftName({ name }: Pick<WhatIfState, "name">): string {
  return name.trim() === "" ? DRAFT_NAME : name.trim();
}

/** What the What if workspace shows: one column with the draft, its gains over the base. */
export function buildWhatIfScene(inputs: SceneInputs, live: LiveState): SceneModel {
  const { session, values, isHoldingBase, draft } = live;
  const name = draftName(live);
  const { document, colors } = inputs;
  // The draft takes the place of every variant but its base: the document is as if it were saved.
  const base = (document.variants ?? []).find((variant) => variant.name === draft.base);
  const variants = [
    ...(base === undefined ? [] : [base]),
    { name: name === draft.base ? DRAFT_NAME : name, base: draft.base },
  ];
  const shown = variants.at(-1)?.name ?? name;
  const views = { ...document.views, grid: gridOf(document, draft.base) };
  const build = (lpr: LiveValues["lpr"] | null, scale: ColorScale | null): SceneModel =>
    buildSceneModel({
      ...inputs,
      document: { ...document, variants, views },
      result: resultOf(inputs, live, lpr, shown),
      colors: { ...colors, reference: draft.base, ...fixedRange(colors, scale) },
      view: {
        ...inputs.view,
        workspace: "compare",
        activeVariant: shown,
      },
    });
  const scene = build(values?.lpr ?? session?.opened.lpr ?? null, null);
  if (!isHoldingBase || session === null) return scene;
  // The base in the colours of the draft's range: what changes on screen is only the values.
  return build(session.opened.lpr, scene.coloring.groups.values().next().value?.scale ?? null);
}

/** Structures in one range, without the base; the grid's other choices belong to Compare. */
function gridOf(document: ProjectDocument, base: string): GridLayout {
  const { cameraLock } = layoutOf(document);
  return {
    content: "structure",
    range: "shared",
    cameraLock,
    hiddenVariants: [base],
    hiddenTargets: document.views?.grid?.hiddenTargets,
  };
}

/** A scale as that of the property that is shown; null leaves scale and range as they are. */
function fixedRange(
  { settings, property }: ColorState,
  scale: ColorScale | null,
): Partial<ColorState> {
  if (scale === null) return {};
  const manual = { min: scale.min, max: scale.max };
  const fixed = { ...settings[property], scale: scale.kind, manual };
  return { settings: { ...settings, [property]: fixed } };
}

/** Until a session is open the draft is what its base was computed to be. */
function resultOf(
  { result, document, datasets }: SceneInputs,
  { session, draft }: LiveState,
  lpr: LiveValues["lpr"] | null,
  name: string,
): AnalysisResult | null {
  if (session !== null && lpr !== null) return liveResult(session, lpr, name);
  const base = result === null ? -1 : variantIndexOf(result, draft.base);
  if (result === null || base < 0) return null;
  const computed = listTargets(document, datasets.summaries).flatMap((row) => {
    const slice = findTargetSlice(result, row.dataset, row.structureIndex);
    if (slice === null) return [];
    const start = base * slice.nEnvironments + slice.first;
    return [{ ...row, target: 0, lpr: slice.target.lpr.slice(start, start + slice.nAtoms) }];
  });
  const opened = {
    ...result,
    variant: draft.base,
    targets: computed,
    lpr: computed.map((one) => one.lpr),
  };
  return liveResult({ id: result.key, opened }, opened.lpr, name);
}

interface Shown {
  readonly id: string;
  readonly opened: Pick<
    LiveSession["opened"],
    | "modelType"
    | "regularizer"
    | "structureRows"
    | "variant"
    | "lpr"
    | "targets"
    | "diagnostics"
    | "fileHashes"
  >;
}

function liveResult({ id, opened }: Shown, lpr: LiveValues["lpr"], name: string): AnalysisResult {
  return {
    key: id,
    backend: "",
    threads: 0,
    modelType: opened.modelType,
    regularizer: opened.regularizer,
    regularizerSearch: null,
    structureRows: opened.structureRows,
    variants: [variantResult(opened.variant), variantResult(name)],
    targets: opened.targets.map((target, t): TargetResult => {
      const before = opened.lpr[t] ?? new Float64Array(target.nAtoms);
      const both = new Float64Array(2 * target.nAtoms);
      both.set(before);
      both.set(lpr[t] ?? before, target.nAtoms);
      return {
        dataset: target.dataset,
        structureIndices: Int32Array.of(target.structureIndex),
        offsets: Int32Array.of(0, target.nAtoms),
        labels: [target.label],
        lpr: both,
        localEnergy: null,
        structureRigidity: new Float64Array(2),
        committee: null,
        unexplainedVariance: null,
        similarity: new Float64Array(0),
        componentRigidity: new Float64Array(0),
        coordination: new Uint8Array(target.nAtoms),
        map: null,
      };
    }),
    map: null,
    similarity: [],
    components: [],
    timings: [],
    diagnostics: opened.diagnostics,
    fileHashes: opened.fileHashes,
  };
}

function variantResult(name: string): VariantResult {
  return {
    name,
    nStructures: 0,
    nEnvironments: 0,
    trainErrors: null,
    testErrors: null,
    calibration: null,
    training: null,
    rigidity: {
      activeSetSize: 0,
      effectiveRank: 0,
      droppedActivePoints: 0,
      dropTolerance: 0,
      conditionEstimate: 0,
      jitter: 0,
      errorEstimate: 0,
    },
    diagnostics: [],
  };
}
