import type { ReactNode } from "react";
import { useStore } from "zustand";
import type {
  FigureDefinition,
  FigureFont,
  FigureStyle,
  StructurePanel,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { editFigure } from "../composerActions.ts";
import { FieldPair, InspectorPart, LengthField } from "./InspectorParts.tsx";
import {
  isPanel,
  letterPanels,
  letterStyleOf,
  LETTER_STYLES,
  type LetterStyle,
} from "../edits/letters.ts";

const FONTS: readonly { readonly value: FigureFont; readonly label: string }[] = [
  { value: "inter", label: "Inter" },
  { value: "arimo", label: "Arimo (as Arial)" },
  { value: "tinos", label: "Tinos (as Times)" },
];

type Size = "titleSize" | "labelSize" | "tickSize" | "letterSize" | "lineWidth" | "pointRadius";

const SIZES: readonly {
  readonly key: Size;
  readonly note: string;
  readonly label: string;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}[] = [
  { key: "titleSize", note: "titles", label: "Size of titles", step: 0.5, min: 1, max: 200 },
  { key: "labelSize", note: "labels", label: "Size of labels", step: 0.5, min: 1, max: 200 },
  { key: "tickSize", note: "ticks", label: "Size of numbers", step: 0.5, min: 1, max: 200 },
  { key: "letterSize", note: "letters", label: "Size of letters", step: 0.5, min: 1, max: 200 },
  { key: "lineWidth", note: "lines", label: "Width of lines", step: 0.1, min: 0.1, max: 20 },
  { key: "pointRadius", note: "points", label: "Radius of points", step: 0.1, min: 0.1, max: 50 },
];

/** Letters and lines of the whole figure, and what of them is too small. */
export function TextSection({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  const style = { ...STYLE_DEFAULTS, ...figure.style };
  const change = (part: FigureStyle, key: string): void => {
    editFigure(
      studio,
      "Change text",
      (now) => ({ ...now, style: { ...now.style, ...part } }),
      `style ${key}`,
    );
  };
  return (
    <InspectorPart title="Text and lines">
      <FieldRow label="Font">
        <SelectField
          label="Font"
          value={style.font ?? STYLE_DEFAULTS.font}
          options={FONTS}
          onChange={(font) => {
            change({ font: font as FigureFont }, "font");
          }}
        />
      </FieldRow>
      {[0, 2, 4].map((at) => (
        <FieldPair key={at}>
          {SIZES.slice(at, at + 2).map(({ key, ...size }) => (
            <LengthField
              key={key}
              unit="pt"
              {...size}
              value={style[key] ?? STYLE_DEFAULTS[key]}
              onChange={(value) => {
                change({ [key]: value }, key);
              }}
            />
          ))}
        </FieldPair>
      ))}
      <LettersRow figure={figure} />
      <MeanRow figure={figure} />
      <Warnings />
    </InspectorPart>
  );
}

/** Letters in reading order; they stay so while panels come, go and move. */
function LettersRow({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  if (!figure.elements.some(isPanel)) return null;
  const style = letterStyleOf(figure);
  const options = [
    ...LETTER_STYLES.map((value) => ({
      value: value,
      label: `${value} in reading order`,
    })),
    { value: "none", label: "None" },
    ...(style === null ? [{ value: "own", label: "As written" }] : []),
  ];
  return (
    <FieldRow label="Letters">
      <SelectField
        label="Letters of panels"
        value={style ?? "own"}
        options={options}
        onChange={(value) => {
          if (value === "own") return;
          editFigure(studio, "Letter panels", (now) =>
            letterPanels(now, value as LetterStyle | "none"),
          );
        }}
      />
    </FieldRow>
  );
}

function MeanRow({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  const panels = figure.elements.filter(({ kind }) => kind === "structure") as StructurePanel[];
  if (panels.length === 0) return null;
  return (
    <Checkbox
      label="Mean in each structure panel"
      checked={panels.every(({ showMean }) => showMean === true)}
      onChange={(checked) => {
        editFigure(studio, checked ? "Show means" : "Hide means", (now) => ({
          ...now,
          elements: now.elements.map((element) =>
            element.kind === "structure" ? { ...element, showMean: checked || undefined } : element,
          ),
        }));
      }}
    />
  );
}

/** What should be mended before the figure is sent off. */
function Warnings(): ReactNode {
  const studio = useStudio();
  const warnings = useStore(studio.composer, (state) => state.warnings);
  if (warnings.length === 0) return null;
  return (
    <ul className="figure-warnings" role="status" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
