/** What a session has to be opened for, or what is still missing. Pure. */
import type { WhatIfQuestion } from "../../../src/contract/whatIf.ts";
import type { DatasetSummary } from "../../../src/contract/display.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { DatasetLengths } from "../../../src/project/whatIfDraft.ts";
import { structureKey } from "../project/datasetStore.ts";
import { selectStructures } from "../project/structureSelector.ts";
import type { TargetRow } from "../project/targets.ts";
import { targetsKey, variantKey } from "../project/variantKey.ts";
import type { WhatIfState } from "./whatIfStore.ts";

type Summaries = Readonly<Record<string, DatasetSummary>>;

/** Lengths of the datasets that have been read. */
export function datasetLengths(summaries: Summaries): DatasetLengths {
  return Object.fromEntries(
    Object.values(summaries).map(({ dataset, nStructures }) => [dataset, nStructures]),
  );
}

/** A dataset that structures may come from. */
export interface PoolDataset {
  readonly name: string;
  readonly label: string;
  readonly nStructures: number;
  readonly isOffered: boolean;
}

/** Every dataset that has been read and can be described; targets are offered only when chosen. */
export function poolDatasets(
  document: ProjectDocument,
  summaries: Summaries,
  chosen: ReadonlySet<string> | null,
): readonly PoolDataset[] {
  const targets = new Set((document.targets ?? []).map(({ dataset }) => dataset));
  return Object.entries(document.datasets).flatMap(([name, { label, features }]) => {
    const summary = summaries[name];
    const isDescribed = document.descriptor?.type !== "features" || features !== undefined;
    if (summary === undefined || !isDescribed) return [];
    return [
      {
        name,
        label: label ?? summary.fileName,
        nStructures: summary.nStructures,
        isOffered: chosen?.has(name) ?? !targets.has(name),
      },
    ];
  });
}

/** A session that is wanted. */
export interface WantedSession {
  readonly question: WhatIfQuestion;
  /** Structure keys of its targets, in the order of the question. */
  readonly targets: readonly string[];
  /** Everything that its numbers depend on, as text. */
  readonly key: string;
}

/**
 * The session for a base variant and the targets that are shown; null when a file is not read, or the
 * base has left the project with the file that it was trained on.
 */
export function wantedSession(
  document: ProjectDocument,
  summaries: Summaries,
  base: string,
  rows: readonly TargetRow[],
  chosen: ReadonlySet<string> | null,
): WantedSession | null {
  const places = targetPlaces(document, summaries);
  const isThere = (document.variants ?? []).some(({ name }) => name === base);
  if (places === null || !isThere) return null;
  const offered = poolDatasets(document, summaries, chosen).filter(({ isOffered }) => isOffered);
  const shown = rows.flatMap(({ key }) => {
    const target = places.get(key);
    return target === undefined ? [] : [{ key, target }];
  });
  const files = offered.map(({ name }) => [name, summaries[name]?.hash]);
  const key = JSON.stringify([variantKey(document, base), targetsKey(document), files]);
  return {
    question: {
      variant: base,
      candidates: offered.map(({ name }) => ({ dataset: name })),
      targets: shown.map(({ target }) => target),
    },
    targets: shown.map((one) => one.key),
    key,
  };
}

/** Position of every target structure over all target entries, by structure key. */
function targetPlaces(
  document: ProjectDocument,
  summaries: Summaries,
): ReadonlyMap<string, number> | null {
  const places = new Map<string, number>();
  let position = 0;
  for (const { dataset, structures } of document.targets ?? []) {
    const summary = summaries[dataset];
    if (summary === undefined) return null;
    for (const index of selectStructures(structures, summary.nStructures)) {
      const key = structureKey(dataset, index);
      if (!places.has(key)) places.set(key, position);
      position += 1;
    }
  }
  return places;
}

/** What stands between the workspace and live values. */
export type WorkspaceState =
  | { readonly kind: "live" }
  /** Something of the project is missing; `text` says what. */
  | { readonly kind: "incomplete"; readonly text: string }
  | { readonly kind: "notComputed"; readonly isComputing: boolean }
  | { readonly kind: "noTargets"; readonly text: string }
  | { readonly kind: "lost" }
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly wanted: WantedSession }
  | { readonly kind: "stopped"; readonly wanted: WantedSession };

/** What of the store decides it. */
export type SessionState = Pick<WhatIfState, "phase" | "session" | "wantedKey" | "wantedTargets">;

/** Everything that decides whether there are live values. */
export interface Situation {
  /** What the project still needs to be computed; null when nothing. */
  readonly missing: string | null;
  /** Targets that are shown. */
  readonly rows: readonly TargetRow[];
  readonly nTargets: number;
  /** The base of the draft is computed and up to date. */
  readonly isReady: boolean;
  readonly isComputing: boolean;
  readonly isReading: boolean;
  readonly isLost: boolean;
  readonly wanted: WantedSession | null;
  readonly live: SessionState;
}

/** The open session is that of the project and has every target that is shown. */
function isServed({ wanted, rows, live: { session } }: Situation): boolean {
  if (session === null || session.key !== wanted?.key) return false;
  return rows.every(({ key }) => session.targets.includes(key));
}

/** The session that is wanted has been asked for. */
function isAsked({ wanted, rows, live: { wantedKey, wantedTargets } }: Situation): boolean {
  return wantedKey === wanted?.key && rows.every(({ key }) => wantedTargets.includes(key));
}

/** The session that is to be opened now; null when there is one, or none can be. */
export function sessionToOpen(situation: Situation): WantedSession | null {
  const { missing, isReady, isComputing, isReading, isLost, wanted, live } = situation;
  if (wanted === null || wanted.targets.length === 0 || isServed(situation)) return null;
  if (missing !== null || !isReady || isComputing || isReading || isLost) return null;
  const isUnderWay = ["opening", "failed", "stopped"].includes(live.phase);
  return isUnderWay && isAsked(situation) ? null : wanted;
}

/** What the workspace shows in the place of the table. */
export function workspaceState(situation: Situation): WorkspaceState {
  const { missing, rows, nTargets, isReady, isComputing, isLost, wanted, live } = situation;
  if (isLost) return { kind: "lost" };
  if (missing !== null) return { kind: "incomplete", text: missing };
  if (rows.length === 0) {
    const hidden = "Every target is hidden. Open an eye under Targets.";
    return { kind: "noTargets", text: nTargets > 0 ? hidden : "Reading the files" };
  }
  if (isServed(situation)) return { kind: "live" };
  if (wanted !== null && isAsked(situation)) {
    if (live.phase === "failed") return { kind: "failed", wanted };
    if (live.phase === "stopped") return { kind: "stopped", wanted };
  }
  return isReady ? { kind: "opening" } : { kind: "notComputed", isComputing };
}
