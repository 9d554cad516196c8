/** Gains on structures, rows of targets and columns of variants, after Fig. 7 of Chong et al. (2023). */
import type { FigureDefinition, FigureElement, FigureFrame } from "../../../src/project/figure.ts";
import { DEFAULT_ROTATION } from "../../scene/cameraMath.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import {
  lacksTargets,
  lacksVariants,
  targetOf,
  type FigurePreset,
  type PresetFacts,
} from "./facts.ts";
import { frameAt, gridFrames, legend, letterOf, words } from "./grid.ts";

const WIDTH = 178;
const LEGEND = 21;
const LEFT = 8;
const TOP = 7;
const MOST = { rows: 2, columns: 3 } as const;

/** Axes and scale bar below the first panel of the last row. */
function marksBelow({ y, height }: FigureFrame, of: string): readonly FigureElement[] {
  return [
    { kind: "triad", id: "triad", frame: frameAt(LEFT, y + height - 3, 11, 11), of },
    { kind: "scaleBar", id: "scale-bar", frame: frameAt(LEFT + 14, y + height + 1, 18, 6), of },
  ];
}

/** Names of structures, with their place in the file where several have the same. */
function distinctTitles(rows: readonly TargetRow[]): readonly string[] {
  return rows.map(({ label, structureIndex }) =>
    rows.filter((other) => other.label === label).length > 1
      ? `${label} [${String(structureIndex)}]`
      : label,
  );
}

function makeFilms({ rows: targets, variants }: PresetFacts): FigureDefinition {
  const rows = targets.slice(0, MOST.rows);
  const columns = variants.slice(1, 1 + MOST.columns);
  const gap = 3;
  const cell = Math.min(60, (WIDTH - LEFT - LEGEND - 2 - gap * columns.length) / columns.length);
  const area = frameAt(
    LEFT,
    TOP,
    columns.length * cell + gap * (columns.length - 1),
    rows.length * cell + gap * (rows.length - 1),
  );
  const frames = gridFrames(area, columns.length, rows.length, gap);
  const frameOf = (row: number, column: number) => frames[row * columns.length + column] ?? area;
  const panels = rows.flatMap((row, r) =>
    columns.map((variant, c): FigureElement => ({
      kind: "structure",
      id: `panel-${String(r + 1)}-${String(c + 1)}`,
      frame: frameOf(r, c),
      target: targetOf(row),
      variant,
      coloring: "gain",
      camera: "shared",
      letter: letterOf(r * columns.length + c),
      showMean: true,
    })),
  );
  const right = area.x + area.width + 3;
  const titles = distinctTitles(rows);
  return {
    name: "Enhancement",
    caption: `LPR enhancement over ${variants[0] ?? ""}, atom by atom.`,
    page: { width: Math.ceil(right + LEGEND + 2), height: area.y + area.height + 9 },
    colorings: { gain: { property: "enhancement" } },
    cameras: { shared: { rotation: DEFAULT_ROTATION } },
    elements: [
      ...columns.map((variant, c) =>
        words(
          `column-${String(c + 1)}`,
          frameAt(frameOf(0, c).x, 1, frameOf(0, c).width, 5),
          variant,
        ),
      ),
      ...rows.map((row, r) =>
        words(
          `row-${String(r + 1)}`,
          frameAt(1, frameOf(r, 0).y, 6, frameOf(r, 0).height),
          titles[r] ?? row.label,
          { turn: 90 },
        ),
      ),
      ...panels,
      ...marksBelow(frameOf(rows.length - 1, 0), `panel-${String(rows.length)}-1`),
      legend("gain", frameAt(right, TOP, LEGEND, area.height)),
    ],
  };
}

export const FILM_PRESET: FigurePreset = {
  id: "enhancement",
  label: "Enhancement on structures",
  after: "Fig. 7 of Chong et al. (2023)",
  lacks: (facts) => [...lacksTargets(facts), ...lacksVariants(facts, 2)],
  make: makeFilms,
};
