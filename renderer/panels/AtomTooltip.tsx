import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { speciesSymbol } from "../../src/structures/species.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import {
  formatCount,
  formatFixed,
  formatPercentGain,
  formatSignificant,
} from "../components/formatNumber.ts";
import type { ClientPoint } from "../scene/panelSpec.ts";
import { findTargetSlice } from "../state/resultStore.ts";
import { valuesOf, type PropertyId } from "../state/properties.ts";
import type { TargetRow } from "../state/targets.ts";

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
  const panel = panels.find((one) => one.id === place?.panelId);
  if (place === null || panel === undefined) return null;
  return (
    <div
      ref={box}
      className="atom-tooltip"
      role="tooltip"
      style={{ transform: `translate(${String(corner.x)}px, ${String(corner.y)}px)` }}
    >
      <AtomFacts
        target={panel.target}
        variant={panel.variant === "" ? activeVariant : panel.variant}
        atomIndex={place.atomIndex}
      />
    </div>
  );
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

function useFacts(target: TargetRow, variant: string, atom: number): readonly Fact[] {
  const studio = useStudio();
  const { property, reference } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const { structures, columns } = useStore(studio.datasets);
  const source = { result, structures, columns };
  const valueOf = (id: PropertyId, of: string): number | undefined =>
    valuesOf(source, id, target, of, reference)?.values[atom];
  const facts: Fact[] = [];
  const lpr = valueOf("lpr", variant);
  if (lpr !== undefined) facts.push({ label: "LPR", value: formatSignificant(lpr) });
  if (variant !== reference) {
    const base = valueOf("lpr", reference);
    const gain = valueOf("enhancement", variant);
    if (base !== undefined) facts.push({ label: reference, value: formatSignificant(base) });
    if (gain !== undefined) facts.push({ label: "Gain", value: formatPercentGain(gain, 1) });
  }
  const isShownAlready = ["lpr", "enhancement", "species", "coordination", "hybridization"];
  if (!isShownAlready.includes(property.id)) {
    const panel = valuesOf(source, property.id, target, variant, reference);
    const value = panel?.values[atom];
    const category = value === undefined ? undefined : panel?.categories?.[value]?.label;
    if (value !== undefined) {
      facts.push({ label: property.label, value: category ?? formatSignificant(value) });
    }
  }
  const structure = structures.get(target.key);
  if (structure !== undefined) {
    const position = [0, 1, 2]
      .map((axis) => formatFixed(structure.positions[3 * atom + axis] ?? NaN, 2))
      .join(", ");
    facts.push({ label: "Position", value: `${position} Å` });
  }
  const slice =
    result === null ? null : findTargetSlice(result, target.dataset, target.structureIndex);
  const components = result?.map?.components ?? 0;
  if (slice?.target.map != null && components >= 2) {
    const at = (slice.first + atom) * components;
    const [x, y] = [slice.target.map[at] ?? NaN, slice.target.map[at + 1] ?? NaN];
    facts.push({ label: "Map", value: `${formatFixed(x, 2)}, ${formatFixed(y, 2)}` });
  }
  return facts;
}

function AtomFacts(props: {
  readonly target: TargetRow;
  readonly variant: string;
  readonly atomIndex: number;
}): ReactNode {
  const studio = useStudio();
  const structure = useStore(studio.datasets, (state) => state.structures.get(props.target.key));
  const facts = useFacts(props.target, props.variant, props.atomIndex);
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
