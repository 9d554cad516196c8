import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import type { FigureFrame } from "../../src/project/figure.ts";
import { useStudio } from "../app/StudioContext.tsx";
import type { Studio } from "../state/studio.ts";
import { listTargets } from "../state/targets.ts";
import { editFigure, nudge } from "./composerActions.ts";
import { selectElement, selectElements } from "./composerStore.ts";
import { ElementBoxes } from "./ElementBoxes.tsx";
import { boundsOf } from "./frameGeometry.ts";
import { addElement } from "./newElements.ts";
import { newElementContext } from "./newElementContext.ts";
import { PagePreview } from "./PagePreview.tsx";
import { Ruler } from "./Rulers.tsx";
import { SelectionMarks } from "./SelectionMarks.tsx";
import { StructureTurner } from "./StructureTurner.tsx";
import { TextEditor } from "./TextEditor.tsx";
import { useArtboardGestures } from "./useArtboardGestures.ts";
import { useArtboardZoom, MARGIN } from "./useArtboardZoom.ts";
import type { FigurePage } from "./useFigurePage.ts";

/** The page in mm with rulers: what lies on it is selected, moved and resized by hand or by keys. */
export function Artboard({ page }: { readonly page: FigurePage }): ReactNode {
  const studio = useStudio();
  const { figure, composed } = page;
  const scroller = useRef<HTMLDivElement>(null);
  const { scale, view, onScroll } = useArtboardZoom(scroller, figure.page);
  const { selected, tool, vision, drag, editing, pointer } = useStore(studio.composer);
  const [area, setArea] = useState<FigureFrame | null>(null);
  const ratios = useStore(studio.composer, (state) => state.keepAspect);
  const gestures = useArtboardGestures(scale, (id) => ratios.has(id));
  const rows = listTargets(
    useStore(studio.project, (state) => state.document),
    useStore(studio.datasets, (state) => state.summaries),
  );
  useFocusOnSelection(studio, scroller);

  const placeOf = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = scroller.current?.getBoundingClientRect();
    return {
      x: (event.clientX - (box?.left ?? 0) - view.left) / scale,
      y: (event.clientY - (box?.top ?? 0) - view.top) / scale,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button === 1 || (event.button === 0 && tool === "pan")) {
      pan(event, scroller.current);
      return;
    }
    if (event.button !== 0) return;
    if (tool === "text") {
      event.preventDefault();
      addText(studio, placeOf(event));
      return;
    }
    scroller.current?.focus({ preventScroll: true });
    gestures.onGround(event, placeOf(event), setArea);
  };
  const chosen = figure.elements.filter(({ id, hidden }) => selected.has(id) && hidden !== true);
  const bounds = boundsOf(chosen.map(({ frame }) => frame));
  const edited = chosen.length === 1 && chosen[0]?.id === editing ? chosen[0] : null;

  return (
    <div className="artboard">
      <span className="ruler-corner">mm</span>
      <Ruler
        axis="x"
        origin={view.left}
        length={view.width}
        scale={scale}
        marked={bounds && { from: bounds.x, to: bounds.x + bounds.width }}
        pointer={pointer?.x ?? null}
      />
      <Ruler
        axis="y"
        origin={view.top}
        length={view.height}
        scale={scale}
        marked={bounds && { from: bounds.y, to: bounds.y + bounds.height }}
        pointer={pointer?.y ?? null}
      />
      <div
        ref={scroller}
        className="artboard-scroller"
        data-tool={tool}
        role="group"
        aria-label={`Artboard, ${figure.name}, ${String(figure.page.width)} by ${String(figure.page.height)} mm`}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={(event) => {
          onArtboardKey(studio, event);
        }}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => {
          studio.composer.setState({ pointer: placeOf(event) });
        }}
        onPointerLeave={() => {
          studio.composer.setState({ pointer: null });
        }}
      >
        <div
          className="artboard-space"
          style={{
            width: figure.page.width * scale + 2 * MARGIN,
            height: figure.page.height * scale + 2 * MARGIN,
          }}
        >
          <div
            className="artboard-page"
            data-testid="artboard-page"
            style={{ width: figure.page.width * scale, height: figure.page.height * scale }}
          >
            <PagePreview page={page} scale={scale} vision={vision} />
            <ElementBoxes
              page={page}
              rows={rows}
              scale={scale}
              selected={selected}
              onPress={gestures.onElement}
              onOpen={(id) => {
                openElement(studio, id);
              }}
            />
            {edited?.kind === "structure" ? (
              <StructureTurner key={edited.id} element={edited} composed={composed} scale={scale} />
            ) : null}
            {edited?.kind === "text" ? (
              <TextEditor key={edited.id} element={edited} figure={figure} scale={scale} />
            ) : null}
            <SelectionMarks
              bounds={editing === null ? bounds : null}
              area={area}
              drag={drag}
              scale={scale}
              onHandle={gestures.onHandle}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** The element that a person selects elsewhere, such as in Layers, is brought into view. */
function useFocusOnSelection(
  studio: Studio,
  scroller: React.RefObject<HTMLDivElement | null>,
): void {
  useEffect(
    () =>
      studio.composer.subscribe(({ selected, drag }, before) => {
        if (selected === before.selected || selected.size !== 1 || drag !== null) return;
        const [id = ""] = selected;
        scroller.current
          ?.querySelector(`[data-box="${CSS.escape(id)}"]`)
          ?.scrollIntoView({ block: "nearest", inline: "nearest" });
      }),
    [studio, scroller],
  );
}

function pan(event: PointerEvent<HTMLElement>, scroller: HTMLElement | null): void {
  if (scroller === null) return;
  event.preventDefault();
  const { clientX, clientY } = event;
  const { scrollLeft, scrollTop } = scroller;
  const move = (now: globalThis.PointerEvent): void => {
    scroller.scrollTo(scrollLeft - now.clientX + clientX, scrollTop - now.clientY + clientY);
  };
  const up = (): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
}

function addText(studio: Studio, at: { readonly x: number; readonly y: number }): void {
  let added = "";
  editFigure(studio, "Add text", (figure) => {
    const result = addElement(figure, "text", newElementContext(studio), at);
    added = result.id;
    return result.figure;
  });
  selectElements(studio.composer, [added]);
  studio.composer.setState({ tool: "select", editing: added });
}

/** Text is edited, a structure is turned; other kinds are what the inspector is for. */
function openElement(studio: Studio, id: string): void {
  selectElement(studio.composer, id);
  const { document } = studio.project.getState();
  const kinds = (document.figures ?? []).flatMap(({ elements }) =>
    elements.filter((element) => element.id === id).map(({ kind }) => kind),
  );
  if (kinds.includes("text") || kinds.includes("structure")) {
    studio.composer.setState({ editing: id });
  } else studio.view.setState({ inspectorOpen: true });
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** mm. */
const NUDGE = { plain: 0.5, shift: 5 } as const;

function onArtboardKey(studio: Studio, event: KeyboardEvent<HTMLElement>): void {
  const { selected, editing } = studio.composer.getState();
  if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
  const step = STEPS[event.key];
  if (step !== undefined && selected.size > 0 && editing === null) {
    const by = event.shiftKey ? NUDGE.shift : NUDGE.plain;
    event.preventDefault();
    nudge(studio, step[0] * by, step[1] * by);
    return;
  }
  if (event.key === "Escape" && (editing !== null || selected.size > 0)) {
    event.preventDefault();
    if (editing !== null) studio.composer.setState({ editing: null });
    else selectElements(studio.composer, []);
  }
}
