import { useState, type ReactNode } from "react";
import type { FigureDefinition, TextElement } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { POINT } from "../../figure/page/displayList.ts";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";
import { editFigure } from "../composerActions.ts";
import { changeElement } from "../edits/figureEdits.ts";

const FAMILIES = { inter: "Inter", arimo: "Arimo", tinos: "Tinos" } as const;

interface TextEditorProps {
  readonly element: TextElement;
  readonly figure: FigureDefinition;
  /** CSS px in a mm. */
  readonly scale: number;
}

/** Words in their place. Leaving or Ctrl Enter takes them, Escape does not. */
export function TextEditor({ element, figure, scale }: TextEditorProps): ReactNode {
  const studio = useStudio();
  const [text, setText] = useState(element.text);
  const { frame, size, bold, align = "start" } = element;
  const points = size ?? figure.style?.titleSize ?? STYLE_DEFAULTS.titleSize;
  const isTurned = element.turn !== undefined && element.turn !== 0;
  // Turned words are edited lying down, where they begin.
  const width = Math.max(isTurned ? frame.height : frame.width, 20) * scale;
  const height = Math.max(isTurned ? frame.width : frame.height, 6) * scale;
  const take = (): void => {
    studio.composer.setState(({ editing }) => (editing === element.id ? { editing: null } : {}));
    const words = text.trim();
    if (words === "" || words === element.text) return;
    editFigure(studio, "Edit text", (now) =>
      changeElement<TextElement>(now, element.id, (before) => ({ ...before, text: words })),
    );
  };
  return (
    <textarea
      className="artboard-text"
      aria-label="Text"
      value={text}
      autoFocus
      spellCheck={false}
      style={{
        left: frame.x * scale,
        top: frame.y * scale,
        width,
        height,
        fontFamily: `"${FAMILIES[figure.style?.font ?? STYLE_DEFAULTS.font]}"`,
        fontSize: points * POINT * scale,
        fontWeight: bold === true ? 700 : 400,
        textAlign: align === "middle" ? "center" : align,
      }}
      onFocus={(event) => {
        event.target.select();
      }}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
      onBlur={take}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") {
          setText(element.text);
          studio.composer.setState({ editing: null });
        }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          take();
        }
      }}
    />
  );
}
