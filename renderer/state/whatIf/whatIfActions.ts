/** Opening a what-if session and keeping its values in step with what is ticked. */
import type { CountChange, WhatIfValues } from "../../../src/contract/whatIf.ts";
import { StudioError, toPlainError } from "../../../src/errors.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { trainingChanges, trainingCounts } from "../../../src/project/trainingCounts.ts";
import type { StructureReference } from "../../../src/project/variants.ts";
import {
  draftOfVariant,
  draftRows,
  emptyDraft,
  type DatasetLengths,
  type WhatIfDraft,
} from "../../../src/project/whatIfDraft.ts";
import type { DatasetState } from "../project/datasetStore.ts";
import { prepareSession, sessionOf, stopSessionJob } from "../results/sessionJob.ts";
import { enhancementOf } from "../coloring/resultProperties.ts";
import { meanOf } from "../results/statistics.ts";
import type { Studio } from "../studio.ts";
import { datasetLengths, type WantedSession } from "./whatIfSession.ts";
import {
  changeDraftSet,
  dropSession,
  startDraft,
  type DraftEffect,
  type LiveSession,
} from "./whatIfStore.ts";

/** After so long without a change an answer that is not exact enough is refitted. */
const REFIT_AFTER_MS = 250;

/** Of the base itself. */
const UNCHANGED = { exact: true, needsRefit: false };

/** The draft of a variant of the document: of its base where a draft can say the same. */
export function takeVariant(studio: Studio, name: string): void {
  const { document } = studio.project.getState();
  const variant = (document.variants ?? []).find((one) => one.name === name);
  if (variant === undefined) return;
  const lengths = datasetLengths(studio.datasets.getState().summaries);
  const saved = draftOfVariant(variant, document, lengths);
  const { description = "" } = variant;
  startDraft(
    studio.whatIf,
    saved === null
      ? { draft: emptyDraft(name), origin: null, name: "", description: "" }
      : { draft: saved, origin: name, name, description },
  );
  refreshWhatIf(studio);
}

/** Opens a session in place of the one there is; its end is seen in the store. */
export async function openWhatIf(studio: Studio, wanted: WantedSession): Promise<void> {
  const { document, path } = studio.project.getState();
  const store = studio.whatIf;
  const attempt = store.getState().attempts + 1;
  dropSession(store, "closed");
  store.setState({
    phase: "opening",
    wantedKey: wanted.key,
    wantedTargets: wanted.targets,
    attempts: attempt,
    error: null,
  });
  const isLatest = (): boolean => store.getState().attempts === attempt;
  const { question, key, targets } = wanted;
  const request = { kind: "whatIf", document, projectPath: path, question } as const;
  const end = await prepareSession(studio, request, "What if", isLatest);
  if (end === null) return;
  if (end.phase !== "open" || end.job.whatIf === null) {
    store.setState(end.phase === "open" ? { phase: "stopped" } : end);
    return;
  }
  const session = sessionOf(studio, end.job.id, end.job.whatIf, { document, key, targets });
  store.setState({ phase: "open", session });
  refreshWhatIf(studio);
}

/** Ends the job that prepares a session, if there is one. */
export async function stopOpening(studio: Studio): Promise<void> {
  await stopSessionJob(studio, "whatIf");
}

/** The training set of a draft, or why it is none. */
type DraftTraining =
  | {
      readonly rows: readonly StructureReference[];
      /** How often each structure is in it. */
      readonly counts: ReadonlyMap<string, number>;
    }
  | { readonly problem: string };

interface KnownTraining {
  readonly document: ProjectDocument;
  readonly summaries: DatasetState["summaries"];
  readonly training: DraftTraining;
}

/** A tick asks several times for the same draft. */
const knownTraining = new WeakMap<WhatIfDraft, KnownTraining>();

/** The training set that a draft stands for in the project as it is. */
export function trainingOfDraft(studio: Studio, draft: WhatIfDraft): DraftTraining {
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  const known = knownTraining.get(draft);
  if (known?.document === document && known.summaries === summaries) return known.training;
  const training = spellOut(draft, document, datasetLengths(summaries));
  knownTraining.set(draft, { document, summaries, training });
  return training;
}

function spellOut(
  draft: WhatIfDraft,
  document: ProjectDocument,
  lengths: DatasetLengths,
): DraftTraining {
  try {
    const rows = draftRows(draft, document, lengths);
    return { rows, counts: trainingCounts(rows) };
  } catch (error) {
    return { problem: toPlainError(error).message };
  }
}

/** Makes a change and asks for its values at once. */
export function changeTraining(
  studio: Studio,
  change: (draft: WhatIfDraft) => WhatIfDraft,
  gesture: string | null = null,
): void {
  changeDraftSet(studio.whatIf, change, gesture);
  refreshWhatIf(studio);
}

const underway = new WeakSet<Studio>();
const refits = new WeakMap<Studio, ReturnType<typeof setTimeout>>();

/**
 * Asks for the values of the draft as it is. While one answer is awaited further changes wait; when it
 * is here only the latest is asked for, so that no change is answered too late to matter.
 */
export function refreshWhatIf(studio: Studio): void {
  clearTimeout(refits.get(studio));
  if (underway.has(studio)) return;
  underway.add(studio);
  void follow(studio).finally(() => {
    underway.delete(studio);
  });
}

async function follow(studio: Studio): Promise<void> {
  const store = studio.whatIf;
  for (;;) {
    const { session, draft, values, problem } = store.getState();
    if (session?.opened.variant !== draft.base) return;
    if (values?.draft === draft && problem === null) break;
    const changes = changesOf(studio, session, draft);
    if (typeof changes === "string") {
      store.setState({ problem: changes });
      if (store.getState().draft === draft) return;
      continue;
    }
    if (changes.length === 0) {
      const { lpr, errorEstimate } = session.opened;
      takeValues(studio, session, draft, { lpr, errorEstimate, ...UNCHANGED }, 0);
    } else if (!(await ask(studio, session, draft, changes, "manual"))) return;
  }
  if (store.getState().values?.needsRefit === true) {
    const timer = setTimeout(() => {
      void refit(studio);
    }, REFIT_AFTER_MS);
    refits.set(studio, timer);
  }
}

/** Factors exactly the draft's training set. */
export async function refit(studio: Studio): Promise<void> {
  const { session, draft } = studio.whatIf.getState();
  if (session === null || underway.has(studio)) return;
  const changes = changesOf(studio, session, draft);
  if (typeof changes === "string") return;
  underway.add(studio);
  try {
    await ask(studio, session, draft, changes, "now");
  } finally {
    underway.delete(studio);
  }
  if (studio.whatIf.getState().draft !== draft) refreshWhatIf(studio);
}

/** False when there is nothing more to ask of the session. */
async function ask(
  studio: Studio,
  session: LiveSession,
  draft: WhatIfDraft,
  changes: readonly CountChange[],
  how: "manual" | "now",
): Promise<boolean> {
  const store = studio.whatIf;
  const start = studio.now();
  try {
    const answer = await studio.connection.request("whatIfSet", {
      session: session.id,
      changes,
      refit: how,
    });
    if (store.getState().session !== session) return false;
    takeValues(studio, session, draft, answer, studio.now() - start);
    return true;
  } catch (error) {
    if (store.getState().session !== session) return false;
    const plain = toPlainError(error);
    if (error instanceof StudioError && error.code === "WORKER_LOST") {
      dropSession(store, "closed");
    } else {
      dropSession(store, "failed");
      store.setState({ error: plain });
    }
    return false;
  }
}

function takeValues(
  studio: Studio,
  session: LiveSession,
  draft: WhatIfDraft,
  { lpr, exact, errorEstimate, needsRefit }: Omit<WhatIfValues, "changedRows" | "milliseconds">,
  milliseconds: number,
): void {
  const store = studio.whatIf;
  store.effects.set(draft, effectOf(session, lpr));
  store.setState({
    values: { draft, lpr, exact, errorEstimate, needsRefit, milliseconds },
    problem: null,
  });
}

function effectOf({ opened }: LiveSession, lpr: readonly Float64Array[]): DraftEffect {
  let nLost = 0;
  const means = lpr.map((values, t) => {
    const gains = enhancementOf(values, opened.lpr[t] ?? values);
    nLost += gains.filter((gain) => gain < 0).length;
    return meanOf(gains) ?? 0;
  });
  return { means, nLost };
}

/** Why there is nothing to learn from. */
const EMPTY = "The training set is empty";

/** Where the draft differs from the base of the session, or why it is no training set. */
function changesOf(
  studio: Studio,
  { opened }: LiveSession,
  draft: WhatIfDraft,
): readonly CountChange[] | string {
  const training = trainingOfDraft(studio, draft);
  if ("problem" in training) return training.problem;
  if (training.rows.length === 0) return EMPTY;
  try {
    return trainingChanges(opened.structures, training.rows);
  } catch (error) {
    return toPlainError(error).message;
  }
}

const asked = new WeakMap<LiveSession, Set<number>>();

/** Asks once for what each structure would do alone for a target of the session. */
export async function loadGains(studio: Studio, target: number): Promise<void> {
  const { session } = studio.whatIf.getState();
  if (session === null) return;
  const known = asked.get(session) ?? new Set();
  if (known.has(target)) return;
  asked.set(session, known.add(target));
  try {
    const params = { session: session.id, target };
    const gains = await studio.connection.request("whatIfGains", params);
    const { session: now, gains: before } = studio.whatIf.getState();
    if (now !== session) return;
    studio.whatIf.setState({ gains: new Map(before).set(target, gains) });
  } catch (error) {
    known.delete(target);
    // A session that was closed or lost has no gains to miss.
    if (studio.whatIf.getState().session === session) throw error;
  }
}
