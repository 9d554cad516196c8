import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { formatSignificant } from "../components/formatNumber.ts";
import { isAddedGroup, memberX, type MemberPlace } from "../state/learn/learnEdits.ts";
import { lprOfMember, type LearnModel } from "../state/learn/learnModel.ts";
import { rowY, xToPixel, type LearnLayout } from "./learnLayout.ts";
import { ADDED_COLOR, DIAMOND, formatX, ofType, STAR, typeStyle } from "./learnStyle.ts";
import { BandTitle } from "./PlotAxes.tsx";

export interface MarkHandlers {
  readonly onPointerDown: (event: PointerEvent, place: MemberPlace) => void;
  readonly onKeyDown: (event: KeyboardEvent, place: MemberPlace) => void;
  readonly onKeyUp: () => void;
  readonly onFocus: (place: MemberPlace) => void;
}

function isSame(a: MemberPlace, b: MemberPlace): boolean {
  return a.group === b.group && a.type === b.type && a.member === b.member;
}

/** One row a group: its members as marks to drag, and a star at their mean. */
export function GroupsPlot(props: {
  readonly model: LearnModel;
  readonly layout: LearnLayout;
  readonly chosen: MemberPlace;
  readonly handlers: MarkHandlers;
}): ReactNode {
  const { model, layout, chosen, handlers } = props;
  const { setup, profile } = model;
  const right = layout.left + layout.plotWidth;
  return (
    <g>
      <BandTitle layout={layout} band={layout.groups} text="Groups whose totals are known" />
      {setup.system.groups.map((group, index) => {
        const y = rowY(layout, index);
        const added = isAddedGroup(setup, index);
        return (
          <g key={setup.groupIds[index]} role="group" aria-label={`Group ${String(index + 1)}`}>
            <line x1={layout.left} x2={right} y1={y} y2={y} className="grid-line" />
            <text
              x={layout.left - 6}
              y={y + 4}
              textAnchor="end"
              className={added ? "group-label added" : "group-label"}
            >
              {added ? `+ ${String(index + 1)}` : index + 1}
            </text>
            <path
              d={STAR}
              className="mean-star"
              transform={`translate(${String(xToPixel(layout, profile.groups[index]?.meanX ?? 0))} ${String(y)})`}
            />
            {group.x.map((members, type) =>
              members.map((_, member) => {
                const place = { group: index, type, member };
                return (
                  <Mark
                    key={`${String(type)} ${String(member)}`}
                    model={model}
                    layout={layout}
                    place={place}
                    added={added}
                    isChosen={isSame(place, chosen)}
                    handlers={handlers}
                  />
                );
              }),
            )}
          </g>
        );
      })}
    </g>
  );
}

/** A member: round for the first type, square on its corner for the second. */
function Mark(props: {
  readonly model: LearnModel;
  readonly layout: LearnLayout;
  readonly place: MemberPlace;
  readonly added: boolean;
  readonly isChosen: boolean;
  readonly handlers: MarkHandlers;
}): ReactNode {
  const { model, layout, place, added, isChosen, handlers } = props;
  const x = memberX(model.setup, place) ?? 0;
  const lpr = lprOfMember(model, place);
  const fill = added ? ADDED_COLOR : typeStyle(place.type).color;
  const label = `Group ${String(place.group + 1)}, member ${String(place.member + 1)}${ofType(model.setup, place.type)}`;
  return (
    <g
      className="mark"
      role="slider"
      tabIndex={isChosen ? 0 : -1}
      aria-label={label}
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={x}
      aria-valuetext={`x ${formatX(x)}, LPR ${formatSignificant(lpr)}`}
      aria-describedby="learn-mark-help"
      data-chosen={isChosen}
      data-mark={`${String(place.group)}-${String(place.type)}-${String(place.member)}`}
      transform={`translate(${String(xToPixel(layout, x))} ${String(rowY(layout, place.group))})`}
      onPointerDown={(event) => {
        handlers.onPointerDown(event, place);
      }}
      onKeyDown={(event) => {
        handlers.onKeyDown(event, place);
      }}
      onKeyUp={handlers.onKeyUp}
      onFocus={() => {
        handlers.onFocus(place);
      }}
    >
      <circle r="12" className="mark-hit" />
      <circle r="9" className="mark-ring" data-screen-only />
      {place.type === 0 ? <circle r="5" fill={fill} /> : <path d={DIAMOND} fill={fill} />}
    </g>
  );
}
