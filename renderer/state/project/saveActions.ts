/** Saving the project, and what may come in between. */
import type { ProjectDocument } from "../../../src/project/document.ts";
import { chartsToSave } from "../../charts/savedCharts.ts";
import { displayToSave } from "../display/displaySettings.ts";
import { gridToSave } from "../grid/gridSaving.ts";
import { followDocument } from "./history.ts";
import { say, settleTitle } from "../window/messageStore.ts";
import { forgetChangedFiles, reportRemark } from "./movedFiles.ts";
import { changeDocument, isEdited, markSaved } from "./projectStore.ts";
import { isPropertyOfFiles } from "../coloring/properties.ts";
import type { Studio } from "../studio.ts";

/** The document with the way it is looked at. */
export function documentToSave(studio: Studio): ProjectDocument {
  const { document } = studio.project.getState();
  const view = studio.view.getState();
  return {
    ...document,
    views: {
      ...document.views,
      colorBy: colorToSave(studio, document),
      workspace: view.workspace,
      display: displayToSave(view),
      grid: gridToSave(studio),
      drawer: chartsToSave(view.drawerTab),
      ...expressionsToSave(studio),
      ...(view.activeVariant === null ? {} : { variant: view.activeVariant }),
    },
  };
}

/** Left out while there are none, as in every project that was never searched. */
function expressionsToSave({ expressions }: Studio): { readonly expressions?: readonly string[] } {
  const { history } = expressions.getState();
  return history.length === 0 ? {} : { expressions: history };
}

/** What to do about a project file that another program changed. */
export type OverwriteAnswer = "overwrite" | "saveAs" | "reload" | "cancel";

/** What did not happen when saving fails; a save that succeeds takes it back. */
export const NOT_SAVED = "The project was not saved";

/**
 * Saves. When another program changed the file since it was opened, the person chooses what becomes
 * of the two.
 */
export async function saveProject(studio: Studio, saveAs: boolean): Promise<void> {
  await save(studio, saveAs, false);
}

async function save(studio: Studio, saveAs: boolean, overwrite: boolean): Promise<void> {
  const { document, path, saved: before } = studio.project.getState();
  const toSave = documentToSave(studio);
  const request = { document: toSave, path, saveAs, overwrite };
  const outcome = await studio.bridge.saveProject(request);
  // Another project may have taken its place while the file was written.
  if (studio.project.getState().saved !== before) return;
  if (outcome.kind === "changedOnDisk") {
    await settleConflict(studio, outcome.changedAt);
  } else if (outcome.kind === "saved") {
    const { project } = outcome;
    markSaved(studio.project, document, project);
    keepResultAcrossSave(studio, document, project.document);
    forgetChangedFiles(studio);
    settleTitle(studio.messages, NOT_SAVED);
    say(studio.messages, `Saved ${project.name}`);
  }
}

async function settleConflict(studio: Studio, changedAt: string): Promise<void> {
  const answer = await new Promise<OverwriteAnswer>((resolve) => {
    studio.saving.setState({
      conflict: {
        changedAt,
        answer: (chosen) => {
          studio.saving.setState({ conflict: null });
          resolve(chosen);
        },
      },
    });
  });
  if (answer === "overwrite") await save(studio, false, true);
  if (answer === "saveAs") await save(studio, true, false);
  if (answer === "reload") await reloadProject(studio);
}

/** Takes the project as it is on disk; one's own edits are a step back. */
async function reloadProject(studio: Studio): Promise<void> {
  const { path, document: before } = studio.project.getState();
  if (path === null) return;
  const project = await studio.bridge.rereadProject(path);
  changeDocument(studio.project, "Reload from disk", () => project.document);
  studio.project.setState({ saved: project.document, recoveredEdits: 0 });
  await followDocument(studio, before);
  for (const remark of project.remarks) reportRemark(studio, remark);
  say(studio.messages, `${project.name} is as it is on disk`, true);
}

/** The window stays when the person cancels the save or edits meanwhile. */
export async function saveAndClose(studio: Studio): Promise<void> {
  await saveProject(studio, false);
  if (!isEdited(studio.project.getState())) await studio.bridge.windowCommand("close");
}

/** Before anything is computed, the result that the project was last coloured by is remembered. */
function colorToSave(studio: Studio, { views }: ProjectDocument): string {
  const { property } = studio.colors.getState();
  const saved = views?.colorBy;
  const isWaiting = studio.results.getState().result === null;
  return isWaiting && saved !== undefined && !isPropertyOfFiles(saved) ? saved : property;
}

/** Saving may rewrite dataset paths; the numbers are still those of the same files. */
function keepResultAcrossSave(
  studio: Studio,
  before: ProjectDocument,
  after: ProjectDocument,
): void {
  const { source } = studio.results.getState();
  if (source === null) return;
  const sameFiles = Object.keys(before.datasets).every((name) => name in after.datasets);
  if (sameFiles) {
    studio.results.setState({ source: { ...source, datasets: after.datasets } });
  }
}
