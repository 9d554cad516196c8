/** Letting go of a what-if session with the project it belongs to. */
import type { Studio } from "../studio.ts";
import { resetWhatIf } from "./whatIfStore.ts";

/** Forgets the draft, and lets the engine free what the session holds. */
export function closeWhatIf(studio: Studio): void {
  const { session } = studio.whatIf.getState();
  resetWhatIf(studio.whatIf);
  if (session === null) return;
  // A lost engine holds nothing any more.
  studio.connection.request("whatIfClose", { session: session.id }).catch(() => undefined);
}
