/** Why a command cannot be carried out now, in words that say what would change it. */
import type { CommandId } from "../../../src/contract/commands.ts";
import { COMPOSER_REASONS, isForeign } from "../../composer/composerCommands.ts";
import { isCommandEnabled } from "./commandActions.ts";
import { missingForCompute } from "../project/documentEdits.ts";
import type { Studio } from "../studio.ts";

const NOTHING_SHOWN = "Open a structure to look at first";
const NOTHING_SELECTED = "Select atoms first";

const REASONS: Readonly<Partial<Record<CommandId, string>>> = {
  ...COMPOSER_REASONS,
  "project.new": "Nothing is open",
  "project.save": "Nothing is open",
  "project.saveAs": "Nothing is open",
  "project.editParts": "Open structures first",
  "project.importFeatures": "Open the structures that the features belong to first",
  "edit.undo": "Nothing to undo",
  "edit.redo": "Nothing to redo",
  "selection.clear": NOTHING_SELECTED,
  "selection.grow": NOTHING_SELECTED,
  "compute.cancel": "Nothing runs",
  "compute.crystal": "Open structures first: crystals are made of their species",
  "view.alongA": "The structure has no cell",
  "view.alongB": "The structure has no cell",
  "view.alongC": "The structure has no cell",
};

/** null when the command can be carried out. */
export function whyDisabled(studio: Studio, id: CommandId): string | null {
  if (isCommandEnabled(studio, id)) return null;
  const { learnOpen } = studio.view.getState();
  const isAbout = (group: string): boolean => id.startsWith(`${group}.`);
  if (learnOpen && !isAbout("edit") && !isAbout("project")) return "Close the Learn view first";
  if (isForeign(studio, id)) return "Not in the Figure workspace";
  if (id === "compute.run") {
    return missingForCompute(studio.project.getState().document) ?? "A computation runs already";
  }
  return REASONS[id] ?? NOTHING_SHOWN;
}
