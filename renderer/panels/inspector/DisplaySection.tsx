import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox, Slider } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { BOND_RADIUS_RANGE, RADIUS_RANGE } from "../../state/display/displaySettings.ts";
import { ImageRows } from "./ImageRows.tsx";
import { LookRow, ProjectionRow } from "./LookRow.tsx";
import { SlabRows } from "./SlabRows.tsx";

export function DisplaySection(): ReactNode {
  const studio = useStudio();
  const view = useStore(studio.view);
  const setRadius = (radius: number): void => {
    studio.view.setState({
      radius: Math.min(RADIUS_RANGE.max, Math.max(RADIUS_RANGE.min, radius)),
    });
  };
  return (
    <section className="inspector-section" aria-label="Display">
      <h2>Display</h2>
      <LookRow />
      <ProjectionRow />
      <div className="field-row radius-row">
        <span className="field-label">Radius</span>
        <span className="radius-fields">
          <Slider label="Radius" value={view.radius} {...RADIUS_RANGE} onChange={setRadius} />
          <NumberField
            label="Radius of a carbon atom"
            value={view.radius}
            unit="Å"
            step={RADIUS_RANGE.step}
            format={(value) => value.toFixed(2)}
            onChange={setRadius}
          />
        </span>
      </div>
      {view.showBonds ? <BondRadiusRow /> : null}
      <SlabRows />
      <ImageRows />
      <div className="check-grid">
        <Checkbox
          label="Bonds"
          checked={view.showBonds}
          onChange={(showBonds) => {
            studio.view.setState({ showBonds });
          }}
        />
        <Checkbox
          label="Occlusion"
          checked={view.occlusion}
          onChange={(occlusion) => {
            studio.view.setState({ occlusion });
          }}
        />
        <Checkbox
          label="Scale bar"
          checked={view.showScaleBar}
          onChange={(showScaleBar) => {
            studio.view.setState({ showScaleBar });
          }}
        />
        <Checkbox
          label="Cell"
          checked={view.showCell}
          onChange={(showCell) => {
            studio.view.setState({ showCell });
          }}
        />
        <Checkbox
          label="Axes"
          checked={view.showAxes}
          onChange={(showAxes) => {
            studio.view.setState({ showAxes });
          }}
        />
      </div>
    </section>
  );
}

function BondRadiusRow(): ReactNode {
  const studio = useStudio();
  const bondRadius = useStore(studio.view, (state) => state.bondRadius);
  const { min, max } = BOND_RADIUS_RANGE;
  const setRadius = (value: number): void => {
    studio.view.setState({ bondRadius: Math.min(max, Math.max(min, value)) });
  };
  return (
    <div className="field-row radius-row">
      <span className="field-label" title="Never drawn thicker than the atoms">
        Bond radius
      </span>
      <span className="radius-fields">
        <Slider
          label="Bond radius"
          value={bondRadius}
          {...BOND_RADIUS_RANGE}
          onChange={setRadius}
        />
        <NumberField
          label="Radius of bonds"
          value={bondRadius}
          unit="Å"
          step={BOND_RADIUS_RANGE.step}
          format={(value) => value.toFixed(2)}
          onChange={setRadius}
        />
      </span>
    </div>
  );
}
