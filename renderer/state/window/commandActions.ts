/** What each command does. The table is `COMMANDS`; this is its other half. */
import type { Theme } from "../../../src/contract/api.ts";
import type { CommandId } from "../../../src/contract/commands.ts";
import {
  COMPOSER_ACTIONS,
  COMPOSER_CONDITIONS,
  figureInFront,
  isForeign,
} from "../../composer/composerCommands.ts";
import { redoLearn, undoLearn } from "../learn/learnStore.ts";
import type { Vector3 } from "../../scene/cameraState.ts";
import { copyDiagnostics } from "./diagnostics.ts";
import { missingForCompute } from "../project/documentEdits.ts";
import { openFeatureImport } from "../project/featureImport.ts";
import { stepFrame, togglePlaying, trajectoryRow } from "../grid/frames.ts";
import { hiddenTargets } from "../grid/gridPlaces.ts";
import { growMask } from "../selection/growSelection.ts";
import { histories, redoStep, undoStep } from "../project/history.ts";
import { say } from "./messageStore.ts";
import { setPaneSizes } from "./paneSizes.ts";
import {
  cancelJobs,
  compute,
  openByDialog,
  openExample,
  startNewProject,
} from "../project/projectActions.ts";
import type { Picture } from "../display/picture.ts";
import { NOT_SAVED, saveProject } from "../project/saveActions.ts";
import { exportSelectedAtoms } from "../selection/selectionActions.ts";
import { clearSelection, invertSelection, selectAcross } from "../selection/selectionStore.ts";
import { attempt, type Studio } from "../studio.ts";
import { listTargets, type TargetRow } from "../project/targets.ts";
import {
  openLearn,
  toggleDrawer,
  toggleMaximizedDrawer,
  type ViewState,
} from "../grid/viewStore.ts";
import { refreshWhatIf } from "../whatIf/whatIfActions.ts";
import { redoDraft, undoDraft, type WhatIfStore } from "../whatIf/whatIfStore.ts";

/** Axes and cell vectors that a command looks along. */
export type LookAxis = "x" | "y" | "z" | "a" | "b" | "c";

/** What only the mounted views can do. */
export interface ViewActions {
  fit(): void;
  /** The active panel fills the grid, or all are shown again. */
  maximize(): void;
  look(axis: LookAxis): void;
  /** As after opening: linked cameras, first direction, everything in view. */
  reset(): void;
  /** From the active panel towards its viewer, structure axes; unit length. */
  direction(): Vector3;
  copyImage(): Promise<void>;
  /** What is on screen; null when nothing is. */
  picture(): Picture | null;
}

export function visibleTargets(studio: Studio): readonly TargetRow[] {
  const { document } = studio.project.getState();
  const rows = listTargets(document, studio.datasets.getState().summaries);
  const hidden = hiddenTargets(document, studio.view.getState().laterTargets);
  return rows.filter((row) => !hidden.has(row.row));
}

/** When a command can be carried out; those that always can are absent. */
const CONDITIONS: Readonly<Partial<Record<CommandId, (studio: Studio) => boolean>>> = {
  ...COMPOSER_CONDITIONS,
  "edit.undo": (studio) => historiesInFront(studio).some(({ undoable }) => undoable.length > 0),
  "edit.redo": (studio) => historiesInFront(studio).some(({ redoable }) => redoable.length > 0),
  "selection.clear": (studio) =>
    hasSelection(studio) || studio.view.getState().environment !== null || isMaximized(studio),
  "selection.grow": hasSelection,
  "selection.byExpression": isAnythingShown,
  "selection.save": hasSelection,
  "selection.export": hasSelection,
  "compute.run": (studio) =>
    missingForCompute(studio.project.getState().document) === null && !isRunning(studio),
  "compute.cancel": isRunning,
  "compute.suggest": isAnythingShown,
  "project.editParts": (studio) =>
    Object.keys(studio.project.getState().document.datasets).length > 0,
  "compute.crystal": isAnythingRead,
  "project.importFeatures": (studio) =>
    Object.keys(studio.project.getState().document.datasets).length > 0,
  "project.save": isProjectOpen,
  "project.saveAs": isProjectOpen,
  "project.new": isProjectOpen,
  "figure.copyImage": (studio) =>
    figureInFront(studio) === null ? isAnythingShown(studio) : figureInFront(studio) === "open",
  "figure.exportPng": isAnythingShown,
  "selection.invert": isAnythingShown,
  "view.previousFrame": hasFrames,
  "view.nextFrame": hasFrames,
  "view.playFrames": hasFrames,
  "view.fit": isAnythingShown,
  "view.maximize": (studio) =>
    isAnythingShown(studio) && studio.view.getState().workspace === "compare",
  "view.reset": isAnythingShown,
  "view.projection": isAnythingShown,
  "view.alongA": hasCell,
  "view.alongB": hasCell,
  "view.alongC": hasCell,
  "view.alongX": isAnythingShown,
  "view.alongY": isAnythingShown,
  "view.alongZ": isAnythingShown,
  "view.toolRotate": isAnythingShown,
  "view.toolLasso": isAnythingShown,
};

/** What undo and redo work on: the Learn view while it is in front, else all that was done. */
function historiesInFront(
  studio: Studio,
): readonly { readonly undoable: readonly unknown[]; readonly redoable: readonly unknown[] }[] {
  const { learnOpen, workspace } = studio.view.getState();
  if (learnOpen) return [studio.learn.getState()];
  const drafts = workspace === "whatIf" ? [studio.whatIf.getState()] : [];
  return [...drafts, ...histories(studio)];
}

/** Commands about what the Learn view covers; they wait until it is closed. */
function isCovered(studio: Studio, id: CommandId): boolean {
  if (!studio.view.getState().learnOpen) return false;
  const [group, verb] = id.split(".");
  if (group === "selection" || group === "figure") return true;
  if (group === "compute") return verb !== "run" && verb !== "cancel";
  return (
    group === "view" &&
    !["compare", "explore", "whatIf", "figure", "toggleTheme"].includes(verb ?? "")
  );
}

/** Whether a command can be carried out now; menus and the palette grey out what cannot. */
export function isCommandEnabled(studio: Studio, id: CommandId): boolean {
  if (isCovered(studio, id) || isForeign(studio, id)) return false;
  return CONDITIONS[id]?.(studio) ?? true;
}

function hasSelection(studio: Studio): boolean {
  return studio.selection.getState().selections.size > 0;
}

function isProjectOpen(studio: Studio): boolean {
  return studio.project.getState().isOpen;
}

function isAnythingShown(studio: Studio): boolean {
  return visibleTargets(studio).length > 0;
}

function isAnythingRead(studio: Studio): boolean {
  return Object.keys(studio.datasets.getState().summaries).length > 0;
}

/** Whether the structure that is looked at has cell vectors to look along. */
function hasCell(studio: Studio): boolean {
  const [row] = activeStructures(studio);
  if (row === undefined) return false;
  return (studio.datasets.getState().structures.get(row.key)?.cell ?? null) !== null;
}

function hasFrames(studio: Studio): boolean {
  return trajectoryRow(studio) !== null;
}

function isMaximized(studio: Studio): boolean {
  const { maximized, workspace } = studio.view.getState();
  return maximized !== null && workspace === "compare";
}

function isRunning(studio: Studio): boolean {
  return studio.jobs.getState().jobs.some((job) => job.outcome === "running");
}

/** Carries a command out; one that cannot be is ignored. */
export function runCommand(studio: Studio, views: ViewActions, id: CommandId): void {
  if (!isCommandEnabled(studio, id)) return;
  COMMAND_ACTIONS[id](studio, views);
}

function toggleView(studio: Studio, key: "treeOpen" | "inspectorOpen"): void {
  studio.view.setState((state) => ({ [key]: !state[key] }));
}

function setView(change: Partial<ViewState>): (studio: Studio) => void {
  return (studio) => {
    studio.view.setState(change);
  };
}

function look(axis: LookAxis): (studio: Studio, views: ViewActions) => void {
  return (_studio, views) => {
    views.look(axis);
  };
}

export function setTheme(studio: Studio, theme: Theme): void {
  studio.view.setState({ theme });
  attempt(studio, "The theme was not remembered", () => studio.bridge.writeSettings({ theme }));
}

function undo(studio: Studio): void {
  if (studio.view.getState().learnOpen) undoLearn(studio.learn);
  else if (!stepDraft(studio, undoDraft)) undoStep(studio);
}

/** In What if ticks come before the document. */
function stepDraft(studio: Studio, step: (store: WhatIfStore) => boolean): boolean {
  if (studio.view.getState().workspace !== "whatIf" || !step(studio.whatIf)) return false;
  refreshWhatIf(studio);
  return true;
}

function redo(studio: Studio): void {
  if (studio.view.getState().learnOpen) redoLearn(studio.learn);
  else if (!stepDraft(studio, redoDraft)) redoStep(studio);
}

/** One step to undo, however many structures. */
function growSelection(studio: Studio): void {
  const { structures } = studio.datasets.getState();
  const picks = [...studio.selection.getState().selections].flatMap(([key, selection]) => {
    const structure = structures.get(key);
    if (structure === undefined) return [];
    const mask = growMask(structure, selection.mask);
    const atoms = Array.from(mask.keys()).filter((atom) => mask[atom] === 1);
    return [{ structure: key, nAtoms: structure.nAtoms, atoms }];
  });
  if (picks.length > 0) selectAcross(studio.selection, picks, "add", "grown");
}

const COMMAND_ACTIONS: Readonly<Record<CommandId, (studio: Studio, views: ViewActions) => void>> = {
  "project.new": (studio) => {
    attempt(studio, "No new project was started", () => startNewProject(studio));
  },
  "window.new": (studio) => {
    attempt(studio, "No window was opened", () => studio.bridge.newWindow());
  },
  "project.openExample": (studio) => {
    attempt(studio, "The example was not opened", () => openExample(studio));
  },
  "project.open": (studio) => {
    attempt(studio, "The files were not opened", () => openByDialog(studio));
  },
  "project.editParts": (studio) => {
    studio.view.setState({ dialog: "parts" });
  },
  "project.importFeatures": (studio) => {
    openFeatureImport(studio);
  },
  "project.save": (studio) => {
    attempt(studio, NOT_SAVED, () => saveProject(studio, false));
  },
  "project.saveAs": (studio) => {
    attempt(studio, NOT_SAVED, () => saveProject(studio, true));
  },
  "figure.copyImage": (studio, views) => {
    attempt(studio, "The image was not copied", async () => {
      await views.copyImage();
      say(studio.messages, "Image copied");
    });
  },
  "figure.exportPng": setView({ dialog: "export" }),
  ...COMPOSER_ACTIONS,
  "edit.undo": undo,
  "edit.redo": redo,
  "selection.clear": (studio) => {
    // Escape leaves one thing at a time.
    if (studio.view.getState().environment !== null) studio.view.setState({ environment: null });
    else if (isMaximized(studio)) studio.view.setState({ maximized: null });
    else clearSelection(studio.selection);
  },
  "selection.invert": (studio) => {
    invertSelection(studio.selection, activeStructures(studio));
  },
  "selection.grow": growSelection,
  "selection.byExpression": (studio) => {
    studio.view.setState({ inspectorOpen: true });
    studio.expressions.setState(({ calls }) => ({ calls: calls + 1 }));
  },
  "selection.save": setView({ dialog: "saveSelection" }),
  "selection.export": (studio) => {
    attempt(studio, "The selection was not exported", () => exportSelectedAtoms(studio));
  },
  "view.compare": setView({ workspace: "compare", learnOpen: false }),
  "view.explore": setView({ workspace: "explore", learnOpen: false }),
  "view.maximize": (_studio, views) => {
    views.maximize();
  },
  "view.whatIf": setView({ workspace: "whatIf", learnOpen: false }),
  "view.previousFrame": (studio) => {
    stepFrame(studio, -1);
  },
  "view.nextFrame": (studio) => {
    stepFrame(studio, 1);
  },
  "view.playFrames": togglePlaying,
  "view.figure": setView({ workspace: "figure", learnOpen: false }),
  "view.fit": (_studio, views) => {
    views.fit();
  },
  "view.reset": (_studio, views) => {
    views.reset();
  },
  "view.projection": (studio) => {
    studio.view.setState(({ projection }) => ({
      projection: projection === "perspective" ? "orthographic" : "perspective",
    }));
  },
  "view.alongA": look("a"),
  "view.alongB": look("b"),
  "view.alongC": look("c"),
  "view.alongX": look("x"),
  "view.alongY": look("y"),
  "view.alongZ": look("z"),
  "view.toolRotate": setView({ tool: "rotate" }),
  "view.toolLasso": setView({ tool: "lasso" }),
  "view.toggleTree": (studio) => {
    toggleView(studio, "treeOpen");
  },
  "view.toggleInspector": (studio) => {
    toggleView(studio, "inspectorOpen");
  },
  "view.toggleDrawer": (studio) => {
    toggleDrawer(studio.view);
  },
  "view.maximizeDrawer": (studio) => {
    toggleMaximizedDrawer(studio.view);
  },
  "view.resetPanes": (studio) => {
    setPaneSizes(studio, {});
  },
  "view.toggleTheme": (studio) => {
    setTheme(studio, isDark(studio) ? "light" : "dark");
  },
  "compute.run": (studio) => {
    attempt(studio, "Nothing was computed", () => compute(studio));
  },
  "compute.cancel": (studio) => {
    attempt(studio, "The computation could not be stopped", () => cancelJobs(studio));
  },
  "help.learn": (studio) => {
    openLearn(studio.view);
  },
  "compute.suggest": (studio) => {
    studio.view.setState({ inspectorOpen: true, learnOpen: false });
    studio.suggestions.setState(({ calls }) => ({ calls: calls + 1 }));
  },
  "compute.crystal": setView({ dialog: "crystal" }),
  "help.palette": setView({ dialog: "palette" }),
  "help.shortcuts": setView({ dialog: "shortcuts" }),
  "help.logFolder": (studio) => {
    attempt(studio, "The log folder was not shown", () => studio.bridge.showLogFolder());
  },
  "help.copyDiagnostics": (studio) => {
    attempt(studio, "The diagnostics were not copied", () => copyDiagnostics(studio));
  },
  "help.licences": setView({ dialog: "licences" }),
  "help.about": setView({ dialog: "about" }),
};

/** Inverting is about the structure that is looked at, not about every file of the project. */
function activeStructures(studio: Studio): readonly TargetRow[] {
  const rows = visibleTargets(studio);
  const { activeTarget } = studio.view.getState();
  const active = rows.find((row) => row.row === activeTarget) ?? rows[0];
  return active === undefined ? [] : [active];
}

function isDark(studio: Studio): boolean {
  const { theme } = studio.view.getState();
  return theme === "dark" || (theme === "system" && prefersDark());
}

/** What the system asks for; dark where there is no window, as in a test. */
export function prefersDark(): boolean {
  return typeof matchMedia === "undefined" || !matchMedia("(prefers-color-scheme: light)").matches;
}
