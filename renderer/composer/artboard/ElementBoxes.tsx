import type { PointerEvent, ReactNode } from "react";
import { useStudio } from "../../app/StudioContext.tsx";
import type { TargetRow } from "../../state/project/targets.ts";
import { selectElement, toolInHand } from "../composerStore.ts";
import { stateText } from "../elementStates.ts";
import { elementName, KIND_NAMES, sizeText } from "../edits/elementNames.ts";
import type { FigurePage } from "./useFigurePage.ts";

interface ElementBoxesProps {
  readonly page: FigurePage;
  readonly rows: readonly TargetRow[];
  /** CSS px in a mm. */
  readonly scale: number;
  readonly selected: ReadonlySet<string>;
  readonly onPress: (id: string, event: PointerEvent<HTMLElement>) => void;
  readonly onOpen: (id: string) => void;
}

/** What is pressed, focused and read aloud: one box for each element, over what is drawn. */
export function ElementBoxes(props: ElementBoxesProps): ReactNode {
  const studio = useStudio();
  const { page, rows, scale, selected } = props;
  const { figure, states } = page;
  return figure.elements.map((element) => {
    if (element.hidden === true) return null;
    const { id, frame, kind } = element;
    const state = states.get(id);
    const name = elementName(element, rows);
    const label = [
      kind === "structure" || kind === "text" ? `${KIND_NAMES[kind]} ${name}` : name,
      sizeText(frame),
      ...(state === undefined ? [] : [stateText(state)]),
    ].join(", ");
    return (
      <div
        key={id}
        className="element-box"
        role="button"
        tabIndex={0}
        data-box={id}
        data-kind={kind}
        aria-label={label}
        aria-pressed={selected.has(id)}
        style={{
          left: frame.x * scale,
          top: frame.y * scale,
          width: frame.width * scale,
          height: frame.height * scale,
        }}
        onFocus={() => {
          const isKeyboard = document.documentElement.dataset["input"] === "keyboard";
          if (isKeyboard && !selected.has(id)) selectElement(studio.composer, id);
        }}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          if (event.key === "Enter") {
            event.preventDefault();
            props.onOpen(id);
          }
        }}
        onKeyUp={(event) => {
          // Not with the press: Space that is held shifts the view.
          if (event.key !== " " || studio.composer.getState().spacePan === "moved") return;
          selectElement(studio.composer, id, event.shiftKey);
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || toolInHand(studio.composer.getState()) !== "select") return;
          event.stopPropagation();
          props.onPress(id, event);
        }}
        onDoubleClick={() => {
          props.onOpen(id);
        }}
      />
    );
  });
}
