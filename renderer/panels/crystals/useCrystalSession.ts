import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { freeVariantName } from "../../../src/project/freeName.ts";
import { draftVariant, type WhatIfDraft } from "../../../src/project/whatIfDraft.ts";
import type { DatasetSummary } from "../../../src/contract/display.ts";
import { openCrystals } from "../../state/crystals/crystalActions.ts";
import {
  missingForLifts,
  wantedCrystals,
  withDraft,
  type CrystalBase,
  type WantedCrystals,
} from "../../state/crystals/crystalSession.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import { datasetLengths } from "../../state/whatIf/whatIfSession.ts";

/** Which training set crystals are tried for, and why there are no numbers. */
export interface CrystalSituation {
  /** The variant; null when there is none. */
  readonly base: string | null;
  /** It is the draft of What if. */
  readonly isDraft: boolean;
  /** Why lifts cannot be predicted; null when they can. */
  readonly missing: string | null;
  readonly wanted: WantedCrystals | null;
}

/** Keeps a session open for the training set that is chosen and the targets that are shown. */
export function useCrystalSession(): CrystalSituation {
  const studio = useStudio();
  const { rows, activeVariant } = useScene();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const chosen = useStore(studio.crystals, (state) => state.variant);
  const inWhatIf = useStore(studio.view, (state) => state.workspace === "whatIf");
  const draft = useStore(studio.whatIf, (state) => state.draft);
  const names = (document.variants ?? []).map(({ name }) => name);
  const isDraft = inWhatIf && names.includes(draft.base);
  const base =
    [isDraft ? draft.base : null, chosen, activeVariant].find(
      (name) => name !== null && names.includes(name),
    ) ??
    names[0] ??
    null;
  const wanted = useMemo(
    () =>
      base === null
        ? null
        : wantedCrystals(
            isDraft ? baseOfDraft(document, summaries, draft) : { document, variant: base },
            summaries,
            rows,
          ),
    [document, summaries, rows, base, isDraft, draft],
  );
  useOpening(wanted);
  return { base, isDraft, missing: missingForLifts(document, rows), wanted };
}

/** The draft as a variant of the project; as its base where it is no training set. */
function baseOfDraft(
  document: ProjectDocument,
  summaries: Readonly<Record<string, DatasetSummary>>,
  draft: WhatIfDraft,
): CrystalBase {
  if (draft.deltas.size === 0) return { document, variant: draft.base };
  const name = freeVariantName(document, "what if");
  return withDraft(document, draftVariant(draft, document, datasetLengths(summaries), name));
}

/** Opens the session that is wanted, once it can be. */
function useOpening(wanted: WantedCrystals | null): void {
  const studio = useStudio();
  const { phase, session, wantedKey } = useStore(studio.crystals);
  const isBusy = useStore(
    studio.jobs,
    (state) =>
      state.engineLost !== null ||
      runningJob(state, "load") !== null ||
      runningJob(state, "compute") !== null,
  );
  const isAsked = wantedKey === wanted?.key && ["opening", "failed", "stopped"].includes(phase);
  const isServed = session !== null && session.key === wanted?.key;
  const toOpen = isBusy || isAsked || isServed ? null : wanted;
  useEffect(() => {
    if (toOpen !== null) void openCrystals(studio, toOpen);
  }, [studio, toOpen]);
}
