/** Which structures of which file play which role, and blocks of features: as texts a person edits. Pure. */
import { StudioError } from "../../../src/errors.ts";
import type {
  ComponentEntry,
  ProjectDocument,
  StructureSelection,
  StructureSelector,
  TargetEntry,
  Variant,
} from "../../../src/project/document.ts";
import { resolveSelector } from "../../../src/project/selectors.ts";
import { isDerived } from "./documentEdits.ts";

/** A list of selections that the document holds. */
export type PartList =
  | { readonly kind: "train" | "add" | "remove" | "replace"; readonly variant: number }
  | { readonly kind: "targets" | "test" | "calibration" };

/** Structures of one file in one role. */
export interface Part {
  readonly list: PartList;
  readonly dataset: string;
  /** As in the project file, lists as `0, 3, 5`; empty for all. */
  readonly structures: string;
  /** The entry it was read from, with what is not edited here; null for a new one. */
  readonly entry: StructureSelection | TargetEntry | null;
}

/** A block of columns under edit. */
export interface ComponentText {
  readonly name: string;
  readonly columns: string;
}

/** What the dialog edits. */
export interface PartsDraft {
  readonly parts: readonly Part[];
  readonly components: readonly ComponentText[];
}

/** Words for a role: `Training set of baseline`. */
export function roleText(document: ProjectDocument, list: PartList): string {
  if (!("variant" in list)) {
    const words = { targets: "Targets", test: "Test set", calibration: "Calibration" } as const;
    return words[list.kind];
  }
  const name = document.variants?.[list.variant]?.name ?? "";
  const words = { train: "trains on", add: "adds", remove: "leaves out", replace: "puts in" };
  return `${name} ${words[list.kind]}`;
}

/** Two lists that are the same one. */
export function isSameList(a: PartList, b: PartList): boolean {
  const variant = (list: PartList): number => ("variant" in list ? list.variant : -1);
  return a.kind === b.kind && variant(a) === variant(b);
}

function selectorText(selector: StructureSelector | undefined): string {
  if (selector === undefined) return "";
  return typeof selector === "string" ? selector : selector.join(", ");
}

/** `0, 3, 5` is a list, `0:10` a slice, nothing all of them. */
function selectorOf(text: string): StructureSelector | undefined {
  // The minus of typeset text is what the window itself shows.
  const plain = text.trim().replaceAll("−", "-");
  if (plain === "") return undefined;
  return plain.includes(",") ? plain.split(",").map((one) => Number(one.trim() || NaN)) : plain;
}

/** Everything that can be edited, in the order of the document. */
export function partsOf(document: ProjectDocument): PartsDraft {
  const parts: Part[] = [];
  const take = (
    list: PartList,
    entries: readonly (StructureSelection | TargetEntry)[] = [],
  ): void => {
    for (const entry of entries) {
      const structures = selectorText(entry.structures);
      parts.push({ list, dataset: entry.dataset, structures, entry });
    }
  };
  (document.variants ?? []).forEach((one, variant) => {
    if (isDerived(one)) {
      take({ kind: "replace", variant }, one.replace?.with);
      take({ kind: "remove", variant }, one.remove);
      take({ kind: "add", variant }, one.add);
    } else take({ kind: "train", variant }, one.train);
  });
  take({ kind: "targets" }, document.targets);
  take({ kind: "test" }, document.test);
  take({ kind: "calibration" }, document.uncertainty?.calibration);
  const components = (document.components ?? []).map(({ name, columns }) => ({
    name,
    columns: selectorText(columns),
  }));
  return { parts, components };
}

/**
 * How many structures a text stands for.
 * @param length - structures of the dataset
 * @throws StudioError `INVALID_PROJECT` for a text that is no selector or reaches beyond the file
 */
export function countStructures(text: string, dataset: string, length: number): number {
  return resolveSelector(selectorOf(text), { dataset, length, jsonPath: "structures" }).length;
}

/** Columns are counted when the features are there; here only what is written is checked. */
const MANY_COLUMNS = 1_000_000;

/** @throws StudioError `INVALID_PROJECT` for a text that is no selector */
export function checkColumns(text: string): void {
  if (text.trim() === "") {
    throw new StudioError("INVALID_PROJECT", 'expected columns such as "0:100" or "0, 5, 7"');
  }
  resolveSelector(selectorOf(text), {
    dataset: "",
    length: MANY_COLUMNS,
    things: { item: "column", owner: "the features" },
    jsonPath: "columns",
  });
}

/** The document with the parts and components of the draft; the same one when nothing differs. */
export function applyParts(document: ProjectDocument, draft: PartsDraft): ProjectDocument {
  const of = (list: PartList): StructureSelection[] =>
    draft.parts.filter((part) => isSameList(part.list, list)).map(entryOf);
  const next: ProjectDocument = {
    ...document,
    ...(document.variants === undefined
      ? {}
      : { variants: document.variants.map((one, i) => applyToVariant(one, i, of)) }),
    ...(document.targets === undefined ? {} : { targets: of({ kind: "targets" }) }),
    test: listOrNone(of({ kind: "test" })),
    uncertainty: withCalibration(document, of({ kind: "calibration" })),
    components: componentsOf(draft.components),
  };
  return isSameText(next, document) ? document : withoutUndefined(next);
}

function applyToVariant(
  variant: Variant,
  index: number,
  of: (list: PartList) => readonly StructureSelection[],
): Variant {
  if (!isDerived(variant)) return { ...variant, train: of({ kind: "train", variant: index }) };
  const { replace } = variant;
  const next = {
    ...variant,
    ...(replace === undefined
      ? {}
      : { replace: { ...replace, with: of({ kind: "replace", variant: index }) } }),
    remove: listOrNone(of({ kind: "remove", variant: index })),
    add: listOrNone(of({ kind: "add", variant: index })),
  };
  return withoutUndefined(next);
}

/** Labels belong to structures one by one: they go when other structures are chosen. */
function entryOf({ dataset, structures, entry }: Part): StructureSelection {
  const selector = selectorOf(structures);
  const isUntouched = entry !== null && selectorText(entry.structures) === structures;
  if (isUntouched && entry.dataset === dataset) return entry;
  const kept = entry === null || !("repeat" in entry) ? {} : { repeat: entry.repeat };
  return { dataset, ...(selector === undefined ? {} : { structures: selector }), ...kept };
}

function listOrNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function withCalibration(
  { uncertainty }: ProjectDocument,
  calibration: readonly StructureSelection[],
): ProjectDocument["uncertainty"] {
  if (calibration.length > 0) return { ...uncertainty, calibration };
  if (uncertainty === undefined) return undefined;
  const others = withoutUndefined({ ...uncertainty, calibration: undefined });
  return Object.keys(others).length === 0 ? undefined : others;
}

function componentsOf(texts: readonly ComponentText[]): readonly ComponentEntry[] | undefined {
  const entries = texts.map(({ name, columns }) => ({
    name: name.trim(),
    columns: selectorOf(columns) ?? "",
  }));
  return listOrNone(entries);
}

function isSameText(a: ProjectDocument, b: ProjectDocument): boolean {
  return JSON.stringify(withoutUndefined(a)) === JSON.stringify(b);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
