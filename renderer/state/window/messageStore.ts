/** Short-lived messages (bottom left) and lasting problems (drawer). */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FileRemark } from "../../../src/contract/movedFiles.ts";
import type { PlainError } from "../../../src/errors.ts";

export interface Message {
  readonly id: number;
  readonly text: string;
  /** Offers Undo of the last document change. */
  readonly undo: boolean;
}

export interface Problem {
  readonly id: number;
  /** What did not happen, e.g. `films.xyz was not opened`. */
  readonly title: string;
  readonly error: PlainError;
  /** The dataset it is about; it goes away when that dataset is read. */
  readonly dataset: string | null;
  /** The file that is away or changed, when that is the problem. */
  readonly remark: FileRemark | null;
  /** The figure that names what is not there; it goes away when the figure does not. */
  readonly figure: string | null;
}

/** What is wrong with a figure, as the drawer says it. */
export interface FigureComplaint {
  readonly figure: string;
  readonly title: string;
  readonly error: PlainError;
}

export interface MessageState {
  readonly message: Message | null;
  readonly problems: readonly Problem[];
  readonly selectedProblem: number | null;
}

export type MessageStore = StoreApi<MessageState>;

export function createMessageStore(): MessageStore {
  return createStore<MessageState>(() => ({ message: null, problems: [], selectedProblem: null }));
}

let nextId = 1;

export function say(store: MessageStore, text: string, undo = false): void {
  store.setState({ message: { id: nextId++, text, undo } });
}

export function dismissMessage(store: MessageStore, id: number): void {
  store.setState((state) => (state.message?.id === id ? { message: null } : state));
}

/** Structures and features of a dataset can both be away: each has a problem of its own. */
function isReplaced(
  other: Problem,
  { title, error, dataset, remark }: Omit<Problem, "id" | "figure">,
): boolean {
  if (other.title === title && other.error.message === error.message) return true;
  if (dataset === null || other.dataset !== dataset) return false;
  return remark === null || other.remark === null || other.remark.part === remark.part;
}

/** Adds a problem; an older one about the same dataset or with the same words is replaced. */
export function reportProblem(
  store: MessageStore,
  title: string,
  error: PlainError,
  dataset: string | null = null,
  remark: FileRemark | null = null,
): void {
  store.setState((state) => {
    const problem: Problem = { id: nextId++, title, error, dataset, remark, figure: null };
    const others = state.problems.filter((other) => !isReplaced(other, problem));
    return { problems: [problem, ...others], selectedProblem: problem.id };
  });
}

/** Whether a file of a dataset is said to be away, with what can be done about it. */
export function isSaidAway(store: MessageStore, dataset: string): boolean {
  return store
    .getState()
    .problems.some(({ remark }) => remark?.dataset === dataset && remark.foundHash === null);
}

export function dismissProblem(store: MessageStore, id: number): void {
  store.setState((state) => ({ problems: state.problems.filter((problem) => problem.id !== id) }));
}

/** The files of these datasets were read: what was wrong with them before is over. */
export function settleDatasets(store: MessageStore, read: ReadonlySet<string>): void {
  const isOver = ({ dataset }: Problem): boolean => dataset !== null && read.has(dataset);
  if (!store.getState().problems.some(isOver)) return;
  store.setState(({ problems }) => ({ problems: problems.filter((one) => !isOver(one)) }));
}

/** What these words said did not happen has happened after all. */
export function settleTitle(store: MessageStore, title: string): void {
  store.setState(({ problems }) => ({ problems: problems.filter((one) => one.title !== title) }));
}

/** The problems of figures are these now; one that says the same as before stays what it is. */
export function settleFigures(store: MessageStore, complaints: readonly FigureComplaint[]): void {
  const { problems } = store.getState();
  const isSame = ({ figure, error }: Problem, one: FigureComplaint): boolean =>
    figure === one.figure && error.message === one.error.message;
  const kept = problems.filter(
    (problem) => problem.figure === null || complaints.some((one) => isSame(problem, one)),
  );
  const added = complaints
    .filter((one) => !problems.some((problem) => isSame(problem, one)))
    .map((one): Problem => ({ ...one, id: nextId++, dataset: null, remark: null }));
  if (added.length === 0 && kept.length === problems.length) return;
  store.setState({ problems: [...kept, ...added] });
}

export function clearProblems(store: MessageStore): void {
  store.setState({ problems: [], selectedProblem: null });
}
