import { IconAlertTriangle } from "@tabler/icons-react";
import type { PointerEvent, ReactNode } from "react";
import { useStudio } from "../app/StudioContext.tsx";
import type { TargetRow } from "../state/targets.ts";
import { selectElement } from "./composerStore.ts";
import { elementName, KIND_NAMES, sizeText } from "./elementNames.ts";
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
  const { figure, problems } = page;
  return figure.elements.map((element) => {
    if (element.hidden === true) return null;
    const { id, frame, kind } = element;
    const problem = problems.get(id);
    const name = elementName(element, rows);
    const label = [
      kind === "structure" || kind === "text" ? `${KIND_NAMES[kind]} ${name}` : name,
      sizeText(frame),
      ...(problem === undefined ? [] : [problem]),
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
          } else if (event.key === " ") {
            event.preventDefault();
            selectElement(studio.composer, id, event.shiftKey);
          }
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || studio.composer.getState().tool !== "select") return;
          event.stopPropagation();
          props.onPress(id, event);
        }}
        onDoubleClick={() => {
          props.onOpen(id);
        }}
      >
        {problem === undefined ? null : (
          <span className="element-problem" title={problem}>
            <IconAlertTriangle size={14} stroke={1.5} />
          </span>
        )}
      </div>
    );
  });
}
