import { useEffect, useMemo, useRef, type PointerEvent, type ReactNode } from "react";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { automaticScale, sortedFinite } from "../../color/autoRange.ts";
import {
  colorIndexOf,
  scaleFraction,
  valueAtFraction,
  type ColorScale,
} from "../../color/colorScale.ts";
import { entryColor } from "../../color/colorTable.ts";
import type { ColorGroup } from "../../state/coloring/coloring.ts";
import { setAutomaticRange, setManualRange } from "../../state/coloring/colorStore.ts";
import { histogramOf } from "../../state/results/statistics.ts";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";

const BINS = 61;
const HEIGHT = 52;
/** The axis reaches this far beyond the range on both sides, as a part of the range. */
const MARGIN = 0.35;

interface Axis {
  readonly scale: ColorScale;
  readonly counts: Float64Array;
}

/** Axis around the range: wide enough that the ends can be moved outwards. */
function axisAround(range: ColorScale, sorted: Float64Array): ColorScale {
  const low = valueAtFraction(range, -MARGIN);
  const high = valueAtFraction(range, 1 + MARGIN);
  const whole = automaticScale([sorted], {
    kind: range.kind,
    symmetric: false,
    percentiles: [0.2, 99.8],
  });
  return { ...range, min: Math.min(low, whole.min), max: Math.max(high, whole.max) };
}

function useAxis(front: ColorGroup, range: ColorScale): Axis | null {
  const { coloring } = useScene();
  return useMemo(() => {
    const arrays = [...coloring.panels.values()].flatMap(({ values, group }) =>
      values === null || group !== front.id ? [] : [values],
    );
    const sorted = sortedFinite(arrays);
    if (sorted.length === 0) return null;
    const scale = axisAround(range, sorted);
    const inside = sorted.filter((value) => value >= scale.min && value <= scale.max);
    const fractions = inside.map((value) => scaleFraction(scale, value));
    return { scale, counts: histogramOf(fractions, 0, 1, BINS) };
  }, [coloring, front, range]);
}

/** Histogram coloured by the map; drag the ends or what is between, double click for percentiles. */
export function RangeSlider({ front }: { readonly front: ColorGroup }): ReactNode {
  return front.scale === null ? (
    <div className="range-slider empty" />
  ) : (
    <ScaleSlider front={front} scale={front.scale} />
  );
}

function ScaleSlider({
  front,
  scale,
}: {
  readonly front: ColorGroup;
  readonly scale: ColorScale;
}): ReactNode {
  const studio = useStudio();
  const { table, property } = front;
  const axis = useAxis(front, scale);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSceneTheme();
  const drag = useRef<{ part: "min" | "max" | "both"; from: number; range: ColorScale } | null>(
    null,
  );
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d") ?? null;
    if (element === null || context === null || axis === null) return;
    const ratio = devicePixelRatio;
    const width = element.clientWidth;
    element.width = Math.round(width * ratio);
    element.height = Math.round(HEIGHT * ratio);
    context.scale(ratio, ratio);
    const most = axis.counts.reduce((high, count) => Math.max(high, count), 1);
    const step = width / BINS;
    axis.counts.forEach((count, bin) => {
      const value = valueAtFraction(axis.scale, (bin + 0.5) / BINS);
      const height = Math.sqrt(count / most) * (HEIGHT - 6);
      context.globalAlpha = value < scale.min || value > scale.max ? 0.35 : 1;
      context.fillStyle = entryColor(table, colorIndexOf(scale, value));
      context.fillRect(bin * step + 0.5, HEIGHT - height, step - 1, height);
    });
  }, [axis, scale, table, theme]);
  if (axis === null) return <div className="range-slider empty" />;

  const fractionAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  const low = scaleFraction(axis.scale, scale.min);
  const high = scaleFraction(axis.scale, scale.max);
  const moveTo = (at: number): void => {
    const held = drag.current;
    if (held === null) return;
    const clamped = Math.min(1, Math.max(0, at));
    if (held.part !== "both") {
      const value = valueAtFraction(axis.scale, clamped);
      const range = { min: held.range.min, max: held.range.max, [held.part]: roundTo3(value) };
      setManualRange(studio.colors, property, range, held.part);
      return;
    }
    const shift = at - held.from;
    const end = (value: number): number =>
      roundTo3(valueAtFraction(axis.scale, scaleFraction(axis.scale, value) + shift));
    const range = { min: end(held.range.min), max: end(held.range.max) };
    setManualRange(studio.colors, property, range, "both");
  };
  return (
    <div
      className="range-slider"
      title="Drag the ends. Double click: 2nd to 98th percentile"
      onPointerDown={(event) => {
        const at = fractionAt(event);
        const reach = 8 / event.currentTarget.clientWidth;
        const part =
          Math.abs(at - low) <= reach ? "min" : Math.abs(at - high) <= reach ? "max" : "both";
        if (part === "both" && (at < low || at > high)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { part, from: at, range: scale };
      }}
      onPointerMove={(event) => {
        moveTo(fractionAt(event));
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={() => {
        setAutomaticRange(studio.colors, property.id);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {[low, high].map((at, index) => (
        <span key={index} className="range-handle" style={{ left: `${String(at * 100)}%` }}>
          <svg width="12" height="11" viewBox="0 0 12 11" aria-hidden="true">
            <path d="M2 0h8a1 1 0 0 1 1 1v4L6 11 1 5V1a1 1 0 0 1 1-1z" fill="currentColor" />
          </svg>
        </span>
      ))}
    </div>
  );
}

function roundTo3(value: number): number {
  return Number(value.toPrecision(3));
}
