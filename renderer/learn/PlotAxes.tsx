import type { ReactNode } from "react";
import { axisFraction } from "../charts/linePath.ts";
import type { ColorScale } from "../color/colorScale.ts";
import { scaleTicks } from "../color/scaleTicks.ts";
import { xToPixel, type Band, type LearnLayout } from "./learnLayout.ts";

/** Height of a tick label with the room it needs. */
const LABEL_HEIGHT = 26;
const X_TICKS = [-1, -0.5, 0, 0.5, 1] as const;

/** Grid, frame and labels of the vertical axis of a band. */
export function VerticalAxis(props: {
  readonly layout: LearnLayout;
  readonly band: Band;
  readonly axis: ColorScale;
}): ReactNode {
  const { layout, band, axis } = props;
  const right = layout.left + layout.plotWidth;
  const maxLabels = Math.max(2, Math.floor(band.height / LABEL_HEIGHT));
  const ticks = scaleTicks(axis, { maxLabels, signed: false }).filter(({ label }) => label !== "");
  return (
    <g>
      {ticks.map(({ value, label }) => {
        const y = band.top + band.height * (1 - axisFraction(axis, value));
        return (
          <g key={value}>
            <line x1={layout.left} x2={right} y1={y} y2={y} className="grid-line" />
            <text x={layout.left - 6} y={y + 4} textAnchor="end">
              {label}
            </text>
          </g>
        );
      })}
      <line
        x1={layout.left}
        x2={layout.left}
        y1={band.top}
        y2={band.top + band.height}
        className="axis-line"
      />
    </g>
  );
}

/** The common x axis: lines through all bands, labels below the last. */
export function HorizontalAxis({ layout }: { readonly layout: LearnLayout }): ReactNode {
  const bottom = layout.prediction.top + layout.prediction.height;
  return (
    <g>
      {X_TICKS.map((x) => (
        <g key={x}>
          {[layout.lpr, layout.groups, layout.prediction].map(({ top, height }) => (
            <line
              key={top}
              x1={xToPixel(layout, x)}
              x2={xToPixel(layout, x)}
              y1={top}
              y2={top + height}
              className="grid-line"
            />
          ))}
          <text x={xToPixel(layout, x)} y={bottom + 15} textAnchor="middle">
            {String(x).replace("-", "−")}
          </text>
        </g>
      ))}
      <line
        x1={layout.left}
        x2={layout.left + layout.plotWidth}
        y1={bottom}
        y2={bottom}
        className="axis-line"
      />
      <text
        x={layout.left + layout.plotWidth / 2}
        y={bottom + 31}
        textAnchor="middle"
        className="axis-title"
      >
        local feature x
      </text>
    </g>
  );
}

/** The title of a band, at its upper left. */
export function BandTitle(props: {
  readonly layout: LearnLayout;
  readonly band: Band;
  readonly text: string;
}): ReactNode {
  return (
    <text x={8} y={props.band.top - 9} className="band-title">
      {props.text}
    </text>
  );
}
