import type { ReactNode } from "react";
import type { LearnModel } from "../state/learn/learnModel.ts";
import type { LearnLayout } from "./learnLayout.ts";
import { typeName, typeStyle } from "./learnStyle.ts";

interface Line {
  readonly label: string;
  readonly className: string;
  readonly stroke?: string;
  readonly dash?: string;
}

/** What the lines are, at the right of each title. */
export function ChartKey(props: {
  readonly model: LearnModel;
  readonly layout: LearnLayout;
  readonly showBefore: boolean;
}): ReactNode {
  const { model, layout, showBefore } = props;
  const { types } = model.setup.system;
  const now: readonly Line[] = types.map(({ name }, type) => ({
    label: types.length < 2 ? "now" : typeName(name),
    className: "curve",
    stroke: typeStyle(type).color,
    dash: typeStyle(type).dash,
  }));
  const before: readonly Line[] = showBefore
    ? [{ label: "before", className: "curve before" }]
    : [];
  return (
    <>
      <Key top={layout.lpr.top - 21} lines={[...now, ...before]} />
      <Key
        top={layout.prediction.top - 21}
        lines={[...now, ...before, { label: "what totals are made of", className: "curve target" }]}
      />
    </>
  );
}

function Key({ top, lines }: { readonly top: number; readonly lines: readonly Line[] }): ReactNode {
  return (
    <ul className="learn-key" style={{ top }}>
      {lines.map(({ label, className, stroke, dash }) => (
        <li key={label}>
          <svg width="20" height="8" aria-hidden="true">
            <line
              x2="20"
              y1="4"
              y2="4"
              className={className}
              stroke={stroke}
              strokeDasharray={dash}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
