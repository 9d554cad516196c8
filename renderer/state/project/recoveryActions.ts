/** Getting unsaved work of an earlier session back, or letting it go. */
import { formatPlural } from "../../components/formatNumber.ts";
import { say } from "../window/messageStore.ts";
import { showOpened } from "./projectActions.ts";
import { isEdited } from "./projectStore.ts";
import type { Studio } from "../studio.ts";

export async function readRecoveries(studio: Studio): Promise<void> {
  studio.recoveries.setState({ recoveries: await studio.bridge.recoveries() });
}

/**
 * In this window when nothing is in it, or the same project without changes; else in a window of its
 * own.
 */
export async function restoreRecovery(studio: Studio, id: string): Promise<void> {
  const state = studio.project.getState();
  const saved = studio.recoveries.getState().recoveries.find((one) => one.id === id)?.path ?? null;
  const isSame = saved !== null && state.path === saved;
  const inNewWindow = isEdited(state) || (state.isOpen && !isSame);
  const opened = await studio.bridge.restoreRecovery({ id, inNewWindow });
  if (opened === null) return;
  await showOpened(studio, opened);
  const { edits, project } = opened.kind === "recovered" ? opened : { edits: 0, project: null };
  if (project !== null) {
    say(studio.messages, `${formatPlural(edits, "edit", "edits")} of ${project.name} restored`);
  }
}

export async function discardRecovery(studio: Studio, id: string): Promise<void> {
  await studio.bridge.discardRecovery(id);
}

export async function postponeRecoveries(studio: Studio): Promise<void> {
  await studio.bridge.postponeRecoveries();
}
