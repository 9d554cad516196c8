import type { ReactNode } from "react";
import { scaleTicks } from "../color/scaleTicks.ts";
import { formatCount } from "../components/formatNumber.ts";
import { MapStrip } from "../panels/inspector/MapStrip.tsx";
import type { ColorKey, ScaleColors } from "./pointColors.ts";
import { anchorAt, ticksWithoutCollisions } from "./tickLabels.ts";

/** Widths of the colour bar beside a plot and of the one in an overview, CSS px. */
const KEY_WIDTH = { beside: 152, overview: 78 } as const;

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly title: string;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="chart-facts">
      {facts.map(({ label, value, title }) => (
        <div key={label} title={title}>
          <dt>{label}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the colours of the points stand for; `title` may be a control in place of the name. */
export function PointKey(props: {
  readonly colors: ColorKey;
  readonly title?: ReactNode;
  readonly place?: keyof typeof KEY_WIDTH;
}): ReactNode {
  const { colors, title, place = "beside" } = props;
  return (
    <div className="point-key" role="group" aria-label={`Colours: ${colors.title}`}>
      {title ?? <p title={colors.title}>{colors.title}</p>}
      {colors.kind === "categories" ? (
        <ul>
          {colors.categories.map(({ label, color }) => (
            <li key={label}>
              <span className="key-swatch" style={{ background: color }} aria-hidden="true" />
              {label}
            </li>
          ))}
        </ul>
      ) : (
        <ScaleKey colors={colors} width={KEY_WIDTH[place]} />
      )}
    </div>
  );
}

function ScaleKey(props: { readonly colors: ScaleColors; readonly width: number }): ReactNode {
  const { width } = props;
  const { scale, table, signed, nBeyond } = props.colors;
  const ticks = scaleTicks(scale, { maxLabels: Math.max(2, Math.floor(width / 36)), signed });
  return (
    <div style={{ width }}>
      <MapStrip table={table} />
      <div className="key-ticks">
        {ticksWithoutCollisions(ticks, width).map(({ value, fraction, label }) => (
          <span
            key={value}
            data-anchor={anchorAt(fraction)}
            style={{ left: `${String(100 * fraction)}%` }}
          >
            {label}
          </span>
        ))}
      </div>
      {nBeyond > 0 ? <p>{formatCount(nBeyond)} beyond the ends</p> : null}
    </div>
  );
}
