import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { missingForCompute } from "../../state/project/documentEdits.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import type { PropertyId } from "../../state/coloring/properties.ts";
import { isResultProperty } from "../../state/coloring/resultProperties.ts";
import { variantStates } from "../../state/results/resultStore.ts";
import { attempt } from "../../state/studio.ts";
import { openWhatIf, refreshWhatIf, takeVariant } from "../../state/whatIf/whatIfActions.ts";
import {
  sessionToOpen,
  wantedSession,
  workspaceState,
  type SessionState,
  type Situation,
  type WorkspaceState,
} from "../../state/whatIf/whatIfSession.ts";
import type { WhatIfState } from "../../state/whatIf/whatIfStore.ts";

/** Starts from the variant that is looked at, follows it, and finds another when the base is gone. */
function useDraft(): void {
  const studio = useStudio();
  const base = useStore(studio.whatIf, (state) => state.draft.base);
  const variants = useStore(studio.project, (state) => state.document.variants);
  const active = useStore(studio.view, (state) => state.activeVariant);
  const isRead = useStore(studio.jobs, (state) => runningJob(state, "load") === null);
  const names = (variants ?? []).map(({ name }) => name);
  const isThere = names.includes(base);
  const start = active !== null && names.includes(active) ? active : (names[0] ?? null);
  useEffect(() => {
    if (!isThere && isRead && start !== null) takeVariant(studio, start);
  }, [studio, isThere, isRead, start]);
  useEffect(
    () =>
      studio.view.subscribe((now, before) => {
        const name = now.activeVariant;
        if (name === null || name === before.activeVariant) return;
        if (name !== studio.whatIf.getState().origin) takeVariant(studio, name);
      }),
    [studio],
  );
}

/** Gains are what one looks at here; on leaving the colours are as they were. */
function useGainColors(): void {
  const studio = useStudio();
  const isLive = useStore(studio.whatIf, (state) => state.session !== null);
  const before = useRef<PropertyId | null>(null);
  useEffect(() => {
    const { property } = studio.colors.getState();
    if (!isLive || before.current !== null || !isResultProperty(property)) return;
    before.current = property;
    studio.colors.setState({ property: "enhancement" });
  }, [studio, isLive]);
  useEffect(
    () => () => {
      const { property } = studio.colors.getState();
      if (before.current !== null && property === "enhancement") {
        studio.colors.setState({ property: before.current });
      }
    },
    [studio],
  );
}

function sessionState(state: WhatIfState): SessionState {
  const { phase, session, wantedKey, wantedTargets } = state;
  return { phase, session, wantedKey, wantedTargets };
}

/** Keeps a session open for what is shown: opened by itself, again when the project has changed. */
export function useWhatIfSession(): WorkspaceState {
  const studio = useStudio();
  useDraft();
  useGainColors();
  const { rows, targets } = useScene();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  // Not the draft and its values: a tick is no reason to draw the workspace anew.
  const live = useStore(studio.whatIf, useShallow(sessionState));
  const base = useStore(studio.whatIf, (state) => state.draft.base);
  const datasets = useStore(studio.whatIf, (state) => state.datasets);
  const wanted = useMemo(
    () => wantedSession(document, summaries, base, rows, datasets),
    [document, summaries, base, rows, datasets],
  );
  const situation: Situation = {
    missing: missingForCompute(document),
    rows,
    nTargets: targets.length,
    isReady: variantStates(document, results, jobs)[base] === "ready",
    isComputing: runningJob(jobs, "compute") !== null,
    isReading: runningJob(jobs, "load") !== null,
    isLost: jobs.engineLost !== null,
    wanted,
    live,
  };
  const toOpen = sessionToOpen(situation);
  useEffect(() => {
    if (toOpen === null) return;
    attempt(studio, "What if was not prepared", () => openWhatIf(studio, toOpen));
  }, [studio, toOpen]);
  useEffect(() => {
    refreshWhatIf(studio);
    return studio.whatIf.subscribe((now, before) => {
      if (now.draft !== before.draft) refreshWhatIf(studio);
    });
  }, [studio, document]);
  return workspaceState(situation);
}
