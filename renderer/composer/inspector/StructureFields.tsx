import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition, StructurePanel } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import type { TargetRow } from "../../state/project/targets.ts";
import { structureKey } from "../../state/project/datasetStore.ts";
import { editFigure } from "../composerActions.ts";
import { fitCameraOf, linkCamera, panelsOfCamera, setProjection } from "../edits/figureCameras.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { VariantField } from "./VariantField.tsx";

/** Target, variant and camera of a structure panel. */
export function StructureFields(props: {
  readonly element: StructurePanel;
  readonly figure: FigureDefinition;
  readonly rows: readonly TargetRow[];
}): ReactNode {
  const studio = useStudio();
  const { element, figure, rows } = props;
  const change = (label: string, part: Partial<StructurePanel>): void => {
    editFigure(studio, label, (now) =>
      changeElement<StructurePanel>(now, element.id, (one) => ({ ...one, ...part })),
    );
  };
  const key = structureKey(element.target.dataset, element.target.structure ?? 0);
  const isKnown = rows.some((row) => row.key === key);
  const targets = [
    ...rows.map((row) => ({ value: row.key, label: row.label })),
    ...(isKnown ? [] : [{ value: key, label: `${element.target.dataset} (not in the project)` }]),
  ];
  return (
    <>
      <FieldRow label="Target">
        <SelectField
          label="Target of the panel"
          value={key}
          options={targets}
          onChange={(value) => {
            const row = rows.find((one) => one.key === value);
            if (row === undefined) return;
            const target = { dataset: row.dataset, structure: row.structureIndex };
            change("Change target", { target });
          }}
        />
      </FieldRow>
      <VariantField
        value={element.variant}
        onChange={(variant) => {
          change("Change variant", { variant });
        }}
      />
      <CameraField element={element} figure={figure} />
      <Checkbox
        label="Mean at the top right"
        checked={element.showMean === true}
        onChange={(showMean) => {
          change("Change mean", { showMean: showMean || undefined });
        }}
      />
    </>
  );
}

/** `(a), (b)`: the panels that a camera serves. */
function nameOfCamera(figure: FigureDefinition, camera: string, without: string): string {
  const others = panelsOfCamera(figure, camera).filter(({ id }) => id !== without);
  const letters = others.map(({ letter, id }) => letter ?? id);
  const [first, last] = [letters[0], letters.at(-1)];
  return letters.length > 2 ? `${first ?? ""}–${last ?? ""}` : letters.join(", ");
}

function CameraField(props: {
  readonly element: StructurePanel;
  readonly figure: FigureDefinition;
}): ReactNode {
  const studio = useStudio();
  const { element, figure } = props;
  const isEditing = useStore(studio.composer, (state) => state.editing === element.id);
  const isShared = panelsOfCamera(figure, element.camera).length > 1;
  const shared = [
    ...new Set(figure.elements.flatMap((one) => ("camera" in one ? [one.camera] : []))),
  ]
    .filter((camera): camera is string => camera !== undefined)
    .filter((camera) => panelsOfCamera(figure, camera).some(({ id }) => id !== element.id));
  const camera = element.camera === undefined ? undefined : figure.cameras?.[element.camera];
  const isFitted = camera?.scale === undefined && camera?.target === undefined;
  return (
    <>
      <FieldRow label="Camera">
        <SelectField
          label="Camera of the panel"
          value={isShared ? (element.camera ?? "") : "own"}
          options={[
            { value: "own", label: "Its own" },
            ...shared.map((value) => ({
              value,
              label: `Linked to ${nameOfCamera(figure, value, element.id)}`,
            })),
          ]}
          onChange={(value) => {
            editFigure(studio, "Change camera", (now) =>
              linkCamera(now, element.id, value === "own" ? null : value),
            );
          }}
        />
      </FieldRow>
      <FieldRow label="Projection">
        <Segmented
          label="Projection of the camera"
          value={camera?.projection ?? "orthographic"}
          options={[
            { value: "orthographic", label: "Parallel" },
            { value: "perspective", label: "Perspective" },
          ]}
          onChange={(projection) => {
            editFigure(studio, "Change projection", (now) =>
              setProjection(now, element.id, projection),
            );
          }}
        />
      </FieldRow>
      <div className="button-row tight">
        <Button
          size="small"
          onClick={() => {
            studio.composer.setState({ editing: isEditing ? null : element.id });
          }}
        >
          {isEditing ? "Done turning" : "Turn"}
        </Button>
        <Button
          size="small"
          disabled={isFitted}
          onClick={() => {
            studio.composer.setState({ editing: null });
            editFigure(studio, "Fit structure", (now) => fitCameraOf(now, element.id));
          }}
        >
          Fit
        </Button>
      </div>
    </>
  );
}
