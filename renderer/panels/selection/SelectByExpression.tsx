import { useDeferredValue, useEffect, useId, useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import { completeExpression, type Completions } from "../../expression/completeExpression.ts";
import {
  expressionAtoms,
  listNames,
  type NameContext,
} from "../../state/selection/expressionNames.ts";
import {
  answerExpression,
  columnsOfTargets,
  matchedAtoms,
  worstExpression,
  type ExpressionAnswer,
} from "../../state/selection/expressionSelection.ts";
import { rememberExpression } from "../../state/selection/expressionStore.ts";
import { say } from "../../state/window/messageStore.ts";
import { selectAcross, type SelectMode } from "../../state/selection/selectionStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { ExpressionField } from "./ExpressionField.tsx";

/** Choosing atoms by what is known of them, with the count while one types. */
export function SelectByExpression(): ReactNode {
  const studio = useStudio();
  const { text, scope, worst, history, calls } = useStore(studio.expressions);
  const { context, rows } = useNameContext(scope);
  const answer = useAnswer(text, context, rows);
  const noteId = useId();
  const { activeVariant } = useScene();
  const apply = (expression: string, mode: SelectMode): void => {
    const now = answerExpression(expression, context, rows, studio.datasets.getState());
    if (now.kind !== "matches") return;
    rememberExpression(studio.expressions, expression);
    selectAcross(studio.selection, matchedAtoms(now), mode, expression.trim());
    if (now.count === 0) say(studio.messages, "No atom matches the expression");
  };
  const complete = (typed: string, caret: number): Completions =>
    completeExpression(typed, caret, context.names, (name) => wordsOf(context, rows, name));
  return (
    <div className="select-by">
      <ExpressionField
        text={text}
        problem={answer.kind === "problem" ? answer.span : null}
        history={history}
        calls={calls}
        describedBy={noteId}
        complete={complete}
        onChange={(next) => {
          studio.expressions.setState({ text: next });
        }}
        onApply={(mode) => {
          apply(text, mode);
        }}
      />
      <p id={noteId} className={noteClass(answer)} role="status">
        {noteOf(answer, activeVariant)}
      </p>
      <div className="select-by-row">
        <Segmented
          label="Where to select"
          value={scope}
          options={[
            { value: "active", label: "This target" },
            { value: "all", label: "All shown" },
          ]}
          onChange={(next) => {
            studio.expressions.setState({ scope: next });
          }}
        />
        <Button
          size="small"
          disabled={answer.kind !== "matches"}
          onClick={() => {
            apply(text, "replace");
          }}
        >
          Select
        </Button>
      </div>
      {context.names.has("lpr") ? (
        <div className="select-by-row worst">
          <span className="muted">Worst</span>
          <NumberField
            label="Percent of atoms of lowest LPR"
            value={worst}
            unit="% by LPR"
            step={1}
            invalid={worstExpression(worst) === null}
            onChange={(next) => {
              studio.expressions.setState({ worst: next });
            }}
          />
          <Button
            size="small"
            label="Select the worst"
            disabled={worstExpression(worst) === null}
            onClick={() => {
              const expression = worstExpression(worst);
              if (expression === null) return;
              studio.expressions.setState({ text: expression });
              apply(expression, "replace");
            }}
          >
            Select
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Names and values as they are now, and the structures that are searched. */
function useNameContext(scope: "active" | "all"): {
  readonly context: NameContext;
  readonly rows: readonly TargetRow[];
} {
  const studio = useStudio();
  const { rows: shown, targets, activeTarget, activeVariant, reference } = useScene();
  const { structures, columns, summaries } = useStore(studio.datasets);
  const result = useStore(studio.results, (state) => state.result);
  const selections = useStore(studio.selection, (state) => state.selections);
  const names = useMemo(
    () => listNames(result, columnsOfTargets(targets, summaries), reference),
    [result, targets, summaries, reference],
  );
  const context = useMemo<NameContext>(
    () => ({
      names,
      values: { result, structures, columns },
      variant: activeVariant,
      reference,
      selections,
    }),
    [names, result, structures, columns, activeVariant, reference, selections],
  );
  const rows = useMemo(
    () => (scope === "all" ? shown : activeTarget === null ? [] : [activeTarget]),
    [scope, shown, activeTarget],
  );
  return { context, rows };
}

/** Follows the typing; columns of files are fetched when they are first named. */
function useAnswer(
  typed: string,
  context: NameContext,
  rows: readonly TargetRow[],
): ExpressionAnswer {
  const studio = useStudio();
  const datasets = useStore(studio.datasets);
  const text = useDeferredValue(typed);
  const answer = useMemo(
    () => answerExpression(text, context, rows, datasets),
    [text, context, rows, datasets],
  );
  useEffect(() => {
    if (answer.kind !== "reading") return;
    for (const { row, column, component } of answer.wanted) {
      studio.loader.loadColumn(row.dataset, row.structureIndex, column, component);
    }
  }, [studio, answer]);
  return answer;
}

/** Words that a category has in the structures searched. */
function wordsOf(
  context: NameContext,
  rows: readonly TargetRow[],
  name: string,
): readonly string[] {
  const words = rows.flatMap(
    (row) => expressionAtoms(context, row).valuesOf(name)?.categories ?? [],
  );
  return [...new Set(words)];
}

function noteClass({ kind }: ExpressionAnswer): string {
  return kind === "problem" ? "field-problem" : "suggest-hint expression-note";
}

function noteOf(answer: ExpressionAnswer, variant: string): string {
  switch (answer.kind) {
    case "empty":
      return "Names, numbers, p5 … p95, and or not. Tab completes.";
    case "problem":
      return answer.message;
    case "reading":
      return "Reading the file";
    case "matches": {
      const [without] = answer.withoutValues;
      const found = `${formatCount(answer.count)} of ${formatPlural(answer.nAtoms, "atom", "atoms")}`;
      const under = answer.perVariant && variant !== "" ? ` under ${variant}` : "";
      const missing =
        without === undefined ? "" : `. ${without.name} has no values in ${without.label}.`;
      return found + under + missing;
    }
  }
}
