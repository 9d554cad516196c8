/** What the commands of the Figure workspace do, and when they can be carried out. */
import type { CommandId } from "../../src/contract/commands.ts";
import { attempt, type Studio } from "../state/studio.ts";
import {
  alignSelection,
  copySelection,
  createFigure,
  currentFigure,
  deleteSelection,
  distributeSelection,
  duplicateSelection,
  editFigure,
  pasteClip,
  selectAll,
} from "./composerActions.ts";
import { copyCommandLine } from "./exporting/copyCommandLine.ts";
import { pageAroundElements, scaleToPage } from "./edits/fitPage.ts";
import { figureOfGrid } from "./edits/readGrid.ts";

type Verb<Id> = Id extends `figure.${infer V}` ? V : never;

/** Commands of this workspace; `copyImage` and `exportPng` belong to the views. */
type ComposerCommand = `figure.${Exclude<Verb<CommandId>, "copyImage" | "exportPng">}`;

function isInFront({ view }: Studio): boolean {
  const { workspace, learnOpen } = view.getState();
  return workspace === "figure" && !learnOpen;
}

function nSelected(studio: Studio): number {
  return isInFront(studio) && currentFigure(studio) !== null
    ? studio.composer.getState().selected.size
    : 0;
}

const hasSelection = (studio: Studio): boolean => nSelected(studio) > 0;
const hasThree = (studio: Studio): boolean => nSelected(studio) > 2;
/** Whether the figure in front is `open` or there is `none`; null: another workspace is in front. */
export function figureInFront(studio: Studio): "open" | "none" | null {
  if (!isInFront(studio)) return null;
  return currentFigure(studio) === null ? "none" : "open";
}

const hasFigure = (studio: Studio): boolean => figureInFront(studio) === "open";

export const COMPOSER_CONDITIONS: Readonly<
  Record<ComposerCommand | "view.figure", (studio: Studio) => boolean>
> = {
  "view.figure": ({ project }) => project.getState().isOpen,
  "figure.fromGrid": ({ project }) => (project.getState().document.targets ?? []).length > 0,
  "figure.export": hasFigure,
  "figure.copySvg": hasFigure,
  "figure.copyCommand": hasFigure,
  "figure.copy": hasSelection,
  "figure.paste": (studio) => hasFigure(studio) && studio.composer.getState().clip !== null,
  "figure.duplicate": hasSelection,
  "figure.delete": hasSelection,
  "figure.selectAll": hasFigure,
  "figure.scaleToPage": hasFigure,
  "figure.fitPage": hasFigure,
  "figure.alignLeft": hasSelection,
  "figure.alignCentre": hasSelection,
  "figure.alignRight": hasSelection,
  "figure.alignTop": hasSelection,
  "figure.alignMiddle": hasSelection,
  "figure.alignBottom": hasSelection,
  "figure.distributeAcross": hasThree,
  "figure.distributeDown": hasThree,
};

const SELECT_ELEMENTS = "Select elements of a figure first";
const SELECT_THREE = "Select three or more elements of a figure first";
const OPEN_FIGURE = "Open a figure first: Ctrl 4";

/** Why commands of this workspace cannot be carried out, in words that say what would change it. */
export const COMPOSER_REASONS: Readonly<Partial<Record<CommandId, string>>> = {
  "view.figure": "Open a project first",
  "figure.fromGrid": "The project has no target to show",
  "figure.export": OPEN_FIGURE,
  "figure.copySvg": OPEN_FIGURE,
  "figure.copyCommand": OPEN_FIGURE,
  "figure.selectAll": OPEN_FIGURE,
  "figure.scaleToPage": OPEN_FIGURE,
  "figure.fitPage": OPEN_FIGURE,
  "figure.paste": "Copy elements of a figure first",
  "figure.copy": SELECT_ELEMENTS,
  "figure.duplicate": SELECT_ELEMENTS,
  "figure.delete": SELECT_ELEMENTS,
  "figure.alignLeft": SELECT_ELEMENTS,
  "figure.alignCentre": SELECT_ELEMENTS,
  "figure.alignRight": SELECT_ELEMENTS,
  "figure.alignTop": SELECT_ELEMENTS,
  "figure.alignMiddle": SELECT_ELEMENTS,
  "figure.alignBottom": SELECT_ELEMENTS,
  "figure.distributeAcross": SELECT_THREE,
  "figure.distributeDown": SELECT_THREE,
};

/** Views that other workspaces have and this one has not. */
const OWN_VIEW_COMMANDS: ReadonlySet<string> = new Set([
  "compare",
  "explore",
  "whatIf",
  "figure",
  "fit",
  "toggleTree",
  "toggleInspector",
  "toggleDrawer",
  "toggleTheme",
]);

/** Commands about atoms and cameras of other workspaces, while the Figure workspace is in front. */
export function isForeign(studio: Studio, id: CommandId): boolean {
  if (!isInFront(studio)) return false;
  const [group, verb = ""] = id.split(".");
  if (group === "selection" || id === "figure.exportPng") return true;
  return group === "view" && !OWN_VIEW_COMMANDS.has(verb);
}

export const COMPOSER_ACTIONS: Readonly<Record<ComposerCommand, (studio: Studio) => void>> = {
  "figure.fromGrid": (studio) => {
    createFigure(studio, figureOfGrid(studio));
  },
  "figure.export": (studio) => {
    attempt(studio, "The figure was not exported", async () => {
      // With the writers of files: see `FigureWorkspace`.
      const { exportOpenFigure } = await import("./exporting/exportFigure.ts");
      await exportOpenFigure(studio);
    });
  },
  "figure.copySvg": (studio) => {
    attempt(studio, "The figure was not copied", async () => {
      const { copyOpenFigureAsSvg } = await import("./exporting/exportFigure.ts");
      await copyOpenFigureAsSvg(studio);
    });
  },
  "figure.copyCommand": (studio) => {
    attempt(studio, "The command line was not copied", () => copyCommandLine(studio));
  },
  "figure.copy": copySelection,
  "figure.paste": (studio) => {
    pasteClip(studio);
  },
  "figure.duplicate": duplicateSelection,
  "figure.delete": deleteSelection,
  "figure.selectAll": selectAll,
  "figure.scaleToPage": (studio) => {
    editFigure(studio, "Scale elements to the page", scaleToPage);
  },
  "figure.fitPage": (studio) => {
    editFigure(studio, "Fit page", pageAroundElements);
  },
  "figure.alignLeft": (studio) => {
    alignSelection(studio, "left");
  },
  "figure.alignCentre": (studio) => {
    alignSelection(studio, "centre");
  },
  "figure.alignRight": (studio) => {
    alignSelection(studio, "right");
  },
  "figure.alignTop": (studio) => {
    alignSelection(studio, "top");
  },
  "figure.alignMiddle": (studio) => {
    alignSelection(studio, "middle");
  },
  "figure.alignBottom": (studio) => {
    alignSelection(studio, "bottom");
  },
  "figure.distributeAcross": (studio) => {
    distributeSelection(studio, "x");
  },
  "figure.distributeDown": (studio) => {
    distributeSelection(studio, "y");
  },
};
