/** Which values of a figure get colours that look alike to those who see colours differently. Pure. */
import { valueAtFraction } from "../../color/colorScale.ts";
import { parseColor, TABLE_SIZE } from "../../color/colorTable.ts";
import type { CategoryLegend, LegendModel, ScaleLegend } from "../../color/legendModel.ts";
import { withTrueMinus } from "../../components/formatNumber.ts";
import { colorDifference, seenColor, type ColorVision } from "../../figure/page/colorVision.ts";

type Rgb = readonly [number, number, number];

/** ΔE below which two colours that do not touch are taken for one. */
const ALIKE = 5;
/** Part of a scale between two values that must not be taken for each other. */
const APART = 0.25;
/** Every so many entries of a table are looked at. */
const STEP = 3;

const EYES: Readonly<Record<ColorVision, string>> = {
  deuteranopia: "To a deuteranope",
  protanopia: "To a protanope",
  grey: "In grey",
};

/** One sentence for each legend with values that cannot be told apart. */
export function alikeColors(
  legends: Iterable<LegendModel>,
  vision: ColorVision,
): readonly string[] {
  return [...legends].flatMap(({ title, content }) => {
    const pair =
      content.kind === "scale" ? alikeValues(content, vision) : alikeCategories(content, vision);
    return pair === null ? [] : [`${EYES[vision]}, ${pair} of “${title}” look alike.`];
  });
}

/** The two values farthest from each other on a scale. */
function alikeValues({ scale, table, signed }: ScaleLegend, vision: ColorVision): string | null {
  const at = (k: number): Rgb =>
    seenColor(
      [table.rgb[3 * k] ?? 0, table.rgb[3 * k + 1] ?? 0, table.rgb[3 * k + 2] ?? 0],
      vision,
    );
  const seen = Array.from({ length: Math.ceil(TABLE_SIZE / STEP) }, (_, k) => at(k * STEP));
  const valueText = (k: number): string => {
    const value = Number(valueAtFraction(scale, (k * STEP) / (TABLE_SIZE - 1)).toPrecision(2));
    return `${signed && value > 0 ? "+" : ""}${withTrueMinus(String(value))}`;
  };
  for (let apart = seen.length - 1; apart >= APART * seen.length; apart -= 1) {
    for (let low = 0; low + apart < seen.length; low += 1) {
      const high = low + apart;
      const [one, other] = [seen[low], seen[high]];
      if (one === undefined || other === undefined || colorDifference(one, other) >= ALIKE)
        continue;
      return `${valueText(low)} and ${valueText(high)}`;
    }
  }
  return null;
}

function alikeCategories({ categories }: CategoryLegend, vision: ColorVision): string | null {
  const seen = categories.map(({ label, color }) => ({
    label,
    color: seenColor(parseColor(color), vision),
  }));
  for (const [k, one] of seen.entries()) {
    const other = seen.slice(k + 1).find(({ color }) => colorDifference(one.color, color) < ALIKE);
    if (other !== undefined) return `${one.label} and ${other.label}`;
  }
  return null;
}
