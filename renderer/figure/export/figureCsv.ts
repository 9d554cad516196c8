/** The numbers behind a figure as one table. Pure. */
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import { valueAtFraction } from "../../color/colorScale.ts";
import { csvText } from "../../charts/csvText.ts";
import type { CurvesContent, FigureContent, PanelContent } from "../compose/content.ts";

type Row = readonly (string | number | null)[];

const HEADER = [
  "element",
  "letter",
  "kind",
  "series",
  "index_from_0",
  "x",
  "y",
  "value",
  "x_name",
  "y_name",
  "value_name",
];

/** One row for each atom, point or point of a curve; atoms and points are counted from 0. */
export function figureCsv(figure: FigureDefinition, content: FigureContent): string {
  const rows: Row[] = [];
  for (const element of figure.elements) {
    const panel = content.panels.get(element.id);
    if (panel === undefined || panel.kind === "missing") continue;
    const letter = "letter" in element ? (element.letter ?? "") : "";
    for (const row of rowsOf(panel)) rows.push([element.id, letter, element.kind, ...row]);
  }
  return csvText(HEADER, rows);
}

function* rowsOf(panel: Exclude<PanelContent, { readonly kind: "missing" }>): Generator<Row> {
  switch (panel.kind) {
    case "structure":
      for (const [atom, value] of (panel.values ?? []).entries()) {
        if (panel.panel.flags?.[atom] === ATOM_FLAGS.hidden) continue;
        yield [panel.label, atom, null, null, value, "", "", panel.valueName];
      }
      break;
    case "points":
      for (const [k, x] of panel.xs.entries()) {
        if (panel.flags?.[k] === ATOM_FLAGS.hidden) continue;
        const value = panel.values?.[k] ?? null;
        yield ["", k, x, panel.ys[k] ?? null, value, panel.x.label, panel.y.label, panel.valueName];
      }
      break;
    case "curves":
      yield* curveRows(panel);
  }
}

function* curveRows({ curves, x, y, yLabel }: CurvesContent): Generator<Row> {
  for (const { label, xs, ys } of curves) {
    for (const [k, fraction] of xs.entries()) {
      const at = valueAtFraction(x.scale, fraction);
      yield [label, k, at, ys[k] ?? null, null, x.label, y?.label ?? yLabel, ""];
    }
  }
}
