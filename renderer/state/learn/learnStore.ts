/** The Learn view: its toy model, trained anew at every change, and undo of its own. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toPlainError, type PlainError } from "../../../src/errors.ts";
import type { ToyScenarioName } from "../../../src/toy/toyScenarios.ts";
import type { MemberPlace } from "./learnEdits.ts";
import {
  computeLearnModel,
  scenarioSetup,
  type LearnModel,
  type LearnSetup,
} from "./learnModel.ts";

export interface LearnState {
  readonly setup: LearnSetup;
  /** null until the view is opened for the first time; the last good one after a failure. */
  readonly model: LearnModel | null;
  readonly problem: PlainError | null;
  /** What the last change took to compute; 0 before the first. */
  readonly milliseconds: number;
  readonly undoable: readonly LearnSetup[];
  readonly redoable: readonly LearnSetup[];
  /** Changes of one drag, or of one key held down, are one step of undo. */
  readonly gesture: string | null;
  /** The mark that the keyboard moves and the editor shows. */
  readonly chosen: MemberPlace;
  readonly showBefore: boolean;
}

export interface LearnStore extends StoreApi<LearnState> {
  /** Milliseconds, for the time that a change takes. */
  now(): number;
}

const MAX_UNDO = 200;
const FIRST_MEMBER: MemberPlace = { group: 0, type: 0, member: 0 };

export function createLearnStore(now: () => number): LearnStore {
  const store = createStore<LearnState>(() => ({
    setup: scenarioSetup("four-groups"),
    model: null,
    problem: null,
    milliseconds: 0,
    undoable: [],
    redoable: [],
    gesture: null,
    chosen: FIRST_MEMBER,
    showBefore: true,
  }));
  return { ...store, now };
}

/** Trains the first model; later calls do nothing. Its time is that of the compiler: not told. */
export function wakeLearn(store: LearnStore): void {
  const { model, setup } = store.getState();
  if (model === null) store.setState({ ...trained(store, setup), milliseconds: 0 });
}

function trained(store: LearnStore, setup: LearnSetup): Partial<LearnState> {
  const start = store.now();
  try {
    const model = computeLearnModel(setup, store.getState().model);
    return { setup, model, problem: null, milliseconds: store.now() - start };
  } catch (error) {
    return { setup, problem: toPlainError(error) };
  }
}

/**
 * Makes one change; the same setup is none.
 * @param gesture - changes with the same name, one after the other, are undone together
 */
export function changeLearn(
  store: LearnStore,
  change: (setup: LearnSetup) => LearnSetup,
  gesture: string | null = null,
): void {
  const state = store.getState();
  const setup = change(state.setup);
  if (setup === state.setup) return;
  const continues = gesture !== null && gesture === state.gesture;
  store.setState({
    ...trained(store, setup),
    gesture,
    undoable: continues ? state.undoable : [...state.undoable, state.setup].slice(-MAX_UNDO),
    redoable: [],
    chosen: nearestMember(setup, state.chosen),
  });
}

/** What follows is a step of its own. */
export function endLearnGesture(store: LearnStore): void {
  store.setState({ gesture: null });
}

export function undoLearn(store: LearnStore): void {
  const { setup, undoable, redoable, chosen } = store.getState();
  const last = undoable.at(-1);
  if (last === undefined) return;
  store.setState({
    ...trained(store, last),
    gesture: null,
    undoable: undoable.slice(0, -1),
    redoable: [...redoable, setup],
    chosen: nearestMember(last, chosen),
  });
}

export function redoLearn(store: LearnStore): void {
  const { setup, undoable, redoable, chosen } = store.getState();
  const last = redoable.at(-1);
  if (last === undefined) return;
  store.setState({
    ...trained(store, last),
    gesture: null,
    undoable: [...undoable, setup],
    redoable: redoable.slice(0, -1),
    chosen: nearestMember(last, chosen),
  });
}

/** Opens a scenario, or opens the present one as it was: undoable like any change. */
export function startScenario(store: LearnStore, scenario: ToyScenarioName): void {
  changeLearn(store, () => scenarioSetup(scenario));
  store.setState({ chosen: nearestMember(store.getState().setup, FIRST_MEMBER) });
}

export function chooseMember(store: LearnStore, chosen: MemberPlace): void {
  store.setState({ chosen });
}

/** All members, group by group: the order of the keyboard. */
export function listMembers({ system }: LearnSetup): readonly MemberPlace[] {
  return system.groups.flatMap(({ x }, group) =>
    x.flatMap((members, type) => members.map((_, member) => ({ group, type, member }))),
  );
}

/** The chosen member, or the one that took its place. */
function nearestMember(setup: LearnSetup, { group, type, member }: MemberPlace): MemberPlace {
  const members = listMembers(setup);
  const atGroup = Math.min(group, setup.system.groups.length - 1);
  const own = members.filter((place) => place.group === atGroup);
  const alike = own.filter((place) => place.type === type);
  const among = alike.length > 0 ? alike : own;
  return among[Math.min(member, among.length - 1)] ?? FIRST_MEMBER;
}
