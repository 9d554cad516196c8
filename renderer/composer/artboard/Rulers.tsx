import type { ReactNode } from "react";
import { rulerTicks } from "./rulerTicks.ts";

/** px. */
const THICKNESS = 24;
const LENGTHS = { 0: 4, 1: 7, 2: 10 } as const;

interface RulerProps {
  readonly axis: "x" | "y";
  /** px from the start of the ruler to 0 mm. */
  readonly origin: number;
  /** px. */
  readonly length: number;
  /** CSS px in a mm. */
  readonly scale: number;
  /** What the selection spans, mm. */
  readonly marked: { readonly from: number; readonly to: number } | null;
  /** mm; null: the pointer is elsewhere. */
  readonly pointer: number | null;
}

/** mm along an edge of the artboard. */
export function Ruler(props: RulerProps): ReactNode {
  const { axis, origin, length, scale, marked, pointer } = props;
  const isAcross = axis === "x";
  const ticks = rulerTicks(-origin / scale, (length - origin) / scale, scale);
  const at = (mm: number): number => Math.round(origin + mm * scale) + 0.5;
  return (
    <svg
      className="ruler"
      data-axis={axis}
      width={isAcross ? length : THICKNESS}
      height={isAcross ? THICKNESS : length}
      aria-hidden="true"
    >
      {marked === null ? null : (
        <rect
          className="ruler-marked"
          x={isAcross ? at(marked.from) : 0}
          y={isAcross ? 0 : at(marked.from)}
          width={isAcross ? (marked.to - marked.from) * scale : THICKNESS}
          height={isAcross ? THICKNESS : (marked.to - marked.from) * scale}
        />
      )}
      <path
        className="ruler-ticks"
        d={ticks
          .map(({ at: mm, rank }) =>
            isAcross
              ? `M${String(at(mm))} ${String(THICKNESS)}v${String(-LENGTHS[rank])}`
              : `M${String(THICKNESS)} ${String(at(mm))}h${String(-LENGTHS[rank])}`,
          )
          .join("")}
      />
      {ticks
        .filter(({ rank }) => rank === 2)
        .map(({ at: mm }) => (
          <text
            key={mm}
            {...(isAcross
              ? { x: at(mm), y: 11 }
              : { transform: `translate(11 ${String(at(mm))}) rotate(-90)` })}
            textAnchor="middle"
          >
            {String(mm).replace("-", "−")}
          </text>
        ))}
      {pointer === null ? null : (
        <path
          className="ruler-pointer"
          d={
            isAcross
              ? `M${String(at(pointer))} 0v${String(THICKNESS)}`
              : `M0 ${String(at(pointer))}h${String(THICKNESS)}`
          }
        />
      )}
    </svg>
  );
}
