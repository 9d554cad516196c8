/** Where files were dropped, and what that says about their use. */
import type { DatasetRole } from "../state/documentEdits.ts";

export type DropPlace = "training" | "targets" | "window";

/** null: to be guessed from the files. */
export function dropRoleOf(place: DropPlace): DatasetRole | null {
  if (place === "training") return "training";
  return place === "targets" ? "target" : null;
}
