import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import type { FigureElement, FigureFrame } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import type { Studio } from "../../state/studio.ts";
import { listTargets } from "../../state/project/targets.ts";
import { editFigure, nudge } from "../composerActions.ts";
import { selectElement, selectElements, toolInHand } from "../composerStore.ts";
import { ElementBoxes } from "./ElementBoxes.tsx";
import { ElementNotices } from "./ElementNotices.tsx";
import { boundsOf } from "./frameGeometry.ts";
import { addElement } from "../edits/newElements.ts";
import { newElementContext } from "../edits/newElementContext.ts";
import { PagePreview } from "./PagePreview.tsx";
import { Ruler } from "./Rulers.tsx";
import { SelectionMarks } from "./SelectionMarks.tsx";
import { StructureTurner } from "./StructureTurner.tsx";
import { TextEditor } from "./TextEditor.tsx";
import { useArtboardGestures } from "./useArtboardGestures.ts";
import { startPan, useSpacePan } from "./useArtboardPan.ts";
import { useArtboardZoom, MARGIN, type ArtboardWindow } from "./useArtboardZoom.ts";
import type { FigurePage } from "./useFigurePage.ts";

/** The page in mm with rulers: what lies on it is selected, moved and resized by hand or by keys. */
export function Artboard({ page }: { readonly page: FigurePage }): ReactNode {
  const studio = useStudio();
  const { figure } = page;
  const scroller = useRef<HTMLDivElement>(null);
  const { scale, view, onScroll } = useArtboardZoom(scroller, figure.page);
  const { selected, vision, drag, editing, pointer } = useStore(studio.composer);
  const tool = useStore(studio.composer, toolInHand);
  const [area, setArea] = useState<FigureFrame | null>(null);
  const ratios = useStore(studio.composer, (state) => state.keepAspect);
  const gestures = useArtboardGestures(scale, (id) => ratios.has(id));
  const rows = listTargets(
    useStore(studio.project, (state) => state.document),
    useStore(studio.datasets, (state) => state.summaries),
  );
  useFocusOnSelection(studio, scroller);
  useSpacePan(scroller);
  useForgottenPointer(studio);

  const placeOf = (event: PointerEvent): { readonly x: number; readonly y: number } => {
    const box = scroller.current?.getBoundingClientRect();
    return {
      x: (event.clientX - (box?.left ?? 0) - view.left) / scale,
      y: (event.clientY - (box?.top ?? 0) - view.top) / scale,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button === 1 || (event.button === 0 && tool === "pan")) {
      startPan(event, scroller.current, studio.composer);
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
  const frames = chosen.map(({ frame }) => frame);
  const bounds = boundsOf(frames);
  const edited = chosen.length === 1 && chosen[0]?.id === editing ? chosen[0] : null;

  return (
    <div className="artboard">
      <span className="ruler-corner">mm</span>
      <ArtboardRulers view={view} scale={scale} bounds={bounds} pointer={pointer} />
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
            <ElementNotices page={page} scale={scale} />
            <InPlace page={page} element={edited} scale={scale} />
            <SelectionMarks
              bounds={editing === null ? bounds : null}
              members={frames.length > 1 ? frames : []}
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

/** Words are edited and structures turned where they are; null: nothing is. */
function InPlace(props: {
  readonly page: FigurePage;
  readonly element: FigureElement | null;
  readonly scale: number;
}): ReactNode {
  const { page, element, scale } = props;
  if (element?.kind === "structure") {
    return (
      <StructureTurner key={element.id} element={element} composed={page.composed} scale={scale} />
    );
  }
  if (element?.kind !== "text") return null;
  return <TextEditor key={element.id} element={element} figure={page.figure} scale={scale} />;
}

/** What the selection spans and where the pointer is, in mm. */
function ArtboardRulers(props: {
  readonly view: ArtboardWindow;
  readonly scale: number;
  readonly bounds: FigureFrame | null;
  readonly pointer: { readonly x: number; readonly y: number } | null;
}): ReactNode {
  const { view, scale, bounds, pointer } = props;
  return (
    <>
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
    </>
  );
}

/** The pointer is on no page any more when the artboard goes. */
function useForgottenPointer(studio: Studio): void {
  useEffect(
    () => () => {
      studio.composer.setState({ pointer: null });
    },
    [studio],
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
const NUDGE = { plain: 0.5, shift: 5, alt: 0.1 } as const;

function onArtboardKey(studio: Studio, event: KeyboardEvent<HTMLElement>): void {
  const { selected, editing } = studio.composer.getState();
  if (event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
  const step = STEPS[event.key];
  if (step !== undefined && selected.size > 0 && editing === null) {
    const by = event.shiftKey ? NUDGE.shift : event.altKey ? NUDGE.alt : NUDGE.plain;
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
