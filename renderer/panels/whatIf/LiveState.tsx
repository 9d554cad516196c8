import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatCount, withTrueMinus } from "../../components/formatNumber.ts";
import type { LiveValues, WhatIfState } from "../../state/whatIf/whatIfStore.ts";

/** `Live · last update 38 ms, 7,000 atoms`, or how far what is shown is from what is ticked. */
export function LiveState({ isLive }: { readonly isLive: boolean }): ReactNode {
  const studio = useStudio();
  const { session, values, draft, problem } = useStore(studio.whatIf);
  if (!isLive || session === null) {
    return (
      <span className="live-chip" data-state="off">
        <span className="live-dot" /> Not live
      </span>
    );
  }
  const nAtoms = session.opened.targets.reduce((sum, target) => sum + target.nAtoms, 0);
  const state = stateOf(values, draft, problem);
  return (
    <>
      <span className="live-chip" data-state={state}>
        <span className="live-dot" /> {WORDS[state]}
      </span>
      <span className="live-note ellipsis" role="status">
        {noteOf(state, values, nAtoms)}
      </span>
    </>
  );
}

type LiveWord = "live" | "approximate" | "stale" | "impossible";

const WORDS: Readonly<Record<LiveWord, string>> = {
  live: "Live",
  approximate: "Approximate",
  stale: "Updating",
  impossible: "Not current",
};

function stateOf(
  values: LiveValues | null,
  draft: WhatIfState["draft"],
  problem: string | null,
): LiveWord {
  if (problem !== null) return "impossible";
  if (values?.draft !== draft) return "stale";
  return values.needsRefit ? "approximate" : "live";
}

function noteOf(state: LiveWord, values: LiveValues | null, nAtoms: number): string {
  const atoms = `${formatCount(nAtoms)} atoms`;
  if (values === null) return atoms;
  if (state === "approximate") {
    const bound = withTrueMinus(values.errorEstimate.toExponential(0));
    return `relative error up to ${bound}, refitting`;
  }
  if (state === "stale" || state === "impossible")
    return `values are those before the last change, ${atoms}`;
  if (values.milliseconds === 0) return atoms;
  const time = `${String(Math.max(1, Math.round(values.milliseconds)))} ms`;
  return `last update ${time}, ${atoms}`;
}
