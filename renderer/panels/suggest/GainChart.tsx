import type { ReactNode } from "react";
import {
  formatCount,
  formatFixed,
  formatPercentGain,
  percentDecimals,
} from "../../components/formatNumber.ts";
import { gainCurve } from "../../state/suggest/suggestRows.ts";
import type { Answered } from "../../state/suggest/suggestStore.ts";

const WIDTH = 240;
const HEIGHT = 80;
const TOP = 6;

/** Total gain after each choice, over the mean ± standard deviation of random choices. */
export function GainChart({ answer }: { readonly answer: Answered }): ReactNode {
  const { totals, random } = gainCurve(answer);
  const n = totals.length - 1;
  const most = Math.max(...totals, random?.high ?? 0, Number.MIN_VALUE);
  const least = Math.min(0, ...totals, random?.low ?? 0);
  const x = (i: number): number => (WIDTH * i) / Math.max(1, n);
  const y = (value: number): number =>
    TOP + (HEIGHT - TOP) * (1 - (value - least) / (most - least));
  const curve = totals
    .map((value, i) => `${i === 0 ? "M" : "L"}${x(i).toFixed(2)} ${y(value).toFixed(2)}`)
    .join("");
  const count = answer.result.random?.count ?? n;
  return (
    <figure className="gain-chart">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none">
        <title>{titleOf(totals, random, count)}</title>
        {random === null ? null : (
          <>
            <rect
              x="0"
              width={WIDTH}
              y={y(random.high)}
              height={Math.max(0, y(random.low) - y(random.high))}
              fill="var(--bg-press)"
            />
            <path
              d={`M0 ${y(random.mean).toFixed(2)}H${String(WIDTH)}`}
              stroke="var(--c-base)"
              strokeDasharray="2 3"
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
        <path
          d={curve}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <ul className="gain-key">
        <li>
          <i className="gain-line" aria-hidden />
          chosen <b>{formatPercentGain(totals[n] ?? 0)}</b>
        </li>
        {random === null ? null : (
          <li>
            <i className="gain-line random" aria-hidden />
            {formatCount(count)} at random {formatPercentGain(random.mean)} ±{" "}
            {formatFixed((random.high - random.low) / 2, percentDecimals(random.mean))}
          </li>
        )}
      </ul>
      <div className="gain-axis">
        <span>0</span>
        <span>structures added</span>
        <span>{formatCount(n)}</span>
      </div>
    </figure>
  );
}

function titleOf(
  totals: readonly number[],
  random: ReturnType<typeof gainCurve>["random"],
  count: number,
): string {
  const total = formatPercentGain(totals.at(-1) ?? 0);
  const chosen = `Mean LPR gain ${total} with ${formatCount(totals.length - 1)} structures chosen together`;
  if (random === null) return chosen;
  return `${chosen}; ${formatCount(count)} at random gain ${formatPercentGain(random.mean)} on average`;
}
