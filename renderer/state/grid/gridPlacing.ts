/** Showing, hiding and replacing rows and columns of the grid; every change can be taken back. */
import type { DifferenceColumn } from "../../../src/project/gridLayout.ts";
import { keepReference } from "./gridActions.ts";
import {
  hiddenTargets,
  hiddenVariants,
  putTargetAt,
  putVariantAt,
  putVariantInDifference,
  setTargetShown,
  setVariantShown,
} from "./gridPlaces.ts";
import { say } from "../window/messageStore.ts";
import { changeDocument } from "../project/projectStore.ts";
import type { SceneModel, ScenePanel } from "./sceneModel.ts";
import type { Studio } from "../studio.ts";
import { listTargets, type TargetRow } from "../project/targets.ts";
import type { ViewState, Workspace } from "./viewStore.ts";

/** What is dragged over the panels. */
export type Placed =
  | { readonly kind: "variant"; readonly name: string }
  | { readonly kind: "target"; readonly row: string };

/** What letting go over a panel does, or why it does nothing. */
export interface Placing {
  readonly text: string;
  readonly isPossible: boolean;
}

/** Shows a column that is hidden, or hides it. */
export function toggleVariantShown(studio: Studio, variant: string): void {
  const isHidden = hiddenVariants(studio.project.getState().document).has(variant);
  changeDocument(studio.project, `${isHidden ? "Show" : "Hide"} “${variant}”`, (now) =>
    setVariantShown(now, variant, isHidden),
  );
}

/** Shows a row that is hidden, or hides it. */
export function toggleTargetShown(studio: Studio, { row, label }: TargetRow): void {
  const { laterTargets } = studio.view.getState();
  const isHidden = hiddenTargets(studio.project.getState().document, laterTargets).has(row);
  changeDocument(studio.project, `${isHidden ? "Show" : "Hide"} ${label}`, (now) =>
    setTargetShown(now, row, isHidden, laterTargets),
  );
}

type Shown = Pick<SceneModel, "property" | "reference" | "targets">;

/** What it means to let go of something over a panel; null where it means nothing. */
export function placingOf(
  { property, reference, targets }: Shown,
  workspace: Workspace,
  placed: Placed,
  panel: ScenePanel,
): Placing | null {
  if (workspace !== "compare" && workspace !== "explore") return null;
  const possible = (text: string): Placing => ({ text, isPossible: true });
  const impossible = (text: string): Placing => ({ text, isPossible: false });
  if (placed.kind === "target") {
    const target = targets.find(({ row }) => row === placed.row);
    if (target === undefined || target.row === panel.target.row) return null;
    return panel.target.entryIndex < 0 && workspace === "compare"
      ? impossible("This row is no target")
      : possible(`Show ${target.label} here`);
  }
  const { name } = placed;
  if (!property.perVariant) return impossible(`${property.label} is the same for all variants`);
  if (panel.difference !== null) {
    const { from, to } = panel.difference;
    if (name === to) return null;
    return possible(name === from ? "Swap A and B" : `Compare ${name} with ${from}`);
  }
  if (name === panel.variant) return null;
  return property.id === "enhancement" && name === reference
    ? impossible(`Gains are relative to ${name}`)
    : possible(`Show ${name} here`);
}

/** Does what {@link placingOf} says. */
export function placeInPanel(studio: Studio, placed: Placed, panel: ScenePanel): void {
  const { workspace } = studio.view.getState();
  if (placed.kind === "target") placeTarget(studio, workspace, placed.row, panel);
  else if (panel.difference !== null) placeInDifference(studio, placed.name, panel.difference);
  else placeVariant(studio, workspace, placed.name, panel);
}

function placeVariant(studio: Studio, workspace: Workspace, name: string, panel: ScenePanel): void {
  if (workspace === "compare") {
    keepReference(studio);
    const label = `“${name}” in place of “${panel.variant}”`;
    changeDocument(studio.project, label, (now) => putVariantAt(now, name, panel.variant));
    say(studio.messages, label, true);
  }
  activate(studio, { activeTarget: panel.target.row, activeVariant: name, activeDifference: null });
}

function placeInDifference(studio: Studio, name: string, column: DifferenceColumn): void {
  const label = `Compare with “${name}”`;
  changeDocument(studio.project, label, (now) => putVariantInDifference(now, name, column));
  say(studio.messages, label, true);
}

function placeTarget(studio: Studio, workspace: Workspace, row: string, panel: ScenePanel): void {
  const { summaries } = studio.datasets.getState();
  const target = listTargets(studio.project.getState().document, summaries).find(
    (one) => one.row === row,
  );
  if (target === undefined) return;
  if (workspace === "compare") {
    const { laterTargets } = studio.view.getState();
    const label = `${target.label} in place of ${panel.target.label}`;
    changeDocument(studio.project, label, (now) =>
      putTargetAt(now, listTargets(now, summaries), row, panel.target.row, laterTargets),
    );
    say(studio.messages, label, true);
  }
  activate(studio, { activeTarget: row });
}

/** A panel that fills the grid makes room for what was put in its place. */
function activate(studio: Studio, active: Partial<ViewState>): void {
  studio.view.setState({ ...active, maximized: null });
}
