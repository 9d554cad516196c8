/** What a column of differences says of one atom: A, B and how they differ. Pure. */
import type { DifferenceColumn, DifferenceKind } from "../../../src/project/gridLayout.ts";
import { formatPercentGain, formatSignificant } from "../../components/formatNumber.ts";
import {
  comparedProperty,
  differenceProperty,
  differenceValues,
} from "../../state/coloring/differences.ts";
import {
  valueAt,
  type PropertyDescription,
  type ValueSource,
} from "../../state/coloring/properties.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { withSuffix } from "./panelSummary.ts";

export interface Fact {
  readonly label: string;
  readonly value: string;
}

const SYMBOLS: Readonly<Record<DifferenceKind, string>> = {
  difference: "B − A",
  percent: "B over A",
  ratio: "log₂(B / A)",
};

interface Compared {
  readonly property: PropertyDescription;
  readonly properties: readonly PropertyDescription[];
  readonly reference: string;
  readonly target: TargetRow;
  readonly difference: DifferenceColumn;
}

/** A, B and their difference, each with its unit; nothing before both are computed. */
export function differenceFacts(
  source: ValueSource,
  { property, properties, reference, target, difference }: Compared,
  atom: number,
): readonly Fact[] {
  const compared = comparedProperty(property, properties);
  const valueOf = (variant: string): number | undefined =>
    valueAt(source, compared.id, target, variant, reference, atom);
  const { from, to, as } = difference;
  const [a, b] = [valueOf(from), valueOf(to)];
  if (a === undefined || b === undefined) return [];
  const text = (value: number): string => withSuffix(compared, formatSignificant(value));
  const change = differenceValues(as, [a], [b])[0] ?? NaN;
  return [
    { label: `${compared.legendTitle}, A: ${from}`, value: text(a) },
    { label: `${compared.legendTitle}, B: ${to}`, value: text(b) },
    { label: SYMBOLS[as], value: changeText(differenceProperty(compared, as), as, change) },
  ];
}

/** With its sign. */
function changeText(property: PropertyDescription, as: DifferenceKind, change: number): string {
  if (Number.isNaN(change)) return "no value";
  if (as === "percent") return formatPercentGain(change);
  const sign = change > 0 ? "+" : "";
  return withSuffix(property, `${sign}${formatSignificant(change)}`);
}
