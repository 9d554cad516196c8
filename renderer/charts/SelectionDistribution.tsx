import { useMemo, type ReactNode } from "react";
import { automaticScale } from "../color/autoRange.ts";
import { curveOf, outlineOf } from "./distributionData.ts";
import { anchorAt, axisTicks, ticksWithoutCollisions } from "./tickLabels.ts";

const WIDTH = 240;
const HEIGHT = 44;

/** LPR of the selected atoms as a line over that of the whole film, on a log axis. */
export function SelectionDistribution(props: {
  readonly values: Float64Array;
  readonly mask: Uint8Array | null;
}): ReactNode {
  const { values, mask } = props;
  const drawing = useMemo(() => {
    const axis = automaticScale([values], {
      kind: "log",
      symmetric: false,
      percentiles: [0.1, 99.9],
    });
    const chosen = values.filter((_, atom) => mask?.[atom] === 1);
    const tall = HEIGHT - 4;
    const path = (of: Float64Array): string => {
      const { heights } = curveOf("density", of, axis);
      return outlineOf("density", heights, WIDTH, tall, Math.max(...heights));
    };
    return {
      film: `${path(values)}L${String(WIDTH)} ${String(tall)}L0 ${String(tall)}Z`,
      selected: path(chosen),
      ticks: ticksWithoutCollisions(axisTicks(axis, WIDTH, "along", false), WIDTH),
    };
  }, [values, mask]);
  return (
    <figure className="selection-distribution">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none">
        <title>LPR of the selected atoms and of the whole film</title>
        <g transform="translate(0 4)">
          <path d={drawing.film} fill="var(--bg-press)" />
          <path
            d={drawing.selected}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      </svg>
      <span className="distribution-key selected">selected</span>
      <span className="distribution-key film">film</span>
      <div className="axis-labels">
        {drawing.ticks.map((tick) => (
          <span
            key={tick.value}
            data-anchor={anchorAt(tick.fraction)}
            style={{ left: `${String(tick.fraction * 100)}%` }}
          >
            {tick.label}
          </span>
        ))}
      </div>
    </figure>
  );
}
