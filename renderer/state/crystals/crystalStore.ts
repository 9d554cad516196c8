/** The crystal that is being designed, what is known of it, and the crystals that were kept. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  CrystalDesign,
  CrystalEffectAnswer,
  CrystalOpened,
  CrystalTrial,
} from "../../../src/contract/crystals.ts";
import { designOf, type KnobKey, type KnobValues } from "../../../src/crystals/designKnobs.ts";
import type { PrototypeName } from "../../../src/crystals/prototypes.ts";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import type { PlainError } from "../../../src/errors.ts";

/** A session of the engine. */
export interface CrystalSession {
  /** Id of the job that opened it. */
  readonly id: string;
  readonly opened: CrystalOpened;
  /** What it was opened for; another key, another session. */
  readonly key: string;
  /** Structure keys of its targets, in their order. */
  readonly targets: readonly string[];
}

/** What the engine found a design to be. */
export interface FoundTrial {
  readonly design: CrystalDesign;
  /** Of the project that it was judged for; null: the engine's own. */
  readonly descriptor: SoapHyperparameters | null;
  readonly trial: CrystalTrial | null;
  readonly error: PlainError | null;
}

/** What a design would do to the targets of a session. */
export interface FoundEffect {
  readonly design: CrystalDesign;
  readonly session: CrystalSession;
  readonly effect: CrystalEffectAnswer | null;
  readonly error: PlainError | null;
}

/** A crystal put aside while others are tried. */
export interface KeptCrystal {
  readonly design: CrystalDesign;
  readonly trial: CrystalTrial;
  /** null when it was not predicted. */
  readonly effect: CrystalEffectAnswer | null;
}

export type CrystalPhase = "closed" | "opening" | "open" | "failed" | "stopped";

export interface CrystalState {
  readonly prototype: PrototypeName;
  readonly species: readonly string[];
  readonly values: KnobValues;
  /** Of these three; another object for every change. null: they make none. */
  readonly design: CrystalDesign | null;
  /** The latest that was answered; of an earlier design while the engine works. */
  readonly trial: FoundTrial | null;
  /** The first trial since the prototype was chosen: the view stays fitted to it. */
  readonly fitted: CrystalTrial | null;
  readonly effect: FoundEffect | null;
  readonly kept: readonly KeptCrystal[];
  /** Variant that crystals would be added to; null: the one that is looked at. */
  readonly variant: string | null;
  readonly phase: CrystalPhase;
  readonly session: CrystalSession | null;
  /** What the session that is opening, or that failed, was asked for. */
  readonly wantedKey: string | null;
  /** Sessions asked for so far: only the latest counts. */
  readonly attempts: number;
  readonly error: PlainError | null;
  /** Why the latest addition or export did not happen, or what came of it. */
  readonly outcome: { readonly kind: "done" | "failed"; readonly text: string } | null;
}

export type CrystalStore = StoreApi<CrystalState>;

const START: CrystalState = {
  prototype: "diamond",
  species: [],
  values: {},
  design: null,
  trial: null,
  fitted: null,
  effect: null,
  kept: [],
  variant: null,
  phase: "closed",
  session: null,
  wantedKey: null,
  attempts: 0,
  error: null,
  outcome: null,
};

export function createCrystalStore(): CrystalStore {
  return createStore<CrystalState>(() => START);
}

/** For another project. */
export function resetCrystals(store: CrystalStore): void {
  store.setState(({ attempts }) => ({ ...START, attempts: attempts + 1 }));
}

/** The session is gone; the design stays. */
export function dropCrystalSession(store: CrystalStore): void {
  store.setState({ phase: "closed", session: null, effect: null });
}

/** Another crystal, undistorted. */
export function choosePrototype(
  store: CrystalStore,
  prototype: PrototypeName,
  species: readonly string[],
): void {
  const values: KnobValues = {};
  const design = designOf(prototype, species, values);
  store.setState({ prototype, species, values, design, fitted: null, outcome: null });
}

/** Turns a knob; back at its rest it is as if never turned. */
export function turnKnob(store: CrystalStore, key: KnobKey, value: number, rest: number): void {
  const { prototype, species, values: before } = store.getState();
  const others = Object.fromEntries(Object.entries(before).filter(([name]) => name !== key));
  const values: KnobValues = value === rest ? others : { ...others, [key]: value };
  const design = designOf(prototype, species, values);
  store.setState({ values, design, outcome: null });
}

/** The undistorted crystal of default size. */
export function restKnobs(store: CrystalStore): void {
  const { prototype, species } = store.getState();
  store.setState({ values: {}, design: designOf(prototype, species, {}), outcome: null });
}

/** What the crystal as it is was found to be; null while that is not known, and when it cannot be. */
export function knownTrial({ design, trial }: CrystalState): CrystalTrial | null {
  if (design === null || trial?.design !== design || trial.error !== null) return null;
  return trial.trial;
}

/** What the crystal as it is would do; null while that is not known, and when it cannot be. */
export function knownEffect({ design, effect, session }: CrystalState): FoundEffect | null {
  if (design === null || session === null) return null;
  const isOfNow = effect?.design === design && effect.session === session;
  return isOfNow && effect.effect !== null ? effect : null;
}

/** The crystal as it is, once it is known. */
export function crystalNow(state: CrystalState): KeptCrystal | null {
  const trial = knownTrial(state);
  if (trial === null || state.design === null) return null;
  return { design: state.design, trial, effect: knownEffect(state)?.effect ?? null };
}

/** Whether the crystal as it is was kept already. */
export function isKept({ design, kept }: CrystalState): boolean {
  const text = JSON.stringify(design);
  return kept.some((one) => JSON.stringify(one.design) === text);
}

/** Takes an answer; the first of a prototype is what the view is fitted to. */
export function takeTrial(store: CrystalStore, found: FoundTrial): void {
  store.setState(({ fitted, trial }) => ({
    // What could not be built leaves the last crystal on view.
    trial: found.trial === null ? { ...found, trial: trial?.trial ?? null } : found,
    fitted: fitted ?? found.trial,
  }));
}

/** Puts the crystal aside; one that is there already is not kept twice. */
export function keepCrystal(store: CrystalStore): void {
  const state = store.getState();
  const now = crystalNow(state);
  if (now === null || isKept(state)) return;
  store.setState({ kept: [...state.kept, now] });
}

export function dropKept(store: CrystalStore, crystal: KeptCrystal): void {
  store.setState(({ kept }) => ({ kept: kept.filter((one) => one !== crystal) }));
}
