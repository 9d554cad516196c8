import type { ReactNode } from "react";
import { axisFraction, linePath } from "../charts/linePath.ts";
import { useElementSize } from "../charts/useElementSize.ts";
import type { ColorScale } from "../color/colorScale.ts";
import { niceStep, scaleTicks } from "../color/scaleTicks.ts";
import { formatSignificant } from "../components/formatNumber.ts";
import { LARGEST_EPSILON, type LearnModel } from "../state/learn/learnModel.ts";
import { epsilonStyle } from "./learnStyle.ts";

const PAD = { left: 40, right: 12, top: 10, bottom: 34 } as const;
const EPSILON_TICKS = [-0.6, -0.3, 0, 0.3, 0.6] as const;

/**
 * Reaches the parabola of the most rigid x of the profile: the axis stays while the cursor is dragged,
 * and a flat parabola looks flat.
 */
function lossAxis({ profile, fits }: LearnModel): ColorScale {
  const rigid = Math.max(...profile.curves.map(({ lpr }) => Math.max(...lpr)));
  const top = fits.loss + 0.5 * rigid * LARGEST_EPSILON ** 2;
  const most = Math.max(top, ...fits.fits.map(({ loss }) => loss));
  const step = niceStep(most, 5);
  return { kind: "linear", min: 0, max: Math.ceil(most / step) * step, linearThreshold: 1 };
}

/** The minimised loss against ε: a parabola whose curvature is the LPR. */
export function ParabolaChart(props: {
  readonly model: LearnModel;
  readonly showBefore: boolean;
}): ReactNode {
  const { model, showBefore } = props;
  const { ref, width, height } = useElementSize({ width: 256, height: 200 });
  const axis = lossAxis(model);
  const innerWidth = Math.max(1, width - PAD.left - PAD.right);
  const innerHeight = Math.max(1, height - PAD.top - PAD.bottom);
  const xAt = (epsilon: number): number => ((epsilon / LARGEST_EPSILON + 1) / 2) * innerWidth;
  const yAt = (loss: number): number => (1 - axisFraction(axis, loss)) * innerHeight;
  const curve = (fits: LearnModel["fits"]): string =>
    linePath(
      fits.fits.map(({ epsilon }) => epsilon),
      fits.fits.map(({ loss }) => loss),
      xAt,
      yAt,
    );
  const { lpr, loss } = model.fits;
  return (
    <div className="parabola-chart" ref={ref}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Loss against ε: least ${formatSignificant(loss)}, curvature ${formatSignificant(lpr)}`}
      >
        <g transform={`translate(${String(PAD.left)} ${String(PAD.top)})`}>
          {scaleTicks(axis, { maxLabels: 5, signed: false }).map(({ value, label }) => (
            <g key={value} transform={`translate(0 ${String(yAt(value))})`}>
              <line x2={innerWidth} className="grid-line" />
              <text x={-6} y={4} textAnchor="end">
                {label}
              </text>
            </g>
          ))}
          {EPSILON_TICKS.map((epsilon) => (
            <g key={epsilon} transform={`translate(${String(xAt(epsilon))} 0)`}>
              <line y2={innerHeight} className="grid-line" />
              <text y={innerHeight + 14} textAnchor="middle">
                {String(epsilon).replace("-", "−")}
              </text>
            </g>
          ))}
          <line y1={innerHeight} y2={innerHeight} x2={innerWidth} className="axis-line" />
          {showBefore ? <path d={curve(model.beforeFits)} className="curve before" /> : null}
          <path d={curve(model.fits)} className="curve loss" data-curve="loss" />
          {model.fits.fits.map(({ epsilon, loss: risen }, index) => {
            if (index % 3 !== 0) return null;
            const { stroke, opacity } = epsilonStyle(epsilon, LARGEST_EPSILON);
            return epsilon === 0 ? (
              <circle key={epsilon} cx={xAt(0)} cy={yAt(risen)} r="4" className="held-point" />
            ) : (
              <circle
                key={epsilon}
                cx={xAt(epsilon)}
                cy={yAt(risen)}
                r="3"
                fill={stroke}
                opacity={Math.max(0.6, opacity)}
              />
            );
          })}
          <text x={innerWidth / 2} y={innerHeight + 30} textAnchor="middle" className="axis-title">
            ε, change of the held prediction
          </text>
        </g>
      </svg>
    </div>
  );
}
