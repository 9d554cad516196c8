import type { ReactNode } from "react";
import type { ColorScale } from "../color/colorScale.ts";
import { formatCount, formatSignificant } from "../components/formatNumber.ts";
import {
  summarizeGroup,
  type DistributionGroup,
  type DistributionKind,
} from "./distributionData.ts";
import type { KeyPlace } from "./keyPlace.ts";

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

/** Where it covers nothing: names of the curves and their means. */
export function CurveKey(props: {
  readonly groups: readonly DistributionGroup[];
  readonly scale: ColorScale;
  readonly place: KeyPlace;
  readonly formatMean: (mean: number) => string;
}): ReactNode {
  const { groups, scale, place } = props;
  const hasMeans = place.side !== "above" || place.hasMeans;
  return (
    <ul className="chart-key" data-side={place.side} data-testid="curve-key">
      {groups.map(({ label, stroke, dash, values }) => {
        const { mean } = summarizeGroup(values, scale);
        const text = mean === null ? "none" : props.formatMean(mean);
        return (
          <li key={label}>
            <LineSample stroke={stroke} dash={dash} />
            <span className="ellipsis" title={`${label}, mean ${text}`}>
              {label}
            </span>
            {hasMeans ? (
              <span className="number" title="Mean">
                {text}
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
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
