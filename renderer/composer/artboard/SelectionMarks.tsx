import type { PointerEvent, ReactNode } from "react";
import type { FigureFrame } from "../../../src/project/figure.ts";
import type { FigureDrag } from "../composerStore.ts";
import { sizeText } from "../edits/elementNames.ts";
import { HANDLES, type Handle } from "./frameGeometry.ts";

interface SelectionMarksProps {
  /** Around what is selected, mm; null: nothing, or it is being edited. */
  readonly bounds: FigureFrame | null;
  /** Of each element, where several are selected. */
  readonly members: readonly FigureFrame[];
  /** The rectangle that is being drawn to select. */
  readonly area: FigureFrame | null;
  readonly drag: FigureDrag | null;
  /** CSS px in a mm. */
  readonly scale: number;
  readonly onHandle: (handle: Handle, event: PointerEvent<HTMLElement>) => void;
}

function box(frame: FigureFrame, scale: number) {
  return {
    left: frame.x * scale,
    top: frame.y * scale,
    width: frame.width * scale,
    height: frame.height * scale,
  };
}

/** Outline and handles of the selection, guides, and its size while it is resized. */
export function SelectionMarks(props: SelectionMarksProps): ReactNode {
  const { bounds, members, area, drag, scale } = props;
  return (
    <>
      {members.map((frame, k) => (
        <div key={k} className="selection-member" style={box(frame, scale)} />
      ))}
      {drag?.gaps.map(({ axis, from, to, at }) => (
        <div
          key={`gap ${axis} ${String(from)} ${String(at)}`}
          className="artboard-gap"
          data-axis={axis}
          style={
            axis === "x"
              ? { left: from * scale, top: at * scale, width: (to - from) * scale }
              : { left: at * scale, top: from * scale, height: (to - from) * scale }
          }
        />
      ))}
      {drag?.guides.map(({ axis, at, from, to }) => (
        <div
          key={`${axis} ${String(at)}`}
          className="artboard-guide"
          data-axis={axis}
          style={
            axis === "x"
              ? { left: at * scale, top: from * scale, height: (to - from) * scale }
              : { left: from * scale, top: at * scale, width: (to - from) * scale }
          }
        />
      ))}
      {bounds === null ? null : (
        <div className="selection-box" style={box(bounds, scale)}>
          {HANDLES.map((handle) => (
            <div
              key={handle}
              className="selection-handle"
              data-handle={handle}
              onPointerDown={(event) => {
                if (event.button === 0) props.onHandle(handle, event);
              }}
            />
          ))}
          {drag?.kind === "resize" ? <span className="size-badge">{sizeText(bounds)}</span> : null}
        </div>
      )}
      {area === null ? null : <div className="selection-area" style={box(area, scale)} />}
    </>
  );
}
