/** From an expression to selected atoms: what it matches now, and why it may match nothing. Pure. */
import type { ColumnDescription } from "../../../src/contract/display.ts";
import { compileExpression } from "../../../src/project/expression/compileExpression.ts";
import { evaluateExpression } from "../../expression/evaluateExpression.ts";
import { ExpressionProblem, type Span } from "../../../src/project/expression/expressionSyntax.ts";
import { columnKey, type DatasetState } from "../project/datasetStore.ts";
import { expressionAtoms, type NameContext } from "./expressionNames.ts";
import { columnOf } from "../coloring/properties.ts";
import { selectedAtoms, type AtomPick } from "./selectionStore.ts";
import type { TargetRow } from "../project/targets.ts";

/** Atoms of one structure of which an expression is true. */
export interface ExpressionMatch {
  readonly row: TargetRow;
  readonly mask: Uint8Array;
  readonly count: number;
}

/** A column that is needed and has not arrived. */
export interface WantedColumn {
  readonly row: TargetRow;
  readonly column: string;
  readonly component: number;
}

export type ExpressionAnswer =
  | { readonly kind: "empty" }
  | { readonly kind: "problem"; readonly message: string; readonly span: Span }
  | { readonly kind: "reading"; readonly wanted: readonly WantedColumn[] }
  | {
      readonly kind: "matches";
      readonly matches: readonly ExpressionMatch[];
      readonly count: number;
      readonly nAtoms: number;
      /** Depends on the variant that is looked at. */
      readonly perVariant: boolean;
      /** Names of which a structure has no values, with that structure. */
      readonly withoutValues: readonly { readonly name: string; readonly label: string }[];
    };

/** Columns of all targets, each once. */
export function columnsOfTargets(
  rows: readonly TargetRow[],
  summaries: DatasetState["summaries"],
): readonly ColumnDescription[] {
  const found = new Map<string, ColumnDescription>();
  for (const { dataset } of rows) {
    for (const column of summaries[dataset]?.columns ?? []) {
      if (!found.has(column.name)) found.set(column.name, column);
    }
  }
  return [...found.values()];
}

/** Evaluates an expression on structures. */
export function answerExpression(
  text: string,
  context: NameContext,
  rows: readonly TargetRow[],
  datasets: DatasetState,
): ExpressionAnswer {
  if (text.trim() === "") return { kind: "empty" };
  try {
    return evaluated(text, context, rows, datasets);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return { kind: "problem", message: error.message, span: error.span };
  }
}

function evaluated(
  text: string,
  context: NameContext,
  rows: readonly TargetRow[],
  datasets: DatasetState,
): ExpressionAnswer {
  const compiled = compileExpression(text, context.names);
  const wanted = wantedColumns(compiled.names, context, rows, datasets);
  const isDrawn = rows.every(({ key }) => datasets.structures.has(key));
  if (wanted.length > 0 || !isDrawn) return { kind: "reading", wanted };
  const withoutValues: { readonly name: string; readonly label: string }[] = [];
  const matches = rows.map((row): ExpressionMatch => {
    const atoms = expressionAtoms(context, row);
    for (const name of compiled.names) {
      if (atoms.valuesOf(name) === null) withoutValues.push({ name, label: row.label });
    }
    const mask = evaluateExpression(compiled, atoms);
    return { row, mask, count: mask.reduce((sum, bit) => sum + bit, 0) };
  });
  return {
    kind: "matches",
    matches,
    count: matches.reduce((sum, { count }) => sum + count, 0),
    nAtoms: rows.reduce((sum, { nAtoms }) => sum + nAtoms, 0),
    perVariant: [...compiled.names].some((name) => context.names.get(name)?.perVariant === true),
    withoutValues,
  };
}

function wantedColumns(
  used: ReadonlySet<string>,
  { names }: NameContext,
  rows: readonly TargetRow[],
  { summaries, columns }: DatasetState,
): readonly WantedColumn[] {
  return [...used].flatMap((name) => {
    const source = names.get(name)?.source;
    if (source?.kind !== "quantity" && source?.kind !== "category") return [];
    const which = source.id.startsWith("column:")
      ? columnOf(source.id as `column:${string}:${string}`)
      : null;
    if (which === null) return [];
    return rows
      .filter(({ key, dataset }) => {
        const isThere = summaries[dataset]?.columns.some((one) => one.name === which.column);
        const hasArrived = columns.has(columnKey(key, which.column, which.component));
        return isThere === true && !hasArrived;
      })
      .map((row) => ({ row, ...which }));
  });
}

/** What is to be selected, one pick a structure. */
export function matchedAtoms({
  matches,
}: Pick<Extract<ExpressionAnswer, { kind: "matches" }>, "matches">): readonly AtomPick[] {
  return matches.map(({ row, mask, count }) => ({
    structure: row.key,
    nAtoms: row.nAtoms,
    atoms: selectedAtoms({ mask, count }),
  }));
}

/** The share of atoms of lowest LPR as an expression; null for what is no share. */
export function worstExpression(percent: number): string | null {
  return percent > 0 && percent <= 100 ? `lpr <= p${String(percent)}` : null;
}
