import type { ReactNode } from "react";
import type { FigureColoring } from "../../../src/project/figure.ts";
import { DEFAULT_PERCENTILES } from "../../color/autoRange.ts";
import { Checkbox } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";

function isDefault(low: number, high: number): boolean {
  return low === DEFAULT_PERCENTILES[0] && high === DEFAULT_PERCENTILES[1];
}

/** Where an automatic range ends: at percentiles of the values, on both sides of zero or not. */
export function ClipFields(props: {
  readonly coloring: FigureColoring;
  readonly isLog: boolean;
  /** Whether it lies around zero unless something else is chosen. */
  readonly diverging: boolean;
  readonly change: (part: Partial<FigureColoring>) => void;
}): ReactNode {
  const { coloring, isLog, diverging, change } = props;
  if (coloring.range !== undefined) return null;
  const [low, high] = coloring.percentiles ?? DEFAULT_PERCENTILES;
  const clip = (from: number, to: number): void => {
    change({ percentiles: isDefault(from, to) ? undefined : [from, to] });
  };
  return (
    <>
      <div className="field-row percentiles">
        <span className="field-label">Percentiles</span>
        <span className="percentile-fields">
          <NumberField
            label="Lower percentile"
            unit="%"
            step={1}
            value={low}
            check={(value) =>
              value >= 0 && value < high ? null : `From 0 to below ${String(high)} %`
            }
            onChange={(value) => {
              clip(value, high);
            }}
          />
          <NumberField
            label="Upper percentile"
            unit="%"
            step={1}
            value={high}
            check={(value) =>
              value > low && value <= 100 ? null : `Above ${String(low)} to 100 %`
            }
            onChange={(value) => {
              clip(low, value);
            }}
          />
        </span>
      </div>
      {isLog ? null : (
        <Checkbox
          label="Symmetric about zero"
          checked={coloring.symmetric ?? diverging}
          onChange={(symmetric) => {
            change({ symmetric: symmetric === diverging ? undefined : symmetric });
          }}
        />
      )}
    </>
  );
}
