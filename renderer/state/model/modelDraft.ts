/**
 * Model settings while they are edited: those of every model type, so that switching back and
 * forth loses nothing. Pure.
 */
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import type {
  ActiveSet,
  Descriptor,
  ImportedFeatures,
  LinearModel,
  Model,
  NetworkModel,
  ProjectDocument,
  RegularizerMethod,
  SparseKernelModel,
  StructureRows,
  UncertaintyEntry,
} from "../../../src/project/document.ts";
import { standardModel, type ModelPreset } from "../../../src/project/modelPresets.ts";

/** What the dialog gives back. */
export interface ModelSettings {
  readonly descriptor: Descriptor;
  readonly model: Model;
  readonly uncertainty: UncertaintyEntry | undefined;
}

type Of<T extends { readonly method: string }, M extends T["method"]> = Extract<
  T,
  { readonly method: M }
>;

export interface RegularizerDraft {
  readonly method: "value" | RegularizerMethod["method"];
  readonly value: number;
  readonly crossValidation: Of<RegularizerMethod, "cross-validation">;
  readonly evidence: Of<RegularizerMethod, "marginal-likelihood">;
}

export interface ActiveSetDraft {
  readonly method: ActiveSet["method"];
  /** For both methods that choose the points themselves. */
  readonly chosen: Omit<Exclude<ActiveSet, { readonly method: "explicit" }>, "method">;
  /** null: the project lists no points. */
  readonly explicit: Extract<ActiveSet, { readonly method: "explicit" }> | null;
}

type Common = "type" | "structureRows" | "energyKey";

/** The settings that only this type has. */
export type NetworkDraft = Omit<NetworkModel, Common>;

export interface ModelDraft {
  readonly soap: SoapHyperparameters;
  /** null: the project has none. */
  readonly features: ImportedFeatures | null;
  readonly describeBy: Descriptor["type"];
  readonly type: Model["type"];
  readonly kernel: {
    readonly zeta: number;
    readonly activeSet: ActiveSetDraft;
    readonly regularizer: RegularizerDraft;
  };
  readonly linear: {
    readonly perSpecies: boolean | undefined;
    readonly regularizer: RegularizerDraft;
  };
  readonly network: NetworkDraft;
  readonly structureRows: StructureRows | undefined;
  readonly energyKey: string | undefined;
  readonly uncertainty: UncertaintyDraft;
}

export interface UncertaintyDraft {
  readonly withCommittee: boolean;
  readonly committee: NonNullable<UncertaintyEntry["committee"]>;
  readonly projectedProcess: boolean;
  readonly calibration: UncertaintyEntry["calibration"];
}

/** Used by the engine where a setting is left out; shown in its field. */
export const MODEL_DEFAULTS = {
  seed: 0,
  folds: 5,
  points: 61,
  hidden: [16, 16],
  starts: 1,
  maxIterations: 2000,
  gradientTolerance: 1e-5,
  members: 10,
  fraction: 0.8,
} as const;

/** The settings of the project; what it does not set starts from the preset for its species. */
export function draftOf(
  document: Pick<ProjectDocument, "datasets" | "descriptor" | "model" | "uncertainty">,
  species: readonly number[],
): ModelDraft {
  const { descriptor, uncertainty = {} } = document;
  const preset = standardModel(species);
  const standard = preset.model(Object.keys(document.datasets));
  const model = document.model ?? standard;
  const kernel = model.type === "sparse-kernel" ? model : standard;
  return {
    soap: descriptor?.type === "soap" ? descriptor : preset.descriptor,
    features: descriptor?.type === "features" ? descriptor : null,
    describeBy: descriptor?.type ?? "soap",
    type: model.type,
    kernel: {
      zeta: kernel.zeta,
      activeSet: activeSetDraft(kernel.activeSet, standard.activeSet),
      regularizer: regularizerDraft(kernel.regularizer),
    },
    linear: {
      perSpecies: model.type === "linear" ? model.perSpecies : undefined,
      regularizer: regularizerDraft(
        model.type === "linear" ? model.regularizer : START_REGULARIZER,
      ),
    },
    network: model.type === "network" ? model : { regularizer: START_NETWORK_REGULARIZER },
    structureRows: model.structureRows,
    energyKey: model.energyKey,
    uncertainty: {
      withCommittee: uncertainty.committee !== undefined,
      committee: uncertainty.committee ?? {},
      projectedProcess: uncertainty.projectedProcess === true,
      calibration: uncertainty.calibration,
    },
  };
}

/** Where one starts who switches to these models; both are to be searched or set by hand. */
const START_REGULARIZER = 1e-4;
const START_NETWORK_REGULARIZER = 1e-3;
const START_SIZE = 1000;

function activeSetDraft(activeSet: ActiveSet, standard: ActiveSet): ActiveSetDraft {
  if (activeSet.method !== "explicit") {
    const { method, ...chosen } = activeSet;
    return { method, chosen, explicit: null };
  }
  const size = standard.method === "explicit" ? START_SIZE : standard.size;
  return { method: "explicit", chosen: { size, from: activeSet.from }, explicit: activeSet };
}

function regularizerDraft(regularizer: number | RegularizerMethod): RegularizerDraft {
  const start: RegularizerDraft = {
    method: "value",
    value: START_REGULARIZER,
    crossValidation: { method: "cross-validation" },
    evidence: { method: "marginal-likelihood" },
  };
  if (typeof regularizer === "number") return { ...start, value: regularizer };
  const { method } = regularizer;
  return method === "cross-validation"
    ? { ...start, method, crossValidation: regularizer }
    : { ...start, method, evidence: regularizer };
}

/** What the draft stands for now. `settingsOf(draftOf(document))` is what the document says. */
export function settingsOf(draft: ModelDraft): ModelSettings {
  const { describeBy, features, soap } = draft;
  return {
    descriptor: describeBy === "features" && features !== null ? features : soap,
    model: withCommon(ownSettings(draft), draft),
    uncertainty: uncertaintyOf(draft),
  };
}

/** Settings left out stay left out, so that nothing goes stale that did not change. */
function withCommon(model: Model, { structureRows, energyKey }: ModelDraft): Model {
  return withoutUndefined({ ...model, structureRows, energyKey });
}

function withoutUndefined<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(kept) as T;
}

function ownSettings({ type, kernel, linear, network }: ModelDraft): Model {
  switch (type) {
    case "sparse-kernel":
      return {
        type,
        zeta: kernel.zeta,
        activeSet: activeSetOf(kernel.activeSet),
        regularizer: regularizerOf(kernel.regularizer),
      } satisfies SparseKernelModel;
    case "linear":
      return {
        type,
        regularizer: regularizerOf(linear.regularizer),
        perSpecies: linear.perSpecies,
      } satisfies LinearModel;
    case "network":
      return { ...network, type };
  }
}

function activeSetOf({ method, chosen, explicit }: ActiveSetDraft): ActiveSet {
  if (method !== "explicit") return { method, ...chosen };
  return explicit ?? { method: "fps", ...chosen };
}

function regularizerOf(draft: RegularizerDraft): number | RegularizerMethod {
  switch (draft.method) {
    case "value":
      return draft.value;
    case "cross-validation":
      return draft.crossValidation;
    case "marginal-likelihood":
      return draft.evidence;
  }
}

function uncertaintyOf({ uncertainty, type }: ModelDraft): UncertaintyEntry | undefined {
  const { withCommittee, committee, projectedProcess, calibration } = uncertainty;
  const entry: UncertaintyEntry = {
    ...(withCommittee ? { committee } : {}),
    ...(projectedProcess && type === "sparse-kernel" ? { projectedProcess: true } : {}),
    ...(calibration === undefined ? {} : { calibration }),
  };
  return Object.keys(entry).length === 0 ? undefined : entry;
}

/** With a committee of models, whatever the project asks for. */
export function withCommittee(draft: ModelDraft): ModelDraft {
  return { ...draft, uncertainty: { ...draft.uncertainty, withCommittee: true } };
}

/** The preset's descriptor and kernel; the model type and where its points come from stay. */
export function withPreset(draft: ModelDraft, preset: ModelPreset): ModelDraft {
  const { zeta, activeSet, regularizer, structureRows } = preset.model([]);
  const size = activeSet.method === "explicit" ? {} : { size: activeSet.size };
  const { kernel } = draft;
  const chosen = { ...kernel.activeSet.chosen, ...size };
  return {
    ...draft,
    describeBy: "soap",
    soap: preset.descriptor,
    kernel: {
      zeta,
      activeSet: { ...kernel.activeSet, chosen },
      regularizer: regularizerDraft(regularizer),
    },
    structureRows,
  };
}

/** `16, 16` or `16 × 16` as layer sizes; what is no number becomes NaN, which the checks refuse. */
export function parseLayers(text: string): readonly number[] {
  return text
    .trim()
    .split(/\s*[,;×x]\s*|\s+/)
    .map((part) => (part === "" ? NaN : Number(part)));
}
