import { useMemo, type ReactNode } from "react";
import { automaticScale } from "../color/autoRange.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import { curvePath, densityOnScale } from "./densityPath.ts";

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
    const film = densityOnScale(values, axis);
    const selected = densityOnScale(chosen, axis);
    return {
      film: `${curvePath(film, WIDTH, HEIGHT - 4, film.most)}L${String(WIDTH)} ${String(HEIGHT - 4)}L0 ${String(HEIGHT - 4)}Z`,
      selected: curvePath(selected, WIDTH, HEIGHT - 4, selected.most),
      ticks: scaleTicks(axis, { maxLabels: 4, signed: false }).filter((tick) => tick.label !== ""),
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
          <span key={tick.value} style={{ left: `${String(tick.fraction * 100)}%` }}>
            {tick.label}
          </span>
        ))}
      </div>
    </figure>
  );
}
