import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import {
  formatCount,
  formatFixed,
  formatPercentGain,
  formatSignificant,
} from "../../components/formatNumber.ts";
import type { ClientPoint } from "../../scene/panelSpec.ts";
import { findTargetSlice } from "../../state/results/resultStore.ts";
import {
  valueAt,
  valuesOf,
  type PropertyDescription,
  type PropertyId,
  type ValueSource,
} from "../../state/coloring/properties.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { differenceFacts, type Fact } from "./differenceFacts.ts";
import { gridDragStore } from "./gridDrag.ts";
import { withSuffix } from "./panelSummary.ts";

export interface AtomTooltipPlace {
  readonly panelId: string;
  readonly atomIndex: number;
  readonly at: ClientPoint;
}

/** Beside the atom, flipped where the window ends, never over it. */
export function AtomTooltip({ place }: { readonly place: AtomTooltipPlace | null }): ReactNode {
  const { panels, activeVariant } = useScene();
  const box = useRef<HTMLDivElement>(null);
  const [corner, setCorner] = useState({ x: 0, y: 0 });
  useLayoutEffect(() => {
    if (place === null || box.current === null) return;
    const { width, height } = box.current.getBoundingClientRect();
    const { x, y } = place.at;
    setCorner({
      x: x + 16 + width > innerWidth - 8 ? x - 16 - width : x + 16,
      y: y + 16 + height > innerHeight - 8 ? y - 16 - height : y + 16,
    });
  }, [place]);
  // What is dragged over the panels says itself what it would do.
  const isDragging = useStore(gridDragStore, ({ drag }) => drag !== null);
  const panel = panels.find((one) => one.id === place?.panelId);
  if (place === null || panel === undefined || isDragging) return null;
  return (
    <div
      ref={box}
      className="atom-tooltip"
      role="tooltip"
      style={{ transform: `translate(${String(corner.x)}px, ${String(corner.y)}px)` }}
    >
      <AtomFacts
        panel={panel}
        variant={panel.variant === "" ? activeVariant : panel.variant}
        atomIndex={place.atomIndex}
      />
    </div>
  );
}

function useFacts(
  { target, difference }: ScenePanel,
  variant: string,
  atom: number,
): readonly Fact[] {
  const studio = useStudio();
  const { result, property, properties, reference } = useScene();
  const { structures, columns } = useStore(studio.datasets);
  const source = { result, structures, columns };
  const structure = structures.get(target.key);
  return [
    ...(difference === null
      ? [
          ...rigidityFacts(source, target, variant, reference, atom),
          ...propertyFacts(source, property, target, variant, reference, atom),
        ]
      : differenceFacts(source, { property, properties, reference, target, difference }, atom)),
    ...(structure === undefined ? [] : [positionFact(structure.positions, atom)]),
    ...(result === null ? [] : mapFacts(result, target, atom)),
  ];
}

function rigidityFacts(
  source: ValueSource,
  target: TargetRow,
  variant: string,
  reference: string,
  atom: number,
): readonly Fact[] {
  const valueOf = (id: PropertyId, of: string): number | undefined =>
    valueAt(source, id, target, of, reference, atom);
  const facts: Fact[] = [];
  const lpr = valueOf("lpr", variant);
  if (lpr !== undefined) facts.push({ label: "LPR", value: formatSignificant(lpr) });
  if (variant === reference) return facts;
  const base = valueOf("lpr", reference);
  const gain = valueOf("enhancement", variant);
  if (base !== undefined) facts.push({ label: reference, value: formatSignificant(base) });
  if (gain !== undefined) facts.push({ label: "Gain", value: gainText(gain) });
  return facts;
}

function gainText(gain: number): string {
  return Number.isNaN(gain) ? "no value" : formatPercentGain(gain, 1);
}

/** These are in the heading or among the rigidity facts already. */
const SHOWN_ALREADY: readonly PropertyId[] = [
  "lpr",
  "enhancement",
  "species",
  "coordination",
  "hybridization",
];

function propertyFacts(
  source: ValueSource,
  property: PropertyDescription,
  target: TargetRow,
  variant: string,
  reference: string,
  atom: number,
): readonly Fact[] {
  if (SHOWN_ALREADY.includes(property.id)) return [];
  const panel = valuesOf(source, property.id, target, variant, reference);
  const value = panel?.values[atom];
  if (value === undefined) return [];
  const category = panel?.categories?.[value]?.label;
  return [
    { label: property.label, value: category ?? withSuffix(property, formatSignificant(value)) },
  ];
}

function positionFact(positions: Float32Array, atom: number): Fact {
  const text = [0, 1, 2]
    .map((axis) => formatFixed(positions[3 * atom + axis] ?? NaN, 2))
    .join(", ");
  return { label: "Position", value: `${text} Å` };
}

function mapFacts(result: AnalysisResult, target: TargetRow, atom: number): readonly Fact[] {
  const points = findTargetSlice(result, target.dataset, target.structureIndex);
  const map = points?.target.map ?? null;
  const components = result.map?.components ?? 0;
  if (points === null || map === null || components < 2) return [];
  const at = (points.first + atom) * components;
  const text = [map[at] ?? NaN, map[at + 1] ?? NaN].map((one) => formatFixed(one, 2)).join(", ");
  return [{ label: "Map", value: text }];
}

function AtomFacts(props: {
  readonly panel: ScenePanel;
  readonly variant: string;
  readonly atomIndex: number;
}): ReactNode {
  const studio = useStudio();
  const { key } = props.panel.target;
  const structure = useStore(studio.datasets, (state) => state.structures.get(key));
  const facts = useFacts(props.panel, props.variant, props.atomIndex);
  const symbol = speciesSymbol(structure?.species[props.atomIndex] ?? 0);
  const neighbours = structure?.coordination[props.atomIndex];
  return (
    <>
      <p>
        <b>
          {symbol} {formatCount(props.atomIndex + 1)}
        </b>
        {neighbours === undefined ? null : ` ${String(neighbours)}-coordinated`}
      </p>
      <dl>
        {facts.map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
