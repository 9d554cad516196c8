/** What brings what a project lacks for a preset: said in the menu, done when it is chosen there. */
import type { CommandId } from "../../../src/contract/commands.ts";
import type { PresetNeed } from "../../figure/presets/facts.ts";
import { addMap } from "../../state/project/documentEdits.ts";
import { offerCommittee } from "../../state/grid/viewStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { attempt, type Studio } from "../../state/studio.ts";
import { createFigure } from "../composerActions.ts";
import { offeredPresets, presetFigure, type OfferedPreset } from "../edits/newFigures.ts";

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

type Run = (id: CommandId) => void;

/** The figure, or what it waits for; it goes on by itself once a dialog has brought that. */
export function choosePreset(studio: Studio, run: Run, preset: OfferedPreset): void {
  const [first, ...others] = preset.lacks;
  switch (first?.need) {
    case undefined:
      attempt(studio, `${preset.label} was not made`, () => {
        createFigure(studio, presetFigure(studio, preset.id));
        return Promise.resolve();
      });
      return;
    case "reading":
      return;
    case "map":
      changeDocument(studio.project, "Add a kernel map", addMap);
      choosePreset(studio, run, { ...preset, lacks: others });
      return;
    case "variant":
      studio.view.setState({ dialog: "variant" });
      goOnAfterDialog(studio, run, preset.id, "variant");
      return;
    case "committee":
      offerCommittee(studio.view);
      goOnAfterDialog(studio, run, preset.id, "committee");
      return;
    case "target":
    case "otherModel":
      run("project.open");
  }
}

/** Chooses a preset again when the open dialog closes, unless it was cancelled. */
function goOnAfterDialog(studio: Studio, run: Run, id: string, brought: PresetNeed): void {
  const { dialog } = studio.view.getState();
  const stop = studio.view.subscribe((state) => {
    if (state.dialog === dialog) return;
    stop();
    const preset = offeredPresets(studio).find((one) => one.id === id);
    if (preset === undefined || preset.lacks.some(({ need }) => need === brought)) return;
    choosePreset(studio, run, preset);
  });
}
