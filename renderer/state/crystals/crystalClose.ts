/** Letting go of a session of crystals with the project it belongs to. */
import { resetCrystals } from "./crystalStore.ts";
import type { Studio } from "../studio.ts";

/** Forgets what was designed, and lets the engine free what the session holds. */
export function closeCrystals(studio: Studio): void {
  const { session } = studio.crystals.getState();
  resetCrystals(studio.crystals);
  if (session === null) return;
  // A lost engine holds nothing any more.
  studio.connection.request("crystalClose", { session: session.id }).catch(() => undefined);
}
