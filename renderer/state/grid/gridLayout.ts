/** The layout of the grid: what the document says of it, with defaults, and edits of it. Pure. */
import type { ProjectDocument } from "../../../src/project/document.ts";
import type {
  CameraLock,
  DifferenceColumn,
  GridLayout,
  PanelContent,
  PanelOverride,
  PanelPlace,
  RangeMode,
} from "../../../src/project/gridLayout.ts";

/** The layout as the grid is drawn. */
export interface ShownLayout {
  readonly content: PanelContent;
  readonly panels: readonly PanelOverride[];
  readonly cameraLock: CameraLock;
  readonly range: RangeMode;
  readonly differences: readonly DifferenceColumn[];
}

const DEFAULT_LAYOUT: ShownLayout = {
  content: "structure",
  panels: [],
  cameraLock: "all",
  range: "shared",
  differences: [],
};

/** What the document says, defaults filled in. */
export function layoutOf({ views }: ProjectDocument): ShownLayout {
  const { content, panels, cameraLock, range, differences } = views?.grid ?? {};
  return {
    content: content ?? DEFAULT_LAYOUT.content,
    panels: panels ?? DEFAULT_LAYOUT.panels,
    cameraLock: cameraLock ?? DEFAULT_LAYOUT.cameraLock,
    range: range ?? DEFAULT_LAYOUT.range,
    differences: differences ?? DEFAULT_LAYOUT.differences,
  };
}

/** The document with other settings of its grid; settings of `undefined` go. */
export function withLayout(document: ProjectDocument, change: GridLayout): ProjectDocument {
  const merged = Object.entries({ ...document.views?.grid, ...change });
  const grid = Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as GridLayout;
  return { ...document, views: { ...document.views, grid } };
}

/** Sets one setting; the same document when it is so already. */
export function setLayout<K extends "content" | "cameraLock" | "range">(
  document: ProjectDocument,
  key: K,
  value: ShownLayout[K],
): ProjectDocument {
  if (layoutOf(document)[key] === value) return document;
  // Choosing for the whole grid takes the exceptions back.
  return withLayout(
    document,
    key === "content" ? { content: value as PanelContent, panels: undefined } : { [key]: value },
  );
}

export function sameDifference(
  a: DifferenceColumn | null | undefined,
  b: DifferenceColumn | null | undefined,
): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return a === b;
  return a.from === b.from && a.to === b.to && a.as === b.as;
}

export function samePlace(a: PanelPlace, b: PanelPlace): boolean {
  return (
    a.dataset === b.dataset &&
    a.structure === b.structure &&
    a.variant === b.variant &&
    sameDifference(a.difference, b.difference)
  );
}

/** What one panel shows. */
export function contentOf(layout: ShownLayout, place: PanelPlace): PanelContent {
  return layout.panels.find((one) => samePlace(one, place))?.content ?? layout.content;
}

/** Lets one panel show something of its own; what the grid shows is no exception. */
export function setPanelContent(
  document: ProjectDocument,
  place: PanelPlace,
  content: PanelContent,
): ProjectDocument {
  const layout = layoutOf(document);
  if (contentOf(layout, place) === content) return document;
  const others = layout.panels.filter((one) => !samePlace(one, place));
  const panels = content === layout.content ? others : [...others, { ...place, content }];
  return withLayout(document, { panels: panels.length === 0 ? undefined : panels });
}

/** Adds a column of differences; one that is there already, or of a variant with itself, is none. */
export function addDifference(
  document: ProjectDocument,
  column: DifferenceColumn,
): ProjectDocument {
  const { differences } = layoutOf(document);
  const isThere = differences.some((one) => sameDifference(one, column));
  if (isThere || column.from === column.to) return document;
  return withLayout(document, { differences: [...differences, column] });
}

export function removeDifference(
  document: ProjectDocument,
  column: DifferenceColumn,
): ProjectDocument {
  const { differences } = layoutOf(document);
  const left = differences.filter((one) => !sameDifference(one, column));
  if (left.length === differences.length) return document;
  return withLayout(document, { differences: left.length === 0 ? undefined : left });
}

/** Puts another column in the place of one. */
export function replaceDifference(
  document: ProjectDocument,
  column: DifferenceColumn,
  by: DifferenceColumn,
): ProjectDocument {
  const { differences } = layoutOf(document);
  const index = differences.findIndex((one) => sameDifference(one, column));
  const isTaken = differences.some((one) => sameDifference(one, by));
  if (index < 0 || isTaken || by.from === by.to) return document;
  return withLayout(document, { differences: differences.with(index, by) });
}

/** The layout after a variant got another name. */
export function renameInLayout(
  grid: GridLayout | undefined,
  from: string,
  to: string,
): GridLayout | undefined {
  if (grid === undefined) return undefined;
  const name = (one: string): string => (one === from ? to : one);
  const column = (one: DifferenceColumn): DifferenceColumn => ({
    ...one,
    from: name(one.from),
    to: name(one.to),
  });
  const place = <
    T extends { variant?: string | undefined; difference?: DifferenceColumn | undefined },
  >(
    one: T,
  ): T => ({
    ...one,
    ...(one.variant === undefined ? {} : { variant: name(one.variant) }),
    ...(one.difference === undefined ? {} : { difference: column(one.difference) }),
  });
  const { panels, cameras, differences, hiddenVariants } = grid;
  return {
    ...grid,
    ...(panels === undefined ? {} : { panels: panels.map(place) }),
    ...(cameras === undefined ? {} : { cameras: cameras.map(place) }),
    ...(differences === undefined ? {} : { differences: differences.map(column) }),
    ...(hiddenVariants === undefined ? {} : { hiddenVariants: hiddenVariants.map(name) }),
  };
}
