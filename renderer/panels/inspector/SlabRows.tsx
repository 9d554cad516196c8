import { IconViewfinder } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { Segmented, Slider } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SLAB_THICKNESS, type SlabSettings } from "../../state/display/displaySettings.ts";

const CHOICES = [
  { value: "off", label: "Off" },
  { value: "a", label: "a" },
  { value: "b", label: "b" },
  { value: "c", label: "c" },
  { value: "view", label: "View" },
] as const;

type Choice = (typeof CHOICES)[number]["value"];

const START = { position: 0.5, thickness: 6 } as const;
const POSITION = { min: 0, max: 100, step: 1 } as const;

/** Only a slab is drawn: between two lattice planes, or planes that face the view of the moment. */
export function SlabRows(): ReactNode {
  const { studio, viewsRef } = useStudioContext();
  const slab = useStore(studio.view, (state) => state.slab);
  const choice: Choice =
    slab === null ? "off" : typeof slab.along === "string" ? slab.along : "view";
  const choose = (value: Choice): void => {
    if (value === "off") studio.view.setState({ slab: null });
    else change({ along: value === "view" ? viewsRef.current.direction() : value });
  };
  const change = (part: Partial<SlabSettings>): void => {
    studio.view.setState({ slab: { ...START, along: "c", ...slab, ...part } });
  };
  return (
    <>
      <div className="field-row">
        <span className="field-label" title="Along a, b, c: between lattice planes">
          Slab
        </span>
        <span className="slab-choice">
          <Segmented label="Slab" value={choice} options={CHOICES} onChange={choose} />
          {choice === "view" ? (
            <IconButton
              label="Turn the slab to face the view"
              icon={<IconViewfinder size={16} stroke={1.5} />}
              onClick={() => {
                choose("view");
              }}
            />
          ) : null}
        </span>
      </div>
      {slab === null ? null : <SlabSize slab={slab} onChange={change} />}
    </>
  );
}

function SlabSize(props: {
  readonly slab: SlabSettings;
  readonly onChange: (part: Partial<SlabSettings>) => void;
}): ReactNode {
  const { slab, onChange } = props;
  const setPosition = (percent: number): void => {
    onChange({ position: Math.min(1, Math.max(0, percent / 100)) });
  };
  const setThickness = (value: number): void => {
    const { min, max } = SLAB_THICKNESS;
    onChange({ thickness: Math.min(max, Math.max(min, value)) });
  };
  const percent = Math.round(slab.position * 100);
  return (
    <>
      <div className="field-row radius-row">
        <span className="field-label">Position</span>
        <span className="radius-fields">
          <Slider label="Slab position" value={percent} {...POSITION} onChange={setPosition} />
          <NumberField
            label="Position of the slab"
            value={percent}
            unit="%"
            step={1}
            onChange={setPosition}
          />
        </span>
      </div>
      <div className="field-row radius-row">
        <span className="field-label">Thickness</span>
        <span className="radius-fields">
          <Slider
            label="Slab thickness"
            value={slab.thickness}
            {...SLAB_THICKNESS}
            onChange={setThickness}
          />
          <NumberField
            label="Thickness of the slab"
            value={slab.thickness}
            unit="Å"
            step={SLAB_THICKNESS.step}
            onChange={setThickness}
          />
        </span>
      </div>
    </>
  );
}
