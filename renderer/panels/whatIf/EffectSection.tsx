import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type { Diagnostic } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatCount, formatPercentGain, formatPlural } from "../../components/formatNumber.ts";
import { enhancementOf } from "../../state/coloring/resultProperties.ts";
import { selectedAtoms, type SelectionMap } from "../../state/selection/selectionStore.ts";
import { meanOf } from "../../state/results/statistics.ts";
import { shortenedLabels, spreadLines } from "./effectLabels.ts";
import type { DraftEffect, LiveSession, LiveValues } from "../../state/whatIf/whatIfStore.ts";

/** Mean gains of every target now and by the last edit, atoms that lost, and the way here. */
export function EffectSection(): ReactNode {
  const studio = useStudio();
  const { session, values, draft, undoable } = useStore(studio.whatIf);
  const selections = useStore(studio.selection, (state) => state.selections);
  // The session waits for an undo; gains over a variant that is gone say nothing.
  const hasBase = useStore(studio.project, ({ document }) =>
    (document.variants ?? []).some(({ name }) => name === draft.base),
  );
  const { effects } = studio.whatIf;
  const steps = useMemo(
    () =>
      [...undoable.map((step) => step.draft), draft].flatMap((one) => {
        const effect = one.base === draft.base ? effects.get(one) : undefined;
        return effect === undefined ? [] : [effect];
      }),
    // Effects arrive with the values.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `values` says when there are new ones
    [effects, undoable, draft, values],
  );
  const now = steps.at(-1) ?? null;
  const before = steps.at(-2) ?? null;
  const selected = useMemo(
    () => (session === null ? null : selectionGain(session, values, selections)),
    [session, values, selections],
  );
  return (
    <section className="inspector-section" aria-label="Effect">
      <h2>Effect</h2>
      {session === null || now === null || !hasBase ? (
        <p className="section-note">Mean gains of the targets appear here.</p>
      ) : (
        <>
          <table className="effect-table">
            <thead>
              <tr>
                <th scope="col">Mean LPR gain</th>
                <th scope="col">now</th>
                <th scope="col">last edit</th>
              </tr>
            </thead>
            <tbody>
              {session.opened.targets.map(({ label, target }, t) => (
                <EffectRow
                  key={target}
                  label={label}
                  isName
                  now={formatPercentGain(now.means[t] ?? 0)}
                  last={changeText(now.means[t], before?.means[t])}
                />
              ))}
              {selected === null ? null : (
                <EffectRow label="Selected atoms" now={formatPercentGain(selected)} last="" />
              )}
              <EffectRow
                label="Atoms that lost LPR"
                now={formatCount(now.nLost)}
                last={before === null ? "" : signedCount(now.nLost - before.nLost)}
              />
            </tbody>
          </table>
          <Sparkline steps={steps} labels={session.opened.targets.map(({ label }) => label)} />
          {session.opened.diagnostics.filter(limitsGains).map(({ code, message }) => (
            <p key={code} className="section-note">
              {message}
            </p>
          ))}
        </>
      )}
    </section>
  );
}

/** What the gains leave out: a network is not trained again with every tick. */
function limitsGains({ code }: Diagnostic): boolean {
  return code === "MODEL_KEPT";
}

function EffectRow(props: {
  readonly label: string;
  /** A name may be long; our own words may reach into the room that short numbers leave. */
  readonly isName?: boolean;
  readonly now: string;
  readonly last: string;
}): ReactNode {
  return (
    <tr>
      <th
        scope="row"
        className={props.isName === true ? "ellipsis" : undefined}
        title={props.label}
      >
        {props.label}
      </th>
      <td>{props.now}</td>
      <td>{props.last}</td>
    </tr>
  );
}

function changeText(now: number | undefined, before: number | undefined): string {
  return now === undefined || before === undefined ? "" : formatPercentGain(now - before);
}

function signedCount(change: number): string {
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  return `${sign}${formatCount(Math.abs(change))}`;
}

/** Mean gain of the selected atoms of the targets of the session; null without any. */
function selectionGain(
  { opened, targets }: LiveSession,
  values: LiveValues | null,
  selections: SelectionMap,
): number | null {
  const gains = targets.flatMap((key, t) => {
    const selection = selections.get(key);
    const base = opened.lpr[t];
    if (selection === undefined || base === undefined) return [];
    const all = enhancementOf(values?.lpr[t] ?? base, base);
    return Array.from(selectedAtoms(selection), (atom) => all[atom] ?? NaN);
  });
  return gains.length === 0 ? null : meanOf(gains);
}

const WIDTH = 246;
const HEIGHT = 76;
const TOP = 8;
const BOTTOM = 56;
const LEFT = 8;
const RIGHT = 172;
const COLORS = ["var(--c-v2)", "var(--c-v1)", "var(--c-v3)", "var(--c-base)"];
const DASHES = ["4 2", "", "1 2", "6 3"];
/** px between labels, and where the lowest of them may stand. */
const LINE = 13;
const LOWEST = HEIGHT - 8;
/** Lines that can be told apart. */
const MOST_LINES = 4;

/** The mean gain of each target after every edit, oldest first. */
function Sparkline(props: {
  readonly steps: readonly DraftEffect[];
  readonly labels: readonly string[];
}): ReactNode {
  const { steps } = props;
  if (steps.length < 2) return null;
  const labels = props.labels.slice(0, MOST_LINES);
  const short = shortenedLabels(labels);
  const all = steps.flatMap(({ means }) => means.slice(0, MOST_LINES));
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  const span = high - low || 1;
  const x = (step: number): number => LEFT + ((RIGHT - LEFT) * step) / (steps.length - 1);
  const y = (mean: number): number => BOTTOM - ((BOTTOM - TOP) * (mean - low)) / span;
  const edits = formatPlural(steps.length - 1, "edit", "edits");
  const ends = spreadLines(
    labels.map((_, t) => y(steps.at(-1)?.means[t] ?? 0)),
    LINE,
    LOWEST,
  );
  return (
    <svg
      className="effect-line"
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      role="img"
      aria-label={`Mean gain over ${edits}`}
    >
      <line x1={LEFT} x2={RIGHT} y1={y(0)} y2={y(0)} stroke="var(--line-ctl)" strokeWidth="1" />
      {labels.map((label, t) => (
        <g key={label} stroke={COLORS[t]} fill={COLORS[t]}>
          <polyline
            points={steps
              .map(({ means }, step) => `${x(step).toFixed(1)},${y(means[t] ?? 0).toFixed(1)}`)
              .join(" ")}
            fill="none"
            strokeWidth="1.5"
            strokeDasharray={DASHES[t]}
          />
          <circle cx={RIGHT} cy={y(steps.at(-1)?.means[t] ?? 0)} r="2.5" stroke="none" />
          <text x={RIGHT + 8} y={(ends[t] ?? 0) + 4} stroke="none" className="effect-label">
            {short[t]}
            <title>{label}</title>
          </text>
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 5} className="effect-caption">
        {edits}, oldest first
      </text>
    </svg>
  );
}
