import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatError } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import {
  formatPercentGain,
  formatPlural,
  formatSignificant,
} from "../../components/formatNumber.ts";
import { SelectField } from "../../components/SelectField.tsx";
import { ProgressBar, wholePercent } from "../../components/ProgressBar.tsx";
import { openCrystals, stopCrystals } from "../../state/crystals/crystalActions.ts";
import {
  knownEffect,
  type CrystalSession,
  type FoundEffect,
} from "../../state/crystals/crystalStore.ts";
import {
  accuracyWords,
  largestLift,
  meanLifts,
  selectedLift,
} from "../../state/crystals/crystalWords.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import { attempt } from "../../state/studio.ts";
import { CrystalMap } from "./CrystalMap.tsx";
import type { CrystalSituation } from "./useCrystalSession.ts";

/** Where the crystal lies on the map, and what it would lift in a training set. */
export function CrystalLift({ situation }: { readonly situation: CrystalSituation }): ReactNode {
  const studio = useStudio();
  const { session, effect } = useStore(studio.crystals);
  const { missing } = situation;
  const isKnown = useStore(studio.crystals, (state) => knownEffect(state) !== null);
  const isStale = session !== null && !isKnown;
  return (
    <section className="crystal-lift" aria-label="Lift" aria-busy={isStale} data-stale={isStale}>
      <CrystalMap session={session} effect={effect} isExpected={missing === null} />
      <div className="crystal-lift-heading">
        <h3>Mean LPR gain, added once</h3>
        {session === null ? null : <LiftState found={isStale ? null : effect} />}
      </div>
      <BaseField situation={situation} />
      {missing !== null ? (
        <p className="section-note">{missing}</p>
      ) : session === null ? (
        <Opening situation={situation} />
      ) : (
        <Lifts session={session} found={effect} />
      )}
    </section>
  );
}

/** Whether the numbers are those of the crystal as it is, and as good as they look. */
function LiftState({ found }: { readonly found: FoundEffect | null }): ReactNode {
  const effect = found?.effect ?? null;
  const isExact = effect !== null && accuracyWords(effect).isExact;
  const state = effect === null ? "stale" : isExact ? "live" : "approximate";
  return (
    <span className="live-chip" data-state={state}>
      <span className="live-dot" /> {LIFT_STATES[state]}
    </span>
  );
}

const LIFT_STATES = { stale: "Updating", live: "Exact", approximate: "Approximate" } as const;

function BaseField({ situation }: { readonly situation: CrystalSituation }): ReactNode {
  const studio = useStudio();
  const variants = useStore(studio.project, (state) => state.document.variants ?? []);
  const { base, isDraft } = situation;
  if (base === null) return null;
  if (isDraft) return <p className="section-note">To the draft of What if, based on {base}</p>;
  return (
    <div className="field-row">
      <span className="field-label">To</span>
      <SelectField
        label="Variant it is added to"
        value={base}
        options={variants.map(({ name }) => ({ value: name, label: name }))}
        onChange={(variant) => {
          studio.crystals.setState({ variant });
        }}
      />
    </div>
  );
}

function Lifts(props: {
  readonly session: CrystalSession;
  readonly found: FoundEffect | null;
}): ReactNode {
  const studio = useStudio();
  const { session, found } = props;
  const selections = useStore(studio.selection, (state) => state.selections);
  const effect = found?.effect ?? null;
  const error = found?.error ?? null;
  if (error !== null) {
    return (
      <p className="field-problem" role="alert">
        {formatError(error)}
      </p>
    );
  }
  if (effect === null) return <p className="section-note">Working</p>;
  const means = meanLifts(effect);
  const selected = selectedLift(session, effect, selections);
  const own = Math.min(...effect.lpr);
  const largest = largestLift(effect);
  const { bound, decimals } = accuracyWords(effect);
  const percent = (value: number): string => formatPercentGain(value, decimals);
  return (
    <>
      <table className="effect-table">
        <tbody>
          {session.opened.targets.map(({ label, target }, t) => (
            <LiftRow key={target} label={label} value={percent(means[t] ?? 0)} strong />
          ))}
          {selected === null ? null : (
            <LiftRow
              label={formatPlural(selected.count, "selected atom", "selected atoms")}
              value={percent(selected.mean)}
              strong
            />
          )}
          <LiftRow label="Most of any atom" value={percent(largest)} />
          <LiftRow label="LPR of its own atoms before" value={formatSignificant(own)} />
          <LiftRow label="Error of the means, at most" value={bound} />
        </tbody>
      </table>
      {session.opened.diagnostics
        .filter(({ code }) => code === "MODEL_KEPT" || code === "MAP_OF_ANOTHER_VARIANT")
        .map(({ code, message }) => (
          <p key={code} className="section-note">
            {message}
          </p>
        ))}
    </>
  );
}

function LiftRow(props: {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}): ReactNode {
  return (
    <tr>
      <th scope="row" className="ellipsis" title={props.label}>
        {props.label}
      </th>
      <td>{props.strong === true ? <b>{props.value}</b> : props.value}</td>
    </tr>
  );
}

/** While the session is prepared, or what came of it. */
function Opening({ situation: { wanted } }: { readonly situation: CrystalSituation }): ReactNode {
  const studio = useStudio();
  const { phase, error } = useStore(studio.crystals);
  const job = useStore(studio.jobs, (state) => runningJob(state, "crystals"));
  const isComputing = useStore(studio.jobs, (state) => runningJob(state, "compute") !== null);
  if (phase === "failed" || phase === "stopped") {
    return (
      <>
        <p className={phase === "failed" ? "field-problem" : "section-note"} role="alert">
          {error === null ? "Stopped. Nothing is predicted." : formatError(error)}
        </p>
        <Button
          size="small"
          onClick={() => {
            if (wanted !== null) void openCrystals(studio, wanted);
          }}
        >
          Prepare again
        </Button>
      </>
    );
  }
  const percent = wholePercent(job?.fraction ?? 0);
  return (
    <div className="suggest-progress">
      <span className="muted ellipsis">
        {isComputing ? "Waits for the computation" : (job?.stage ?? "") || "Preparing"}
      </span>
      <span className="number">{percent} %</span>
      <ProgressBar label="Preparing the prediction" percent={percent} />
      <Button
        size="small"
        disabled={job === null}
        onClick={() => {
          attempt(studio, "The preparation could not be stopped", () => stopCrystals(studio));
        }}
      >
        Cancel
      </Button>
    </div>
  );
}
