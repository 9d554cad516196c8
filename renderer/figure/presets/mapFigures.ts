/** Kernel maps as small multiples, after Figs. 5 and 6 of Chong et al. (2023). */
import type {
  FigureColoring,
  FigureDefinition,
  FigureElement,
  MapPanel,
} from "../../../src/project/figure.ts";
import {
  classProperty,
  lacksMap,
  lacksTargets,
  lacksVariants,
  targetOf,
  type FigurePreset,
  type PresetFacts,
} from "./facts.ts";
import { frameAt, gridFrames, legend, letterOf, words } from "./grid.ts";

const WIDTH = 178;
const LEGEND = 20;
const MOST_COLUMNS = 4;

/** Reference structures that are targets too get a cross. */
export function marksOf({ document, rows }: PresetFacts): MapPanel["marks"] {
  const marks = (document.similarity ?? []).flatMap(({ name, dataset, structure = 0 }) => {
    const row = rows.find((one) => one.dataset === dataset && one.structureIndex === structure);
    return row === undefined ? [] : [{ target: targetOf(row), label: name }];
  });
  return marks.length === 0 ? undefined : marks;
}

function oneSpecies(facts: PresetFacts): FigureDefinition {
  const panels = [null, ...facts.variants.slice(0, 7)];
  // Rows of nearly equal length: five panels are three and two.
  const rows = Math.ceil(panels.length / MOST_COLUMNS);
  const columns = Math.ceil(panels.length / rows);
  const area = frameAt(2, 2, WIDTH - LEGEND - 6, rows * (columns === 4 ? 50 : 52) + (rows - 1) * 3);
  const frames = gridFrames(area, columns, rows, 3);
  const marks = marksOf(facts);
  const elements = panels.flatMap((variant, k): readonly FigureElement[] => {
    const frame = frames[k];
    if (frame === undefined) return [];
    return [
      {
        kind: "map",
        id: `map-${String(k + 1)}`,
        frame,
        coloring: variant === null ? "class" : "lpr",
        letter: letterOf(k),
        title: variant ?? "Environments",
        ...(variant === null ? {} : { variant }),
        ...(marks === undefined ? {} : { marks }),
      },
    ];
  });
  const x = WIDTH - LEGEND - 2;
  return {
    name: "Kernel maps",
    caption:
      "Kernel principal components of the targets' environments, coloured by what they are and by the LPR of the model of each training set.",
    page: { width: WIDTH, height: area.height + 4 },
    colorings: { class: { property: classProperty(facts) }, lpr: { property: "lpr" } },
    elements: [
      ...elements,
      legend("class", frameAt(x, 4, LEGEND, 22)),
      legend("lpr", frameAt(x, 27, LEGEND, area.height - 26)),
    ],
  };
}

/** One row of maps a species, after Fig. 6. */
function severalSpecies(facts: PresetFacts): FigureDefinition {
  const variants = facts.variants.slice(0, MOST_COLUMNS);
  const species = facts.species.slice(0, 3);
  const left = 8;
  const rowHeight = variants.length > 3 ? 42 : 50;
  const area = frameAt(
    left,
    2,
    WIDTH - LEGEND - 6 - left,
    species.length * rowHeight + 3 * (species.length - 1),
  );
  const frames = gridFrames(area, variants.length, species.length, 3);
  const coloring: FigureColoring = { property: "lpr" };
  const panels = species.flatMap((symbol, row) =>
    variants.flatMap((variant, column): readonly FigureElement[] => {
      const frame = frames[row * variants.length + column];
      if (frame === undefined) return [];
      const letter = row === 0 ? { letter: letterOf(column), title: variant } : {};
      const id = `map-${symbol}-${String(column + 1)}`;
      return [
        {
          kind: "map",
          id,
          frame,
          species: symbol,
          variant,
          coloring: "lpr",
          header: true,
          ...letter,
        },
      ];
    }),
  );
  const titles = species.map((symbol, row) => {
    const frame = frames[row * variants.length] ?? area;
    return words(`row-${symbol}`, frameAt(1, frame.y, 6, frame.height), symbol, { turn: 90 });
  });
  return {
    name: "Kernel maps",
    caption:
      "Kernel principal components of the targets' environments by species, coloured by the LPR of the model of each training set.",
    page: { width: WIDTH, height: area.height + 4 },
    colorings: { lpr: coloring },
    elements: [
      ...titles,
      ...panels,
      legend("lpr", frameAt(WIDTH - LEGEND - 2, 6, LEGEND, area.height - 8)),
    ],
  };
}

export const MAP_PRESET: FigurePreset = {
  id: "maps",
  label: "Kernel maps",
  after: "Figs. 5 and 6 of Chong et al. (2023)",
  lacks: (facts) => [...lacksTargets(facts), ...lacksVariants(facts, 1), ...lacksMap(facts)],
  make: (facts) => (facts.species.length > 1 ? severalSpecies(facts) : oneSpecies(facts)),
};
