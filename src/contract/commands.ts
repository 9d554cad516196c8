/**
 * Every command of the application: one table for the native menu, the in-window menu, the
 * shortcuts sheet and the keyboard. Main shows them, the window carries them out.
 */

/** Where a command sits in the menu. */
export type CommandGroup = "File" | "Edit" | "View" | "Compute" | "Help";

/** A command. `shortcut` uses `Mod` for Ctrl or ⌘. */
export interface Command {
  readonly id: CommandId;
  readonly group: CommandGroup;
  readonly label: string;
  readonly shortcut?: string;
}

/** Identifiers, `subject.verb`. */
export type CommandId =
  | "project.new"
  | "window.new"
  | "project.openExample"
  | "project.open"
  | "project.save"
  | "project.saveAs"
  | "project.importFeatures"
  | "project.editParts"
  | "figure.copyImage"
  | "figure.exportPng"
  | "figure.fromGrid"
  | "figure.export"
  | "figure.copySvg"
  | "figure.copyCommand"
  | "figure.duplicate"
  | "figure.copy"
  | "figure.paste"
  | "figure.delete"
  | "figure.selectAll"
  | "figure.scaleToPage"
  | "figure.fitPage"
  | "figure.alignLeft"
  | "figure.alignCentre"
  | "figure.alignRight"
  | "figure.alignTop"
  | "figure.alignMiddle"
  | "figure.alignBottom"
  | "figure.distributeAcross"
  | "figure.distributeDown"
  | "edit.undo"
  | "edit.redo"
  | "selection.clear"
  | "selection.invert"
  | "selection.grow"
  | "selection.byExpression"
  | "selection.save"
  | "selection.export"
  | "view.compare"
  | "view.explore"
  | "view.maximize"
  | "view.whatIf"
  | "view.previousFrame"
  | "view.nextFrame"
  | "view.playFrames"
  | "view.figure"
  | "view.fit"
  | "view.reset"
  | "view.alongA"
  | "view.alongB"
  | "view.alongC"
  | "view.alongX"
  | "view.alongY"
  | "view.alongZ"
  | "view.projection"
  | "view.toolRotate"
  | "view.toolLasso"
  | "view.toggleTree"
  | "view.toggleInspector"
  | "view.toggleDrawer"
  | "view.maximizeDrawer"
  | "view.resetPanes"
  | "view.toggleTheme"
  | "compute.run"
  | "compute.cancel"
  | "compute.suggest"
  | "compute.crystal"
  | "help.learn"
  | "help.palette"
  | "help.shortcuts"
  | "help.logFolder"
  | "help.copyDiagnostics"
  | "help.licences"
  | "help.about";

/** In menu order. */
export const COMMANDS: readonly Command[] = [
  { id: "project.new", group: "File", label: "New project", shortcut: "Mod+N" },
  { id: "window.new", group: "File", label: "New window", shortcut: "Mod+Shift+N" },
  { id: "project.openExample", group: "File", label: "Open the carbon-film example" },
  { id: "project.open", group: "File", label: "Open files…", shortcut: "Mod+O" },
  { id: "project.importFeatures", group: "File", label: "Import features…" },
  { id: "project.editParts", group: "File", label: "Parts of files and components…" },
  { id: "project.save", group: "File", label: "Save project", shortcut: "Mod+S" },
  { id: "project.saveAs", group: "File", label: "Save project as…", shortcut: "Mod+Shift+S" },
  { id: "figure.copyImage", group: "File", label: "Copy image", shortcut: "Mod+Shift+C" },
  { id: "figure.exportPng", group: "File", label: "Export PNG…", shortcut: "Mod+E" },
  { id: "figure.fromGrid", group: "File", label: "New figure from the grid" },
  { id: "figure.export", group: "File", label: "Export figure…", shortcut: "Mod+Shift+E" },
  { id: "figure.copySvg", group: "File", label: "Copy figure as SVG" },
  { id: "figure.copyCommand", group: "File", label: "Copy command line of the figure" },
  { id: "edit.undo", group: "Edit", label: "Undo", shortcut: "Mod+Z" },
  { id: "edit.redo", group: "Edit", label: "Redo", shortcut: "Mod+Shift+Z" },
  { id: "selection.clear", group: "Edit", label: "Clear selection", shortcut: "Escape" },
  { id: "selection.invert", group: "Edit", label: "Invert selection", shortcut: "Mod+Shift+I" },
  { id: "selection.grow", group: "Edit", label: "Grow selection to neighbours", shortcut: "G" },
  { id: "selection.byExpression", group: "Edit", label: "Select by expression…", shortcut: "/" },
  { id: "selection.save", group: "Edit", label: "Save selection…" },
  { id: "selection.export", group: "Edit", label: "Export selected atoms…" },
  { id: "figure.copy", group: "Edit", label: "Copy elements", shortcut: "Mod+C" },
  { id: "figure.paste", group: "Edit", label: "Paste elements", shortcut: "Mod+V" },
  { id: "figure.duplicate", group: "Edit", label: "Duplicate elements", shortcut: "Mod+D" },
  { id: "figure.delete", group: "Edit", label: "Remove elements", shortcut: "Delete" },
  { id: "figure.selectAll", group: "Edit", label: "Select all elements", shortcut: "Mod+A" },
  { id: "figure.scaleToPage", group: "Edit", label: "Scale elements to the page" },
  { id: "figure.fitPage", group: "Edit", label: "Fit page to the elements" },
  { id: "figure.alignLeft", group: "Edit", label: "Align left edges" },
  { id: "figure.alignCentre", group: "Edit", label: "Align centres" },
  { id: "figure.alignRight", group: "Edit", label: "Align right edges" },
  { id: "figure.alignTop", group: "Edit", label: "Align upper edges" },
  { id: "figure.alignMiddle", group: "Edit", label: "Align middles" },
  { id: "figure.alignBottom", group: "Edit", label: "Align lower edges" },
  { id: "figure.distributeAcross", group: "Edit", label: "Equal gaps across" },
  { id: "figure.distributeDown", group: "Edit", label: "Equal gaps down" },
  { id: "view.compare", group: "View", label: "Compare", shortcut: "Mod+1" },
  { id: "view.explore", group: "View", label: "Explore", shortcut: "Mod+2" },
  { id: "view.whatIf", group: "View", label: "What if", shortcut: "Mod+3" },
  { id: "view.figure", group: "View", label: "Figure", shortcut: "Mod+4" },
  { id: "view.maximize", group: "View", label: "Show one panel alone", shortcut: "M" },
  { id: "view.previousFrame", group: "View", label: "Previous frame", shortcut: "," },
  { id: "view.nextFrame", group: "View", label: "Next frame", shortcut: "." },
  { id: "view.playFrames", group: "View", label: "Play or pause frames", shortcut: "Space" },
  { id: "view.fit", group: "View", label: "Fit to view", shortcut: "F" },
  { id: "view.reset", group: "View", label: "Reset view", shortcut: "Shift+F" },
  { id: "view.alongA", group: "View", label: "Look along a", shortcut: "A" },
  { id: "view.alongB", group: "View", label: "Look along b", shortcut: "B" },
  { id: "view.alongC", group: "View", label: "Look along c", shortcut: "C" },
  { id: "view.alongX", group: "View", label: "Look along x", shortcut: "X" },
  { id: "view.alongY", group: "View", label: "Look along y", shortcut: "Y" },
  { id: "view.alongZ", group: "View", label: "Look along z", shortcut: "Z" },
  { id: "view.projection", group: "View", label: "Switch perspective", shortcut: "P" },
  { id: "view.toolRotate", group: "View", label: "Rotate tool", shortcut: "R" },
  { id: "view.toolLasso", group: "View", label: "Lasso tool", shortcut: "L" },
  { id: "view.toggleTree", group: "View", label: "Project pane", shortcut: "Mod+B" },
  { id: "view.toggleInspector", group: "View", label: "Inspector", shortcut: "Mod+I" },
  { id: "view.toggleDrawer", group: "View", label: "Drawer", shortcut: "Mod+J" },
  { id: "view.maximizeDrawer", group: "View", label: "Maximise drawer", shortcut: "Mod+Shift+J" },
  { id: "view.resetPanes", group: "View", label: "Reset pane sizes" },
  { id: "view.toggleTheme", group: "View", label: "Switch light and dark" },
  { id: "compute.run", group: "Compute", label: "Compute", shortcut: "Mod+Enter" },
  { id: "compute.cancel", group: "Compute", label: "Cancel", shortcut: "Mod+." },
  { id: "compute.suggest", group: "Compute", label: "Suggest structures…", shortcut: "S" },
  { id: "compute.crystal", group: "Compute", label: "Generate a crystal…" },
  { id: "help.learn", group: "Help", label: "Learn: the toy model" },
  { id: "help.palette", group: "Help", label: "Search commands…", shortcut: "Mod+K" },
  { id: "help.shortcuts", group: "Help", label: "Keyboard shortcuts", shortcut: "?" },
  { id: "help.logFolder", group: "Help", label: "Show log folder" },
  { id: "help.copyDiagnostics", group: "Help", label: "Copy diagnostics" },
  { id: "help.licences", group: "Help", label: "Licences of bundled packages" },
  { id: "help.about", group: "Help", label: "About LPR Studio" },
];
