/** Project files: text ⇄ validated document, and their published JSON Schema. */
import * as z from "zod";
import { StudioError } from "../errors.ts";
import type { ProjectDocument } from "./document.ts";
import { formatJsonPath, lineOfPath, parseJson, type JsonPath } from "./jsonText.ts";
import { projectSchema } from "./documentSchema.ts";
import { textExcerpt } from "./textExcerpt.ts";
import { findInconsistency } from "./consistency.ts";

/** One thing wrong with a document. */
export interface ProjectProblem {
  readonly path: JsonPath;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/**
 * Reads a project file.
 *
 * @param options.fileName - for errors
 * @throws StudioError `INVALID_PROJECT`: not JSON, wrong version, unknown key, wrong type or value,
 * names that do not exist, duplicate or circular variants
 */
export function parseProject(
  text: string,
  options: { readonly fileName: string },
): ProjectDocument {
  const value = parseJson(text, options.fileName);
  const checked = checkProject(value);
  if ("document" in checked) return checked.document;
  const { path, message, remedy } = checked.problem;
  const line = lineOfPath(text, path);
  throw new StudioError("INVALID_PROJECT", message, {
    remedy: remedy ?? "Correct it in a text editor, or take a copy of the file.",
    location: {
      file: options.fileName,
      line,
      jsonPath: formatJsonPath(path),
      excerpt: textExcerpt(text, line),
    },
  });
}

/**
 * Validates a document that came from elsewhere than a file (the window).
 * @throws StudioError `INVALID_PROJECT` with the JSON path
 */
export function validateProject(value: unknown): ProjectDocument {
  const checked = checkProject(value);
  if ("document" in checked) return checked.document;
  const { path, message, remedy } = checked.problem;
  throw new StudioError("INVALID_PROJECT", message, {
    remedy,
    location: { jsonPath: formatJsonPath(path) },
  });
}

/** Key order of the file; within other objects the schema's order. */
const KEY_ORDER = [
  [
    "$schema",
    "version",
    "name",
    "description",
    "datasets",
    "descriptor",
    "model",
    "variants",
    "targets",
  ],
  [
    "test",
    "uncertainty",
    "similarity",
    "components",
    "maps",
    "selections",
    "views",
    "path",
    "hash",
    "label",
  ],
  ["features", "array", "structure", "committee", "members", "fraction", "projectedProcess"],
  [
    "calibration",
    "normalize",
    "perSpecies",
    "hidden",
    "starts",
    "maxIterations",
    "gradientTolerance",
  ],
  ["perVariant", "folds", "range", "points", "columns", "type", "method", "basis", "cutoff"],
  ["cutoffWidth", "sigma", "nMax", "lMax", "centerWeight", "radialScaling", "species", "rate"],
  ["scale", "exponent", "zeta", "activeSet", "size", "from", "indices", "regularizer"],
  ["structureRows", "energyKey", "dataset", "structures", "repeat", "base", "replace", "count"],
  ["seed", "with", "remove", "add", "train", "labels", "components"],
].flat();

/**
 * The text of a project file: two spaces, a stable key order, names of datasets in their own
 * order, a newline at the end. `parseProject` gives the same document back.
 */
export function serializeProject(document: ProjectDocument): string {
  const { datasets, views, ...rest } = document;
  const ordered = sortKeys({
    ...rest,
    datasets: sortEach(datasets),
    ...(views === undefined ? {} : { views }),
  });
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** The JSON Schema (draft 2020-12) of project files, published as `docs/lpr-project.schema.json`. */
export function projectJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(projectSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly; // `.readonly()` is about our types, not about the file.
    },
  });
  return { ...schema, title: "LPR Studio project (*.lpr.json)" };
}

function sortEach(datasets: ProjectDocument["datasets"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(datasets).map(([name, entry]) => [name, sortKeys(entry)]),
  );
}

function sortKeys(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((element) => sortKeys(element));
  if (value === null || typeof value !== "object" || key === "datasets" || key === "views") {
    return value;
  }
  const rank = (name: string): number => {
    const position = KEY_ORDER.indexOf(name);
    return position === -1 ? KEY_ORDER.length : position;
  };
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([name, element]) => [name, sortKeys(element, name)]),
  );
}

function checkProject(
  value: unknown,
): { readonly document: ProjectDocument } | { readonly problem: ProjectProblem } {
  const versionProblem = checkVersion(value);
  if (versionProblem !== null) return { problem: versionProblem };
  const parsed = projectSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue === undefined) throw new StudioError("INTERNAL", "a schema error without an issue");
    return { problem: describeIssue(issue, [], value) };
  }
  const inconsistency = findInconsistency(parsed.data);
  return inconsistency === null ? { document: parsed.data } : { problem: inconsistency };
}

/** Before anything else: a newer file must not be reported as one with unknown keys. */
function checkVersion(value: unknown): ProjectProblem | null {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const version: unknown = (value as { version?: unknown }).version;
  if (typeof version === "number" && Number.isInteger(version) && version > 1) {
    return {
      path: ["version"],
      message: `found version ${version}, this program reads version 1`,
      remedy: "Open it with a newer LPR Studio.",
    };
  }
  return null;
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue, prefix: JsonPath, root: unknown): ProjectProblem {
  const path = [...prefix, ...issue.path.filter((part) => typeof part !== "symbol")];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branch = chooseBranch(issue.errors, valueAt(root, path));
    if (branch !== null) return describeIssue(branch, path, root);
  }
  if (issue.code === "unrecognized_keys") return unknownKey(issue, path);
  if (issue.code === "invalid_key") {
    const name = path.at(-1) ?? "";
    const expected = issue.issues[0]?.message ?? "a legal name";
    return { path, message: `found the name ${JSON.stringify(name)}, expected ${expected}` };
  }
  const found = valueAt(root, path);
  if (found === undefined) {
    return { path, message: `missing, expected ${issue.message}` };
  }
  return { path, message: `found ${describeValue(found)}, expected ${issue.message}` };
}

/**
 * A variant with `base` is meant as a derived one, an object with `method` as the branch of that
 * method; elsewhere the branch that got further.
 */
function chooseBranch(branches: readonly (readonly Issue[])[], found: unknown): Issue | null {
  const isObject = found !== null && typeof found === "object" && !Array.isArray(found);
  if (isObject && "method" in found) {
    const fitting = branches.find(
      ([issue]) => issue !== undefined && issue.path.length > 0 && issue.path[0] !== "method",
    );
    return fitting?.[0] ?? unknownKeyOf(branches);
  }
  if (isObject) {
    const branch = "base" in found && !("train" in found) ? branches[1] : branches[0];
    return branch?.[0] ?? null;
  }
  const deeper = branches.map((issues) => issues[0]).find((issue) => (issue?.path.length ?? 0) > 0);
  return deeper ?? null;
}

/** The branch of which nothing but an unknown key is wrong. */
function unknownKeyOf(branches: readonly (readonly Issue[])[]): Issue | null {
  const branch = branches.find((issues) =>
    issues.every(({ code }) => code === "unrecognized_keys"),
  );
  return branch?.[0] ?? null;
}

function unknownKey(
  issue: Extract<Issue, { code: "unrecognized_keys" }>,
  path: JsonPath,
): ProjectProblem {
  const key = issue.keys[0] ?? "";
  const known = issue.message.split(" ");
  const nearest = nearestName(key, known);
  return {
    path: [...path, key],
    message: `unknown key "${key}", expected one of ${known.join(", ")}`,
    ...(nearest === null ? {} : { remedy: `Did you mean "${nearest}"?` }),
  };
}

function valueAt(root: unknown, path: JsonPath): unknown {
  let value = root;
  for (const part of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.hasOwn(value, part)
      ? (value as Record<string | number, unknown>)[part]
      : undefined;
  }
  return value;
}

function describeValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (text.length <= 60) return text;
  return Array.isArray(value) ? `a list of ${value.length}` : `${text.slice(0, 57)}…`;
}

/** The known name within a third of its length in edits, ignoring case; null when none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (
      distance < bestDistance &&
      distance <= Math.max(candidate.length > 3 ? 2 : 1, Math.floor(candidate.length / 3))
    ) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
