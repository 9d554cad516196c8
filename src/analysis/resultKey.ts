/** What a whole result depends on, as text to be hashed: same text, same result. */
import type { ProjectDocument } from "../project/document.ts";
import { datasetsInUse } from "./requirements.ts";

/** Raised whenever the same inputs give other numbers, or the result gets another shape. */
export const RESULT_FORMAT = 3;

/**
 * Canonical text of a project's inputs and settings. Views, names of the project and paths are not
 * part of it; contents of files are, through their hashes.
 *
 * @param fileHashes - dataset name → `sha256:<hex>`, at least of the datasets in use
 * @param backend - name of the backend: both agree only to rounding
 */
export function resultKeyText(
  document: ProjectDocument,
  fileHashes: Readonly<Record<string, string>>,
  backend: string,
): string {
  const { descriptor, model, variants, targets, maps } = document;
  const { test, uncertainty, similarity, components } = document;
  const hashes = datasetsInUse(document).map((name) => [name, fileHashes[name] ?? null]);
  const extras = { test, uncertainty, similarity, components };
  const inputs = { descriptor, model, variants, targets, maps, ...extras, hashes, backend };
  return JSON.stringify([RESULT_FORMAT, canonical(inputs)]);
}

/** The same value with sorted keys and without undefined. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
}
