import type { ReactNode } from "react";
import { isAddedGroup } from "../state/learn/learnEdits.ts";
import { LARGEST_EPSILON, type LearnModel } from "../state/learn/learnModel.ts";
import type { LearnLayout } from "./learnLayout.ts";
import {
  ADDED_COLOR,
  CROSS,
  DIAMOND,
  epsilonStyle,
  formatRegularizer,
  STAR,
  typeName,
  typeStyle,
} from "./learnStyle.ts";

/** A line or a mark of the charts and what it stands for. */
export interface KeyEntry {
  readonly label: string;
  readonly className: string;
  /** CSS colour. */
  readonly color: string;
  readonly dash?: string;
  /** Marks that are filled; others are outlines. */
  readonly filled?: boolean;
  /** Of a mark; a line where it is left out. */
  readonly path?: string;
}

interface KeyProps {
  readonly model: LearnModel;
  readonly showBefore: boolean;
}

/** px; in less the lines of the LPR chart are named there alone. */
const ROOM_FOR_ALL = 600;

/** A disc of radius 5, as members of the first type are drawn. */
const DISC = "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z";

function now({ model }: KeyProps): KeyEntry[] {
  const { types } = model.setup.system;
  return types.map(({ name }, type) => ({
    label: types.length < 2 ? "now" : typeName(name),
    className: "curve",
    color: typeStyle(type).color,
    dash: typeStyle(type).dash,
  }));
}

/** Says when more than the groups is another. */
function before({ model: { setup }, showBefore }: KeyProps): KeyEntry[] {
  if (!showBefore) return [];
  const { regularizer } = setup.before;
  const label =
    regularizer === setup.system.regularizer
      ? "before"
      : `before, μ = ${formatRegularizer(regularizer)}`;
  return [{ label, className: "curve before", color: "var(--c-base)" }];
}

/** The lines of the LPR chart. */
export function lprKey(props: KeyProps): readonly KeyEntry[] {
  return [...now(props), ...before(props)];
}

/** The lines of the prediction chart that the LPR chart has not, and the totals. */
export function fanKey(): readonly KeyEntry[] {
  const fan = (label: string, epsilon: number): KeyEntry => ({
    label,
    className: "fan-curve",
    color: epsilonStyle(epsilon, LARGEST_EPSILON).stroke,
  });
  return [
    { label: "true f(x)", className: "curve target", color: "var(--fg-3)", dash: "1 3" },
    fan("ε < 0", -LARGEST_EPSILON),
    fan("ε > 0", LARGEST_EPSILON),
    { label: "total / N", className: "cross-trained", color: "var(--fg)", path: `M0 0${CROSS}` },
  ];
}

/** The marks of the groups. */
export function groupsKey({ model: { setup } }: KeyProps): readonly KeyEntry[] {
  const { types, groups } = setup.system;
  const members = types.map(({ name }, type): KeyEntry => ({
    label: types.length < 2 ? "member" : typeName(name),
    className: "",
    color: typeStyle(type).color,
    filled: true,
    path: type === 0 ? DISC : DIAMOND,
  }));
  const added = groups.some((_, group) => isAddedGroup(setup, group));
  return [
    ...members,
    ...(added
      ? [
          {
            label: "of an added group",
            className: "",
            color: ADDED_COLOR,
            filled: true,
            path: DISC,
          },
        ]
      : []),
    { label: "mean of the group", className: "mean-star", color: "var(--fg-3)", path: STAR },
  ];
}

/** What the lines and marks are, at the right of each title. */
export function ChartKey(props: KeyProps & { readonly layout: LearnLayout }): ReactNode {
  const { layout } = props;
  return (
    <>
      <Key top={layout.lpr.top - 21} entries={lprKey(props)} />
      <Key top={layout.groups.top - 21} entries={groupsKey(props)} />
      <Key
        top={layout.prediction.top - 21}
        entries={layout.plotWidth < ROOM_FOR_ALL ? fanKey() : [...lprKey(props), ...fanKey()]}
      />
    </>
  );
}

function Key(props: { readonly top: number; readonly entries: readonly KeyEntry[] }): ReactNode {
  return (
    <ul className="learn-key" style={{ top: props.top }}>
      {props.entries.map((entry) => (
        <li key={entry.label}>
          <Swatch {...entry} />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ className, color, dash, filled, path }: KeyEntry): ReactNode {
  return path === undefined ? (
    <svg width="20" height="8" aria-hidden="true">
      <line x2="20" y1="4" y2="4" className={className} stroke={color} strokeDasharray={dash} />
    </svg>
  ) : (
    <svg width="12" height="12" aria-hidden="true" className="crosses">
      <path
        d={path}
        transform="translate(6 6)"
        className={className}
        {...(filled === true ? { style: { fill: color, stroke: "none" } } : {})}
      />
    </svg>
  );
}
