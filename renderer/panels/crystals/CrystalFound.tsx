import type { ReactNode } from "react";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { useStore } from "zustand";
import { formatError } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { knownTrial } from "../../state/crystals/crystalStore.ts";
import {
  crystalName,
  overlapWarning,
  trialFacts,
  verdictWords,
} from "../../state/crystals/crystalWords.ts";
import { StructurePreview } from "../StructurePreview.tsx";

/** Å; three layers of graphite. */
const REACH = 10;

const PREVIEW = { width: 288, height: 216 };

const MARKS = {
  yes: IconCheck,
  no: IconX,
  unsure: IconAlertTriangle,
} as const;

/** The crystal drawn, and what symmetry and descriptor say about it. */
export function CrystalFound(): ReactNode {
  const studio = useStudio();
  const found = useStore(studio.crystals, (state) => state.trial);
  const fitted = useStore(studio.crystals, (state) => state.fitted);
  const trial = found?.trial ?? null;
  const isStale = useStore(studio.crystals, (state) => knownTrial(state) === null);
  const error = found?.error ?? null;
  return (
    <section
      className="crystal-found"
      aria-label="Crystal"
      aria-busy={isStale}
      data-stale={isStale}
    >
      <div className="crystal-picture" style={PREVIEW}>
        {trial === null ? null : (
          <StructurePreview
            structure={trial.structure}
            bonds={trial.bonds}
            {...(fitted === null ? {} : { fittedTo: fitted.structure })}
            label={`Structure of ${crystalName(trial)}; arrow keys turn it`}
            reach={REACH}
            {...PREVIEW}
          />
        )}
      </div>
      {error === null ? null : (
        <p className="field-problem" role="alert">
          {formatError(error)}
        </p>
      )}
      {trial === null ? null : (
        <>
          <Verdict {...verdictWords(trial)} />
          <Overlap text={overlapWarning(trial)} />
          <dl className="crystal-facts">
            {trialFacts(trial).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="section-note crystal-source">Size: {trial.source}.</p>
        </>
      )}
    </section>
  );
}

function Verdict({ state, title, text }: ReturnType<typeof verdictWords>): ReactNode {
  const Mark = MARKS[state];
  return (
    <div className="crystal-verdict" data-state={state} role="status">
      <p className="crystal-verdict-title">
        <Mark size={16} stroke={2} aria-hidden="true" />
        {title}
      </p>
      <p className="crystal-verdict-text">{text}</p>
    </div>
  );
}

function Overlap({ text }: { readonly text: string | null }): ReactNode {
  return text === null ? null : <p className="crystal-warning">{text}</p>;
}
