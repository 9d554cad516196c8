/** Keeping what is known of a designed crystal in step with it: verdict, lift, place on the map. */
import { toPlainError } from "../../../src/errors.ts";
import { judgingDescriptor, type WantedCrystals } from "./crystalSession.ts";
import { dropCrystalSession, takeTrial } from "./crystalStore.ts";
import { prepareSession, sessionOf, stopSessionJob } from "../results/sessionJob.ts";
import type { Studio } from "../studio.ts";

/** Opens a session in place of the one there is; its end is seen in the store. */
export async function openCrystals(studio: Studio, wanted: WantedCrystals): Promise<void> {
  const store = studio.crystals;
  const projectPath = studio.project.getState().path;
  const attempt = store.getState().attempts + 1;
  dropCrystalSession(store);
  store.setState({ phase: "opening", wantedKey: wanted.key, attempts: attempt, error: null });
  const isLatest = (): boolean => store.getState().attempts === attempt;
  const { document, question } = wanted;
  const request = { kind: "crystals", document, projectPath, question } as const;
  const end = await prepareSession(studio, request, "Prepare crystals", isLatest);
  if (end === null) return;
  if (end.phase !== "open" || end.job.crystals === null) {
    store.setState(end.phase === "open" ? { phase: "stopped" } : end);
    return;
  }
  const session = sessionOf(studio, end.job.id, end.job.crystals, wanted);
  store.setState({ phase: "open", session });
  refreshCrystal(studio);
}

/** Ends the job that prepares a session, if there is one. */
export async function stopCrystals(studio: Studio): Promise<void> {
  await stopSessionJob(studio, "crystals");
}

type Question = () => Promise<void>;

/** By studio and kind of question: an answer is awaited. */
const underway = { trial: new WeakSet<Studio>(), effect: new WeakSet<Studio>() };

/**
 * Asks for all that is not known of the crystal as it is. While an answer is awaited further changes
 * wait; when it is here only the latest is asked for, so that no change is answered too late to matter.
 */
export function refreshCrystal(studio: Studio): void {
  void keepUp(studio, "trial", pendingTrial);
  void keepUp(studio, "effect", pendingEffect);
}

async function keepUp(
  studio: Studio,
  kind: keyof typeof underway,
  pending: (studio: Studio) => Question | null,
): Promise<void> {
  if (underway[kind].has(studio)) return;
  underway[kind].add(studio);
  for (let next = pending(studio); next !== null; next = pending(studio)) await next();
  underway[kind].delete(studio);
}

function pendingTrial(studio: Studio): Question | null {
  const { design, trial } = studio.crystals.getState();
  const descriptor = judgingDescriptor(studio.project.getState().document);
  if (design === null) return null;
  if (trial?.design === design && trial.descriptor === descriptor) return null;
  return async () => {
    const found = { design, descriptor };
    try {
      const answer = await studio.connection.request("crystalTrial", found);
      takeTrial(studio.crystals, { ...found, trial: answer, error: null });
    } catch (error) {
      takeTrial(studio.crystals, { ...found, trial: null, error: toPlainError(error) });
    }
  };
}

function pendingEffect(studio: Studio): Question | null {
  const { design, effect, session } = studio.crystals.getState();
  if (design === null || session === null) return null;
  if (effect?.design === design && effect.session === session) return null;
  return async () => {
    const found = { design, session };
    try {
      const params = { session: session.id, design };
      const answer = await studio.connection.request("crystalEffect", params);
      if (studio.crystals.getState().session !== session) return;
      studio.crystals.setState({ effect: { ...found, effect: answer, error: null } });
    } catch (error) {
      if (studio.crystals.getState().session !== session) return;
      const plain = toPlainError(error);
      if (plain.code === "WORKER_LOST") dropCrystalSession(studio.crystals);
      else studio.crystals.setState({ effect: { ...found, effect: null, error: plain } });
    }
  };
}
