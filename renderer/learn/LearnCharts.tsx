import { useEffect, useRef, type PointerEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../app/StudioContext.tsx";
import { useElementSize } from "../charts/useElementSize.ts";
import { formatSignificant } from "../components/formatNumber.ts";
import {
  holdAt,
  legalX,
  memberX,
  moveMember,
  removeMember,
  type MemberPlace,
} from "../state/learn/learnEdits.ts";
import { type LearnModel } from "../state/learn/learnModel.ts";
import {
  changeLearn,
  chooseMember,
  endLearnGesture,
  listMembers,
  undoLearn,
  type LearnStore,
} from "../state/learn/learnStore.ts";
import { ChartKey } from "./LearnKey.tsx";
import { GroupsPlot, type MarkHandlers } from "./GroupsPlot.tsx";
import { learnLayout, pixelToX, xToPixel, type LearnLayout } from "./learnLayout.ts";
import { xAfterKey } from "./xAfterKey.ts";
import { formatX, ofType } from "./learnStyle.ts";
import { LprPlot } from "./LprPlot.tsx";
import { HorizontalAxis } from "./PlotAxes.tsx";
import { PredictionPlot } from "./PredictionPlot.tsx";
import { useFrameDrag } from "./useFrameDrag.ts";

const FIRST_SIZE = { width: 720, height: 560 } as const;

/** LPR, groups and predictions over one x axis, with the cursor of the held prediction. */
export function LearnCharts({ model }: { readonly model: LearnModel }): ReactNode {
  const { learn } = useStudio();
  const chosen = useStore(learn, (state) => state.chosen);
  const showBefore = useStore(learn, (state) => state.showBefore);
  const { ref, width, height } = useElementSize(FIRST_SIZE);
  const layout = learnLayout(width, height, model.setup.system.groups.length);
  const startDrag = useFrameDrag();
  const xOf = (clientX: number): number =>
    pixelToX(layout, clientX - (ref.current?.getBoundingClientRect().left ?? 0));

  /** Both kinds of drag: what is moved, by how much the pointer was beside it. */
  const drag = (event: PointerEvent, from: number, move: (x: number, gesture: string) => void) => {
    const offset = from - xOf(event.clientX);
    const gesture = `drag ${String(event.timeStamp)}`;
    const start = learn.getState().setup;
    startDrag(event, {
      onMove: (clientX) => {
        move(xOf(clientX) + offset, gesture);
      },
      onEnd: () => {
        endLearnGesture(learn);
      },
      onCancel: () => {
        if (learn.getState().setup !== start) undoLearn(learn);
      },
    });
  };
  const hold = (x: number, gesture: string): void => {
    changeLearn(learn, (setup) => holdAt(setup, x), gesture);
  };
  const marks = useMarks(learn, (event, place) => {
    drag(event, memberX(learn.getState().setup, place) ?? 0, (x, gesture) => {
      changeLearn(learn, (setup) => moveMember(setup, place, x), gesture);
    });
  });
  return (
    <div className="learn-charts" ref={ref} data-region tabIndex={-1}>
      <svg
        width={width}
        height={height}
        role="group"
        aria-label={describe(model)}
        onPointerDown={(event) => {
          const x = xOf(event.clientX);
          if (event.button !== 0 || Math.abs(x) > 1.02) return;
          const legal = legalX(x);
          hold(legal, `drag ${String(event.timeStamp)}`);
          drag(event, legal, hold);
        }}
      >
        <HorizontalAxis layout={layout} />
        <LprPlot model={model} layout={layout} showBefore={showBefore} />
        <PredictionPlot model={model} layout={layout} showBefore={showBefore} />
        <Cursor model={model} layout={layout} />
        <GroupsPlot model={model} layout={layout} chosen={chosen} handlers={marks} />
      </svg>
      <ChartKey model={model} layout={layout} showBefore={showBefore} />
      <p id="learn-mark-help" className="visually-hidden">
        Left and Right move it, with Shift ten times as far and with Alt a tenth. Home and End move
        it to the ends. Up and Down go to other members. Delete removes it.
      </p>
    </div>
  );
}

/** One tab stop for all marks: Up and Down choose, Left and Right move. */
function useMarks(
  learn: LearnStore,
  onPointerDown: (event: PointerEvent, place: MemberPlace) => void,
): MarkHandlers {
  const chosen = useStore(learn, (state) => state.chosen);
  const followRef = useRef(false);
  useEffect(() => {
    if (!followRef.current) return;
    followRef.current = false;
    document.querySelector<SVGElement>('.mark[data-chosen="true"]')?.focus();
  }, [chosen]);
  const goBy = (place: MemberPlace, step: 1 | -1): void => {
    const members = listMembers(learn.getState().setup);
    const at = members.findIndex(
      ({ group, type, member }) =>
        group === place.group && type === place.type && member === place.member,
    );
    const next = members[at + step];
    if (next === undefined) return;
    followRef.current = true;
    chooseMember(learn, next);
  };
  return {
    onPointerDown: (event, place) => {
      event.stopPropagation();
      chooseMember(learn, place);
      onPointerDown(event, place);
    },
    onKeyDown: (event, place) => {
      const x = memberX(learn.getState().setup, place) ?? 0;
      if (event.key === "ArrowDown") goBy(place, 1);
      else if (event.key === "ArrowUp") goBy(place, -1);
      else if (xAfterKey(event, x) !== null) {
        changeLearn(
          learn,
          (setup) => moveMember(setup, place, xAfterKey(event, x) ?? x),
          `keys ${String(place.group)} ${String(place.type)} ${String(place.member)}`,
        );
      } else if (event.key === "Delete" || event.key === "Backspace") {
        followRef.current = true;
        changeLearn(learn, (setup) => removeMember(setup, place));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    onKeyUp: () => {
      endLearnGesture(learn);
    },
    onFocus: (place) => {
      chooseMember(learn, place);
    },
  };
}

/** A line through all charts at the held x, with a grip above. */
function Cursor(props: { readonly model: LearnModel; readonly layout: LearnLayout }): ReactNode {
  const { learn } = useStudio();
  const { model, layout } = props;
  const { setup, fits } = model;
  const { x, type } = setup.held;
  const at = xToPixel(layout, x);
  const bottom = layout.prediction.top + layout.prediction.height;
  const isRight = x > 0.6;
  return (
    <g
      className="cursor"
      role="slider"
      tabIndex={0}
      aria-label={`Held prediction${ofType(setup, type)}`}
      aria-valuemin={-1}
      aria-valuemax={1}
      aria-valuenow={x}
      aria-valuetext={`x ${formatX(x)}, LPR ${formatSignificant(fits.lpr)}`}
      onKeyDown={(event) => {
        const to = xAfterKey(event, x);
        if (to === null) return;
        event.preventDefault();
        changeLearn(learn, (old) => holdAt(old, to), "keys held");
      }}
      onKeyUp={() => {
        endLearnGesture(learn);
      }}
    >
      <line x1={at} x2={at} y1={layout.lpr.top - 12} y2={bottom} className="cursor-line" />
      <rect x={at - 12} y={4} width="24" height="28" className="mark-hit" />
      <path
        transform={`translate(${String(at)} 12)`}
        d="M-5-8H5V8L0 13-5 8Z"
        className="cursor-grip"
      />
      <text x={at + (isRight ? -12 : 12)} y={17} textAnchor={isRight ? "end" : "start"}>
        held at x = {formatX(x)}
      </text>
    </g>
  );
}

function describe({ setup, fits }: LearnModel): string {
  const { x, type } = setup.held;
  const groups = `${String(setup.system.groups.length)} groups`;
  return `Toy model of ${groups}: LPR, members and predictions over x. LPR ${formatSignificant(fits.lpr)} at x ${formatX(x)}${ofType(setup, type)}`;
}
