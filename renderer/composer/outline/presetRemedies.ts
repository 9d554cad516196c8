/** What brings what a project lacks for a preset: said in the menu, done when it is chosen there. */
import type { CommandId } from "../../../src/contract/commands.ts";
import type { PresetNeed } from "../../figure/presets/facts.ts";
import { addMap } from "../../state/project/documentEdits.ts";
import { offerCommittee } from "../../state/grid/viewStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { attempt, type Studio } from "../../state/studio.ts";
import { createFigure } from "../composerActions.ts";
import { presetFigure, type OfferedPreset } from "../edits/newFigures.ts";

const REMEDIES: Readonly<Record<Exclude<PresetNeed, "reading">, string>> = {
  target: "Open files…",
  variant: "Add a variant…",
  map: "Add a kernel map",
  committee: "Add a committee…",
  otherModel: "Open files…",
};

/** What choosing a preset does first; null: nothing is lacking, or nothing but time helps. */
export function remedyOf({ lacks }: OfferedPreset): string | null {
  const [first] = lacks;
  return first === undefined || first.need === "reading" ? null : REMEDIES[first.need];
}

/** The figure, or what it waits for. */
export function choosePreset(
  studio: Studio,
  run: (id: CommandId) => void,
  preset: OfferedPreset,
): void {
  const [first, ...others] = preset.lacks;
  const make = (): void => {
    attempt(studio, `${preset.label} was not made`, () => {
      createFigure(studio, presetFigure(studio, preset.id));
      return Promise.resolve();
    });
  };
  switch (first?.need) {
    case undefined:
      make();
      return;
    case "reading":
      return;
    case "map":
      changeDocument(studio.project, "Add a kernel map", addMap);
      if (others.length === 0) make();
      else choosePreset(studio, run, { ...preset, lacks: others });
      return;
    case "variant":
      studio.view.setState({ dialog: "variant" });
      return;
    case "committee":
      offerCommittee(studio.view);
      return;
    case "target":
    case "otherModel":
      run("project.open");
  }
}
