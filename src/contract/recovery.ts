/** Unsaved work: what the window hands to the host while it edits, and what comes back later. */
import type { ProjectDocument } from "../project/document.ts";

/** What would be lost if the application ended now. */
export interface JournalEntry {
  /** null for a project never saved. */
  readonly path: string | null;
  readonly name: string;
  /** Steps since it was saved or opened. */
  readonly edits: number;
  readonly document: ProjectDocument;
}

/** Work of a session that did not end by itself. */
export interface Recovery {
  readonly id: string;
  readonly path: string | null;
  readonly name: string;
  readonly edits: number;
  /** When it was written, ISO 8601. */
  readonly savedAt: string;
}
