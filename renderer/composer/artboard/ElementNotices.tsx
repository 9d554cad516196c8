import { IconAlertTriangle, IconProgress } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { FigureFrame } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import type { Studio } from "../../state/studio.ts";
import { selectElement } from "../composerStore.ts";
import { ElementNotice } from "./ElementNotice.tsx";
import { stateText, type ElementState } from "../elementStates.ts";
import type { FigurePage } from "./useFigurePage.ts";

/** A frame that is smaller has room for a mark only, CSS px. */
const ROOM = { width: 132, height: 60 } as const;

interface ElementNoticesProps {
  readonly page: FigurePage;
  /** CSS px in a mm. */
  readonly scale: number;
}

/** Over the frames of elements that are not drawn: why, and what would mend it. */
export function ElementNotices({ page, scale }: ElementNoticesProps): ReactNode {
  const { figure, states } = page;
  return figure.elements.map((element) => {
    const state = states.get(element.id);
    if (state === undefined || element.hidden === true) return null;
    const { frame, id } = element;
    const hasRoom = frame.width * scale >= ROOM.width && frame.height * scale >= ROOM.height;
    return (
      <div
        key={id}
        className="element-notice"
        data-notice={id}
        data-state={state.kind}
        style={placeOf(frame, scale)}
      >
        {hasRoom ? (
          <ElementNotice figure={figure} element={element} state={state} />
        ) : (
          <NoticeMark id={id} state={state} />
        )}
      </div>
    );
  });
}

function placeOf({ x, y, width, height }: FigureFrame, scale: number) {
  return { left: x * scale, top: y * scale, width: width * scale, height: height * scale };
}

function openInInspector(studio: Studio, id: string): void {
  selectElement(studio.composer, id);
  studio.view.setState({ inspectorOpen: true });
}

/** The notice itself is in the inspector. */
function NoticeMark(props: { readonly id: string; readonly state: ElementState }): ReactNode {
  const studio = useStudio();
  const { id, state } = props;
  const Icon = state.kind === "reading" ? IconProgress : IconAlertTriangle;
  return (
    <button
      type="button"
      className="notice-mark"
      title={stateText(state)}
      aria-label={stateText(state)}
      onClick={() => {
        openInInspector(studio, id);
      }}
    >
      <Icon size={14} stroke={1.5} />
    </button>
  );
}
