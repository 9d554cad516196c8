import { useMemo, type ReactNode } from "react";
import type { ColorScale } from "../color/colorScale.ts";
import { formatCount, formatSignificant } from "../components/formatNumber.ts";
import {
  curveOf,
  summarizeGroup,
  type DistributionGroup,
  type DistributionKind,
} from "./distributionData.ts";

/** A piece of the line that a curve is drawn with. */
export function LineSample(props: { readonly stroke: string; readonly dash: string }): ReactNode {
  return (
    <svg width="20" height="8" aria-hidden="true">
      <line
        x2="20"
        y1="4"
        y2="4"
        stroke={props.stroke}
        strokeWidth="1.75"
        strokeDasharray={props.dash}
      />
    </svg>
  );
}

/** Over the emptier half of a chart: names of the curves and their means. */
export function CurveKey(props: {
  readonly groups: readonly DistributionGroup[];
  readonly scale: ColorScale;
  readonly formatMean: (mean: number) => string;
}): ReactNode {
  const { groups, scale } = props;
  const side = useMemo(() => freeSide(groups, scale), [groups, scale]);
  return (
    <ul className="chart-key" data-side={side}>
      {groups.map(({ label, stroke, dash, values }) => {
        const { mean } = summarizeGroup(values, scale);
        return (
          <li key={label}>
            <LineSample stroke={stroke} dash={dash} />
            <span className="ellipsis" title={label}>
              {label}
            </span>
            <span className="number" title="Mean">
              {mean === null ? "none" : props.formatMean(mean)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The half of the chart with less under its curves, where the key covers nothing. */
function freeSide(groups: readonly DistributionGroup[], scale: ColorScale): "left" | "right" {
  let balance = 0;
  for (const { values } of groups) {
    const { heights } = curveOf("density", values, scale);
    heights.forEach((value, index) => {
      balance += index < heights.length / 2 ? value : -value;
    });
  }
  return balance < 0 ? "left" : "right";
}

/** Names, lines, numbers of atoms and quantiles of the groups. */
export function QuantileTable(props: {
  readonly kind: DistributionKind;
  readonly groups: readonly DistributionGroup[];
  readonly scale: ColorScale;
}): ReactNode {
  const { kind, groups, scale } = props;
  return (
    <table className="group-key">
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col" title="Atoms with a value">
            n
          </th>
          <th scope="col" title="5th percentile">
            5 %
          </th>
          <th scope="col">Median</th>
          <th scope="col" title="95th percentile">
            95 %
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ label, stroke, dash, values }, k) => {
          const { count, quantiles } = summarizeGroup(values, scale);
          return (
            <tr key={label}>
              <th scope="row" title={label}>
                <span>
                  {kind === "violin" ? <b style={{ color: stroke }}>{k + 1}</b> : null}
                  <LineSample stroke={stroke} dash={kind === "violin" ? "none" : dash} />
                  <span className="ellipsis">{label}</span>
                </span>
              </th>
              <td>{formatCount(count)}</td>
              {[0, 2, 4].map((at) => {
                const value = quantiles[at];
                return <td key={at}>{value === undefined ? "none" : formatSignificant(value)}</td>;
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
