import type { ReactNode } from "react";
import type { VariantState } from "../state/results/resultStore.ts";

const WORDS: Readonly<Record<VariantState, string>> = {
  ready: "ready",
  stale: "stale, inputs changed",
  computing: "computing",
  notComputed: "not computed",
  failed: "failed, see Problems",
};

/** States differ in shape, not only in colour. */
export function StateMark({ state }: { readonly state: VariantState }): ReactNode {
  return (
    <svg className={`state-mark ${state}`} viewBox="0 0 14 14" role="img" aria-label={WORDS[state]}>
      <MarkShape state={state} />
    </svg>
  );
}

function MarkShape({ state }: { readonly state: VariantState }): ReactNode {
  switch (state) {
    case "ready":
      return <circle cx="7" cy="7" r="4" fill="var(--ok)" />;
    case "stale":
      return (
        <>
          <circle cx="7" cy="7" r="3.5" fill="none" stroke="var(--warn)" strokeWidth="1.4" />
          <path d="M7 3.5a3.5 3.5 0 0 1 0 7z" fill="var(--warn)" />
        </>
      );
    case "computing":
      return (
        <>
          <circle cx="7" cy="7" r="4" fill="none" stroke="var(--line-ctl)" strokeWidth="1.8" />
          <path d="M7 3a4 4 0 0 1 4 4" fill="none" stroke="var(--accent)" strokeWidth="1.8" />
        </>
      );
    case "notComputed":
      return (
        <circle
          cx="7"
          cy="7"
          r="3.5"
          fill="none"
          stroke="var(--fg-3)"
          strokeWidth="1.4"
          strokeDasharray="2 1.6"
        />
      );
    case "failed":
      return <path d="M7 2.5 12 11.5H2z" fill="var(--bad)" />;
  }
}
