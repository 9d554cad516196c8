import { useId, useMemo, type ReactNode } from "react";
import { axisFraction, linePath, steppedAxis } from "../charts/linePath.ts";
import type { ColorScale } from "../color/colorScale.ts";
import { LARGEST_EPSILON, type LearnModel } from "../state/learn/learnModel.ts";
import { xToPixel, type LearnLayout } from "./learnLayout.ts";
import { CROSS, epsilonStyle, typeStyle } from "./learnStyle.ts";
import { BandTitle, VerticalAxis } from "./PlotAxes.tsx";

const AXIS_STEP = 0.5;

/** Around the trained curves and the held point; the fan may leave it. */
function axisOf({ profile, fits }: LearnModel): ColorScale {
  const values = [fits.prediction - LARGEST_EPSILON, fits.prediction + LARGEST_EPSILON];
  for (const { prediction, target } of profile.curves) {
    for (const curve of [prediction, target]) values.push(Math.min(...curve), Math.max(...curve));
  }
  return steppedAxis(values, AXIS_STEP);
}

/** How many curves of the fan leave the axis. */
function countBeyond({ fan }: LearnModel, { min, max }: ColorScale): number {
  return fan.filter(({ predictions }) =>
    predictions.some((curve) => curve.some((value) => value < min || value > max)),
  ).length;
}

/** ỹ(x), what the totals are made of, and the fan of constrained fits with the totals they give. */
export function PredictionPlot(props: {
  readonly model: LearnModel;
  readonly layout: LearnLayout;
  readonly showBefore: boolean;
}): ReactNode {
  const { model, layout, showBefore } = props;
  const clip = useId();
  const band = layout.prediction;
  const axis = useMemo(() => axisOf(model), [model]);
  const beyond = useMemo(() => countBeyond(model, axis), [model, axis]);
  const yAt = (value: number): number => band.top + band.height * (1 - axisFraction(axis, value));
  const xAt = (x: number): number => xToPixel(layout, x);
  return (
    <g>
      <clipPath id={clip}>
        <rect x={layout.left} y={band.top} width={layout.plotWidth} height={band.height} />
      </clipPath>
      <BandTitle layout={layout} band={band} text="Prediction ỹ(x)" />
      <VerticalAxis layout={layout} band={band} axis={axis} />
      <g clipPath={`url(#${clip})`}>
        <Fan model={model} xAt={xAt} yAt={yAt} />
        {model.profile.curves.map(({ type, target }) => (
          <path
            key={type}
            d={linePath(model.profile.x, target, xAt, yAt)}
            className="curve target"
          />
        ))}
        {showBefore
          ? model.before.curves.map(({ type, prediction }) => (
              <path
                key={type}
                d={linePath(model.before.x, prediction, xAt, yAt)}
                className="curve before"
              />
            ))
          : null}
        {model.profile.curves.map(({ type, prediction }, index) => (
          <path
            key={type}
            d={linePath(model.profile.x, prediction, xAt, yAt)}
            className="curve"
            stroke={typeStyle(index).color}
            strokeDasharray={typeStyle(index).dash}
            data-curve={`prediction-${type}`}
          />
        ))}
        <Totals model={model} xAt={xAt} yAt={yAt} />
      </g>
      <circle
        cx={xAt(model.setup.held.x)}
        cy={yAt(model.fits.prediction)}
        r="4"
        className="held-point"
      />
      {beyond === 0 ? null : (
        <text
          x={layout.left + layout.plotWidth}
          y={band.top + band.height + 31}
          textAnchor="end"
          className="axis-title"
        >
          {beyond} of {model.fan.length} fits run beyond the axis
        </text>
      )}
    </g>
  );
}

interface Drawn {
  readonly model: LearnModel;
  readonly xAt: (x: number) => number;
  readonly yAt: (value: number) => number;
}

/** All fits of the held type; of another type only the outermost, to see how it makes up for them. */
function Fan({ model, xAt, yAt }: Drawn): ReactNode {
  const { held } = model.setup;
  return model.fan.map(({ epsilon, predictions }) => {
    if (epsilon === 0) return null;
    const { stroke, opacity } = epsilonStyle(epsilon, LARGEST_EPSILON);
    return (
      <g key={epsilon} stroke={stroke} opacity={opacity} data-fan={epsilon}>
        {predictions.map((curve, type) =>
          type === held.type || Math.abs(epsilon) === LARGEST_EPSILON ? (
            <path
              key={type}
              d={linePath(model.fanX, curve, xAt, yAt)}
              className="fan-curve"
              strokeDasharray={typeStyle(type).dash}
            />
          ) : null,
        )}
      </g>
    );
  });
}

/** Crosses of Fig. 1: Ỹ_A / N_A of every group at its mean x, as trained and under each ε. */
function Totals({ model, xAt, yAt }: Drawn): ReactNode {
  const { groups } = model.profile;
  const cross = (group: number, total: number): string => {
    const one = groups[group];
    if (one === undefined) return "";
    return `M${xAt(one.meanX).toFixed(1)} ${yAt(total / one.size).toFixed(1)}${CROSS}`;
  };
  return (
    <g className="crosses">
      {model.fits.fits.map((fit, index) => {
        if (index % 3 !== 0 || fit.epsilon === 0) return null;
        const { stroke, opacity } = epsilonStyle(fit.epsilon, LARGEST_EPSILON);
        const d = Array.from(fit.groupTotals, (total, group) => cross(group, total)).join("");
        return <path key={fit.epsilon} d={d} stroke={stroke} opacity={opacity} />;
      })}
      <path
        d={groups.map(({ predictedTotal }, group) => cross(group, predictedTotal)).join("")}
        className="cross-trained"
      />
    </g>
  );
}
