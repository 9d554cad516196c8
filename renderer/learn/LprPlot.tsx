import { useMemo, type ReactNode } from "react";
import { axisFraction, decadeAxis, linePath } from "../charts/linePath.ts";
import { lprCurves, lprCurvesBefore, type LearnModel } from "../state/learn/learnModel.ts";
import { xToPixel, type LearnLayout } from "./learnLayout.ts";
import { typeStyle } from "./learnStyle.ts";
import { BandTitle, VerticalAxis } from "./PlotAxes.tsx";

/** LPR over x on a log axis, with the set before as a thin line. */
export function LprPlot(props: {
  readonly model: LearnModel;
  readonly layout: LearnLayout;
  readonly showBefore: boolean;
}): ReactNode {
  const { model, layout, showBefore } = props;
  const { held, system } = model.setup;
  const band = layout.lpr;
  const { now, before, axis } = useMemo(() => {
    const curves = { now: lprCurves(model), before: lprCurvesBefore(model) };
    const all = [...curves.now, ...curves.before].map(({ lpr }) => lpr);
    return { ...curves, axis: decadeAxis(all) };
  }, [model]);
  const yAt = (lpr: number): number => band.top + band.height * (1 - axisFraction(axis, lpr));
  const xAt = (x: number): number => xToPixel(layout, x);
  return (
    <g>
      <BandTitle layout={layout} band={band} text={`LPR, rows: ${system.rows}, log scale`} />
      <VerticalAxis layout={layout} band={band} axis={axis} />
      {showBefore
        ? before.map(({ type, x, lpr }, index) => (
            <path
              key={type}
              d={linePath(x, lpr, xAt, yAt)}
              className="curve before"
              strokeDasharray={index === 0 ? "none" : "3 2"}
              data-curve={`lpr-before-${type}`}
            />
          ))
        : null}
      {now.map(({ type, x, lpr }, index) => (
        <path
          key={type}
          d={linePath(x, lpr, xAt, yAt)}
          className="curve"
          stroke={typeStyle(index).color}
          strokeDasharray={typeStyle(index).dash}
          data-curve={`lpr-${type}`}
        />
      ))}
      <circle cx={xAt(held.x)} cy={yAt(model.fits.lpr)} r="4" className="held-point" />
    </g>
  );
}
