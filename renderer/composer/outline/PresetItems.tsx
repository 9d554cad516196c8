import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { lackText } from "../../figure/presets/facts.ts";
import { offeredPresets, type OfferedPreset } from "../edits/newFigures.ts";
import { choosePreset, remedyOf } from "./presetRemedies.ts";

/** What can be made follows the project: a component of its own, drawn when the menu opens. */
export function PresetItems(): ReactNode {
  const studio = useStudio();
  useStore(studio.project, (state) => state.document);
  useStore(studio.datasets, (state) => state.summaries);
  return offeredPresets(studio).map((preset) => <PresetItem key={preset.id} preset={preset} />);
}

/** Chosen, it is made; where the project lacks something, that is what choosing it brings first. */
function PresetItem({ preset }: { readonly preset: OfferedPreset }): ReactNode {
  const { studio, run } = useStudioContext();
  const remedy = remedyOf(preset);
  const lacks = lackText(preset.lacks);
  return (
    <DropdownMenu.Item
      className="menu-item two-lines preset-item"
      textValue={preset.label}
      data-lacking={lacks !== null}
      disabled={lacks !== null && remedy === null}
      onSelect={() => {
        choosePreset(studio, run, preset);
      }}
    >
      <span>{preset.label}</span>
      <span className="menu-note">{lacks ?? preset.after}</span>
      {remedy === null ? null : <span className="preset-remedy">{remedy}</span>}
    </DropdownMenu.Item>
  );
}
