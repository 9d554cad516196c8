/** Opening, dropping and computing: the flows behind the commands. */
import type { DroppedFile, Opened, OpenedProject } from "../../../src/contract/api.ts";
import { StudioError } from "../../../src/errors.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { restoreCharts } from "../../charts/savedCharts.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { resetComposer } from "../../composer/composerStore.ts";
import { resetColors } from "../coloring/colorStore.ts";
import { clearDatasets, forgetDataset } from "./datasetStore.ts";
import { closeCrystals } from "../crystals/crystalClose.ts";
import { readDisplay } from "../display/displaySettings.ts";
import {
  addDatasets,
  addToTargets,
  guessRole,
  isInUse,
  missingForCompute,
  rolesOf,
  trainOn,
  type DatasetRole,
} from "./documentEdits.ts";
import { openFeaturesOf } from "./featureImport.ts";
import { resetGridCameras } from "../grid/gridCameras.ts";
import { restoreGrid } from "../grid/gridSaving.ts";
import { resetExpressions } from "../selection/expressionStore.ts";
import { requestCancel, startEngineJob } from "../results/engineJob.ts";
import { forgetLoss, jobEnded, leaveJobs, runningJob } from "../results/jobStore.ts";
import { clearProblems, reportProblem, say } from "../window/messageStore.ts";
import { reportRemark } from "./movedFiles.ts";
import {
  changeDocument,
  continueChange,
  isEdited,
  newProject,
  openProject,
  recoverProject,
} from "./projectStore.ts";
import { isPropertyOfFiles, type PropertyId } from "../coloring/properties.ts";
import { resultProperties } from "../coloring/resultProperties.ts";
import { clearResult, setResult, variantStates } from "../results/resultStore.ts";
import { resetSelection } from "../selection/selectionStore.ts";
import type { Studio } from "../studio.ts";
import { resetSuggestions } from "../suggest/suggestStore.ts";
import { listTargets } from "./targets.ts";
import { closeWhatIf } from "../whatIf/whatIfClose.ts";
import { closeLearn, resetView, showDrawer, type Workspace } from "../grid/viewStore.ts";

/** Rows that are visible when a project is opened; the rest waits behind its eye. */
const ROWS_AT_FIRST = 3;

function forgetProject(studio: Studio): void {
  for (const job of studio.jobs.getState().jobs) {
    studio.abandonedJobs.add(job.id);
    if (job.outcome === "running") void requestCancel(studio, job.id);
  }
  leaveJobs(studio.jobs, studio.now());
  studio.loader.reset();
  clearDatasets(studio.datasets);
  clearResult(studio.results);
  resetSelection(studio.selection);
  studio.cameras.forget();
  resetExpressions(studio.expressions);
  resetColors(studio.colors);
  resetView(studio.view);
  resetGridCameras(studio.gridCameras);
  clearProblems(studio.messages);
  resetSuggestions(studio.suggestions);
  closeWhatIf(studio);
  closeCrystals(studio);
  resetComposer(studio.composer);
}

/** Asks whether the unsaved changes may go. */
function askToDiscard(studio: Studio): Promise<boolean> {
  return new Promise((resolve) => {
    const answerDiscard = (mayGo: boolean): void => {
      studio.view.setState({ dialog: null, answerDiscard: null });
      resolve(mayGo);
    };
    studio.view.setState({ dialog: "discard", answerDiscard });
  });
}

export async function startNewProject(studio: Studio): Promise<void> {
  if (isEdited(studio.project.getState()) && !(await askToDiscard(studio))) return;
  forgetProject(studio);
  newProject(studio.project);
}

/**
 * Shows a project: structures as soon as they are read; an example is computed at once.
 *
 * @param recoveredEdits - unsaved steps of an earlier session that it brings.
 */
export async function showProject(
  studio: Studio,
  project: OpenedProject,
  recoveredEdits = 0,
): Promise<void> {
  if (isEdited(studio.project.getState()) && !(await askToDiscard(studio))) return;
  forgetProject(studio);
  if (recoveredEdits === 0) openProject(studio.project, project);
  else recoverProject(studio.project, project, recoveredEdits);
  restoreView(studio, project.document);
  const loaded = await loadDatasets(studio);
  reportRemarks(studio, project);
  hideLaterTargets(studio);
  if (
    loaded &&
    project.path === null &&
    recoveredEdits === 0 &&
    missingForCompute(project.document) === null
  ) {
    await compute(studio);
  }
}

/** A remark on a file that could not be read says it better than the failure does. */
function reportRemarks(studio: Studio, { document, remarks }: OpenedProject): void {
  if (studio.project.getState().document !== document) return;
  for (const remark of remarks) reportRemark(studio, remark);
  if (remarks.length > 0) showDrawer(studio.view, "problems");
}

function restoreView(studio: Studio, document: ProjectDocument): void {
  const workspace = document.views?.workspace;
  if (
    workspace === "compare" ||
    workspace === "explore" ||
    workspace === "whatIf" ||
    workspace === "figure"
  ) {
    studio.view.setState({ workspace: workspace satisfies Workspace });
  }
  studio.view.setState(readDisplay(document.views?.["display"]));
  resetExpressions(studio.expressions, document.views?.["expressions"]);
  const saved = document.views?.colorBy;
  if (saved !== undefined && isPropertyOfFiles(saved)) {
    studio.colors.setState({ property: saved });
  }
  restoreGrid(studio, document);
  restoreCharts(studio.view, document.views?.["drawer"]);
  const variant = document.views?.variant;
  if (variant !== undefined) studio.view.setState({ activeVariant: variant });
}

function hideLaterTargets(studio: Studio): void {
  const rows = listTargets(
    studio.project.getState().document,
    studio.datasets.getState().summaries,
  );
  const later = rows.slice(ROWS_AT_FIRST).map(({ row }) => row);
  studio.view.setState({ laterTargets: new Set(later) });
}

export async function showOpened(studio: Studio, opened: Opened): Promise<void> {
  if (opened.kind === "project") await showProject(studio, opened.project);
  else if (opened.kind === "features") openFeaturesOf(studio, opened.preview);
  else if (opened.kind === "recovered") await showProject(studio, opened.project, opened.edits);
  else await addFiles(studio, opened.files);
}

/** Opens an example as a template; the carbon films unless another is named. */
export async function openExample(studio: Studio, id?: string): Promise<void> {
  const project = await (id === undefined
    ? studio.bridge.openExample()
    : studio.bridge.openExample(id));
  await showProject(studio, project);
}

export async function readExamples(studio: Studio): Promise<void> {
  studio.examples.setState({ examples: await studio.bridge.listExamples() });
}

export async function openByDialog(studio: Studio): Promise<void> {
  const opened = await studio.bridge.showOpenDialog();
  if (opened !== null) await showOpened(studio, opened);
}

export async function openDropped(
  studio: Studio,
  files: readonly DroppedFile[],
  role: DropRole,
): Promise<void> {
  const opened = await studio.bridge.openDropped(files);
  if (opened?.kind === "structures") await addFiles(studio, opened.files, role);
  else if (opened !== null) await showOpened(studio, opened);
}

/** Adds files to the project, reads them, then gives each a role: chosen, or guessed by size. */
export async function addFiles(
  studio: Studio,
  files: readonly { readonly path: string; readonly name: string }[],
  role: DropRole = null,
): Promise<void> {
  closeLearn(studio.view);
  const before = studio.project.getState().document;
  const label = files.length === 1 ? `Add ${files[0]?.name ?? "file"}` : "Add files";
  changeDocument(studio.project, label, (document) => addDatasets(document, files));
  const after = studio.project.getState().document;
  const added = Object.keys(after.datasets).filter((name) => !(name in before.datasets));
  if (added.length === 0) {
    say(studio.messages, files.length === 1 ? "This file is already open" : "Files already open");
    return;
  }
  await loadDatasets(studio);
  giveRoles(studio, added, role, after);
  say(studio.messages, addedText(studio, added), true);
}

/** `Added 3 files: 1 for training, 2 as targets`, and what could not be read. */
function addedText(studio: Studio, added: readonly string[]): string {
  const { document } = studio.project.getState();
  const { failures } = studio.datasets.getState();
  const count = (test: (name: string) => boolean): number => added.filter(test).length;
  const isFailed = (name: string): boolean => failures[name] !== undefined;
  const plays = (role: DatasetRole) => (name: string) => rolesOf(document, name).includes(role);
  const parts = [
    [count(plays("training")), "for training"],
    [count(plays("target")), "as targets"],
    [count((name) => !isFailed(name) && rolesOf(document, name).length === 0), "as candidates"],
    [count(isFailed), "not readable"],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${String(n)} ${what}`);
  return `Added ${formatPlural(added.length, "file", "files")}: ${told.join(", ")}`;
}

/** null: to be guessed from the files. Candidates are in the project without a use. */
export type DropRole = DatasetRole | "candidate" | null;

/** @param since - the project after the step that brought the files, of which roles are a part; or null */
function giveRoles(
  studio: Studio,
  names: readonly string[],
  role: DropRole,
  since: ProjectDocument | null,
): void {
  if (role === "candidate") return;
  const { summaries } = studio.datasets.getState();
  const known = names.flatMap((name) => {
    const summary = summaries[name];
    return summary === undefined ? [] : [summary];
  });
  if (known.length === 0) return;
  changeOrContinue(studio, since, "Choose what files are for", (document) => {
    let next = document;
    const isAlone = known.length === 1 && Object.keys(document.datasets).length === 1;
    for (const summary of known) {
      if (isInUse(next, summary.dataset)) continue;
      // A single file dropped on an empty window is what the person wants to look at.
      const chosen = role ?? (isAlone ? "target" : guessRole(summary));
      next =
        chosen === "training"
          ? trainOn(next, summary.dataset, summary.species)
          : addToTargets(next, summary.dataset);
    }
    return next;
  });
  hideLaterTargets(studio);
}

function changeOrContinue(
  { project }: Studio,
  since: ProjectDocument | null,
  label: string,
  change: (document: ProjectDocument) => ProjectDocument,
): void {
  if (since === null) changeDocument(project, label, change);
  else continueChange(project, since, label, change);
}

/** Starts a job and waits for its end; false unless it was done. */
async function runJob(studio: Studio, kind: "load" | "compute", title: string): Promise<boolean> {
  const { document, path } = studio.project.getState();
  const id = await startEngineJob(studio, { kind, document, projectPath: path }, title);
  const job = await jobEnded(studio.jobs, id);
  if (studio.abandonedJobs.has(id)) return false;
  if (job.outcome === "failed" && job.error !== null) {
    const subject = kind === "load" ? "The files were not read" : "The computation failed";
    reportProblem(studio.messages, subject, job.error);
    showDrawer(studio.view, "problems");
  }
  if (job.outcome === "done" && job.result !== null) {
    setResult(studio.results, job.result, document);
  }
  return job.outcome === "done";
}

export async function loadDatasets(studio: Studio): Promise<boolean> {
  const { document } = studio.project.getState();
  if (Object.keys(document.datasets).length === 0) return true;
  return runJob(studio, "load", "Reading files");
}

/** Runs the analysis of the document as it is now. */
export async function compute(studio: Studio): Promise<void> {
  const { document } = studio.project.getState();
  const missing = missingForCompute(document);
  if (missing !== null) throw new StudioError("INVALID_PROJECT", missing);
  if (runningJob(studio.jobs.getState(), "compute") !== null) return;
  const isFirst = studio.results.getState().result === null;
  const { wanted } = studio.colors.getState();
  const done = await runJob(studio, "compute", "LPR of all variants");
  if (done && isFirst) {
    studio.colors.setState({ property: firstProperty(studio, document, wanted), wanted: null });
  }
}

/** What was asked for or what the project was saved with, when the result has it, else LPR. */
function firstProperty(
  studio: Studio,
  { views }: ProjectDocument,
  wanted: string | null,
): PropertyId {
  const { result } = studio.results.getState();
  const offered = result === null ? [] : resultProperties(result);
  const asked = wanted === null ? undefined : offered.find(({ id }) => id.startsWith(wanted));
  return (asked ?? offered.find(({ id }) => id === views?.colorBy))?.id ?? "lpr";
}

export async function cancelJobs(studio: Studio): Promise<void> {
  const running = studio.jobs.getState().jobs.filter((job) => job.outcome === "running");
  await Promise.all(running.map((job) => requestCancel(studio, job.id)));
  if (running.some((job) => job.kind === "compute")) say(studio.messages, stoppedText(studio));
}

function stoppedText(studio: Studio): string {
  const { document } = studio.project.getState();
  const states = variantStates(document, studio.results.getState(), studio.jobs.getState());
  const all = Object.values(states);
  const ready = all.filter((state) => state === "ready").length;
  const verb = all.length === 1 ? "is" : "are";
  return `Stopped. ${String(ready)} of ${formatPlural(all.length, "variant", "variants")} ${verb} ready.`;
}

/** After the engine was lost: a new one reads the files again and does what was lost. */
export async function runAgain(studio: Studio): Promise<void> {
  const lost = studio.jobs.getState().lostJobKind;
  await studio.bridge.restartEngine();
  forgetLoss(studio.jobs);
  const loaded = await loadDatasets(studio);
  if (loaded && lost === "compute") await compute(studio);
}

/** Reads the files again, e.g. after a damaged one was mended. */
export async function readAgain(studio: Studio): Promise<void> {
  const before = studio.project.getState().document;
  await loadDatasets(studio);
  giveRoles(studio, Object.keys(before.datasets), null, null);
}

/** Removes what the stores know of datasets that left the document. */
export function pruneDatasets(studio: Studio): void {
  const { document } = studio.project.getState();
  const { summaries, failures } = studio.datasets.getState();
  for (const name of [...Object.keys(summaries), ...Object.keys(failures)]) {
    if (!(name in document.datasets)) forgetDataset(studio.datasets, name);
  }
}
