import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { Button, IconButton } from "../../components/Button.tsx";
import { SelectField } from "../../components/SelectField.tsx";

const CELL_DIRECTIONS = [
  { axis: "a", command: "view.alongA" },
  { axis: "b", command: "view.alongB" },
  { axis: "c", command: "view.alongC" },
] as const;

/** Along the cell vectors; x, y and z are in the view bar. */
export function LookRow(): ReactNode {
  const { studio, run } = useStudioContext();
  const { activeTarget } = useScene();
  const structures = useStore(studio.datasets, (state) => state.structures);
  const hasCell = (structures.get(activeTarget?.key ?? "")?.cell ?? null) !== null;
  return (
    <div className="field-row">
      <span className="field-label">Look along</span>
      <span className="look-buttons">
        {CELL_DIRECTIONS.map(({ axis, command }) => (
          <IconButton
            key={axis}
            label={`Look along ${axis}`}
            shortcut={axis.toUpperCase()}
            icon={<span className="axis-letter">{axis}</span>}
            disabled={!hasCell}
            onClick={() => {
              run(command);
            }}
          />
        ))}
        <span className="status-space" />
        <Button
          size="small"
          onClick={() => {
            run("view.reset");
          }}
        >
          Reset
        </Button>
      </span>
    </div>
  );
}

export function ProjectionRow(): ReactNode {
  const { studio } = useStudioContext();
  const projection = useStore(studio.view, (state) => state.projection);
  return (
    <div className="field-row">
      <span className="field-label">Projection</span>
      <SelectField
        label="Projection"
        value={projection}
        options={[
          { value: "orthographic", label: "Orthographic" },
          { value: "perspective", label: "Perspective" },
        ]}
        onChange={(value) => {
          studio.view.setState({
            projection: value === "perspective" ? "perspective" : "orthographic",
          });
        }}
      />
    </div>
  );
}
