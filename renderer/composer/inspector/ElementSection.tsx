import type { ReactNode } from "react";
import { useStore } from "zustand";
import {
  LEAST_ELEMENT,
  PAGE_LIMITS,
  type FigureDefinition,
  type FigureElement,
  type VariantKey,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { listTargets, type TargetRow } from "../../state/project/targets.ts";
import { ChartFields } from "./ChartFields.tsx";
import { ColoringFields } from "./ColoringFields.tsx";
import { editFigure, placeElements } from "../composerActions.ts";
import { DisplayFields } from "./DisplayFields.tsx";
import { ElementNotice } from "../artboard/ElementNotice.tsx";
import { KIND_NAMES, targetLabel } from "../edits/elementNames.ts";
import { changeElement, framesOf } from "../edits/figureEdits.ts";
import { isSelecting } from "../edits/figureSelections.ts";
import { boundsOf, moveFrames, scaleFrames } from "../artboard/frameGeometry.ts";
import { FieldPair, InspectorPart, LengthField, WordField } from "./InspectorParts.tsx";
import { isPanel, type PanelElement } from "../edits/letters.ts";
import { CurvesField, PanelOfField, ToyFields } from "./PanelChoices.tsx";
import { SelectionFields } from "./SelectionFields.tsx";
import { StructureFields } from "./StructureFields.tsx";
import { TextFields } from "./TextFields.tsx";

/** Frame and content of what is selected. */
export function ElementSection(props: {
  readonly figure: FigureDefinition;
  readonly chosen: readonly FigureElement[];
}): ReactNode {
  const studio = useStudio();
  const { figure, chosen } = props;
  const rows = listTargets(
    useStore(studio.project, (state) => state.document),
    useStore(studio.datasets, (state) => state.summaries),
  );
  const [only] = chosen;
  if (only === undefined) return null;
  if (chosen.length > 1) {
    return (
      <InspectorPart title={`${String(chosen.length)} elements`}>
        <FrameFields figure={figure} chosen={chosen} />
      </InspectorPart>
    );
  }
  const letter = "letter" in only ? only.letter : undefined;
  const title = letter === undefined ? KIND_NAMES[only.kind] : `Panel ${letter}`;
  const note = only.kind === "structure" ? targetLabel(only.target, rows) : undefined;
  const label = note ?? (letter === undefined ? undefined : KIND_NAMES[only.kind]);
  return (
    <InspectorPart title={title} note={label === title ? undefined : label}>
      <NoticeOf figure={figure} element={only} />
      <FrameFields figure={figure} chosen={chosen} />
      <KindFields element={only} figure={figure} rows={rows} />
      <ColoringFields key={only.id} element={only} figure={figure} />
    </InspectorPart>
  );
}

/** The same as on the page, where its frame may have no room. */
function NoticeOf(props: {
  readonly figure: FigureDefinition;
  readonly element: FigureElement;
}): ReactNode {
  const studio = useStudio();
  const state = useStore(studio.composer, ({ states }) => states.get(props.element.id));
  if (state === undefined) return null;
  return (
    <div className="inspector-notice" role="status">
      <ElementNotice {...props} state={state} />
    </div>
  );
}

interface KindFieldsProps {
  readonly element: FigureElement;
  readonly figure: FigureDefinition;
  readonly rows: readonly TargetRow[];
}

/** What only elements of one kind have. */
function KindFields({ element, figure, rows }: KindFieldsProps): ReactNode {
  const words = isPanel(element) ? <PanelWords element={element} /> : null;
  switch (element.kind) {
    case "text":
      return <TextFields element={element} figure={figure} />;
    case "structure":
      return (
        <>
          {words}
          <StructureFields element={element} figure={figure} rows={rows} />
          <DisplayFields element={element} figure={figure} />
          <SelectionFields element={element} figure={figure} />
        </>
      );
    case "map":
    case "scatter":
    case "parity":
    case "distribution":
      return (
        <>
          {words}
          <ChartFields element={element} figure={figure} rows={rows} />
          {isSelecting(element) ? <SelectionFields element={element} figure={figure} /> : null}
        </>
      );
    case "toy":
      return (
        <>
          {words}
          <ToyFields element={element} />
        </>
      );
    case "variants":
      return <KeyFields element={element} />;
    case "scaleBar":
    case "triad":
      return <PanelOfField element={element} figure={figure} rows={rows} />;
    case "legend":
      return null;
  }
}

function KeyFields({ element }: { readonly element: VariantKey }): ReactNode {
  const studio = useStudio();
  return (
    <CurvesField
      element={element}
      change={(label, part) => {
        editFigure(studio, label, (now) =>
          changeElement<VariantKey>(now, element.id, (one) => ({ ...one, ...part })),
        );
      }}
    />
  );
}

/** Place and size; of several elements those of the frame around them. */
function FrameFields(props: {
  readonly figure: FigureDefinition;
  readonly chosen: readonly FigureElement[];
}): ReactNode {
  const studio = useStudio();
  const { figure, chosen } = props;
  const ids = chosen.map(({ id }) => id);
  const keepAspect = useStore(studio.composer, (state) => state.keepAspect);
  const frames = framesOf(figure, ids);
  const bounds = boundsOf(frames.values());
  if (bounds === null) return null;
  const key = `frame ${ids.join()}`;
  const isKept = ids.every((id) => keepAspect.has(id));
  const moveTo = (x: number, y: number): void => {
    placeElements(studio, "Move", moveFrames(frames, x - bounds.x, y - bounds.y), key);
  };
  const resizeTo = (width: number, height: number): void => {
    const ratio = bounds.height / bounds.width;
    const isWide = width !== bounds.width;
    const size = !isKept
      ? { width, height }
      : isWide
        ? { width, height: width * ratio }
        : { width: height / ratio, height };
    placeElements(studio, "Resize", scaleFrames(frames, bounds, { ...bounds, ...size }), key);
  };
  const place = { min: -PAGE_LIMITS.max, max: PAGE_LIMITS.max };
  const size = { min: LEAST_ELEMENT, max: PAGE_LIMITS.max };
  return (
    <>
      <FieldPair>
        <LengthField
          label="Left edge"
          short="X"
          value={bounds.x}
          {...place}
          onChange={(x) => {
            moveTo(x, bounds.y);
          }}
        />
        <LengthField
          label="Upper edge"
          short="Y"
          value={bounds.y}
          {...place}
          onChange={(y) => {
            moveTo(bounds.x, y);
          }}
        />
      </FieldPair>
      <FieldPair>
        <LengthField
          label="Width"
          short="W"
          value={bounds.width}
          {...size}
          onChange={(width) => {
            resizeTo(width, bounds.height);
          }}
        />
        <LengthField
          label="Height"
          short="H"
          value={bounds.height}
          {...size}
          onChange={(height) => {
            resizeTo(bounds.width, height);
          }}
        />
      </FieldPair>
      <Checkbox
        label="Keep aspect"
        checked={isKept}
        onChange={(checked) => {
          const next = new Set(keepAspect);
          for (const id of ids) {
            if (checked) next.add(id);
            else next.delete(id);
          }
          studio.composer.setState({ keepAspect: next });
        }}
      />
    </>
  );
}

function PanelWords({ element }: { readonly element: PanelElement }): ReactNode {
  const studio = useStudio();
  const change = (label: string, part: Partial<PanelElement>): void => {
    editFigure(studio, label, (now) =>
      changeElement<PanelElement>(now, element.id, (one) => ({ ...one, ...part }) as PanelElement),
    );
  };
  const hasWords = element.letter !== undefined || element.title !== undefined;
  return (
    <>
      <FieldRow label="Letter, title">
        <span className="letter-and-title">
          <WordField
            label="Letter"
            value={element.letter ?? ""}
            onChange={(letter) => {
              change("Edit letter", { letter: letter === "" ? undefined : letter.slice(0, 20) });
            }}
          />
          <WordField
            label="Title of the panel"
            value={element.title ?? ""}
            onChange={(title) => {
              change("Edit title", { title: title === "" ? undefined : title });
            }}
          />
        </span>
      </FieldRow>
      <Checkbox
        label="Room for letter and title"
        checked={element.header ?? hasWords}
        onChange={(header) => {
          change("Change header", { header: header === hasWords ? undefined : header });
        }}
      />
    </>
  );
}
