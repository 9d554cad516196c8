/** What a hidden window does: open, read, compute or recall, draw, hand over. */
import type { FigureTask } from "../../../src/contract/figures.ts";
import { fromPlainError, StudioError } from "../../../src/errors.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { nearestName } from "../../../src/project/schema.ts";
import { missingForCompute } from "../../state/project/documentEdits.ts";
import { latestJob } from "../../state/results/jobStore.ts";
import { compute, loadDatasets } from "../../state/project/projectActions.ts";
import { openProject } from "../../state/project/projectStore.ts";
import type { Studio } from "../../state/studio.ts";
import { factsOf, lackText } from "../presets/facts.ts";
import { FIGURE_PRESETS, makePreset } from "../presets/presets.ts";
import { exportFigure } from "./exportFigure.ts";
import { loadNeeds } from "./loadNeeds.ts";
import { loadTypefaces } from "./loadTypefaces.ts";
import { structuresText } from "./structuresText.ts";

/** Part of the progress that reading and computing takes. */
const BEFORE_DRAWING = 0.5;

/** @throws StudioError what opening, computing and drawing throw */
export async function drawTask(studio: Studio): Promise<void> {
  const task = await studio.bridge.figureTask();
  if (task === null) throw new StudioError("INTERNAL", "a hidden window without a task");
  await openTaskProject(studio);
  const stop = followJobs(studio);
  try {
    await loadDatasets(studio);
    requireDone(studio, "load");
    if (task.list) {
      await studio.bridge.answerFigureTask(listOf(studio));
      return;
    }
    const figures = figuresOf(studio, task);
    if (
      figures.some(needsResult) &&
      missingForCompute(studio.project.getState().document) === null
    ) {
      await compute(studio);
      requireDone(studio, "compute");
    }
    stop();
    await drawFigures(studio, task, figures);
  } finally {
    stop();
  }
}

async function openTaskProject(studio: Studio): Promise<void> {
  const opened = await studio.bridge.initialProject();
  if (opened?.kind !== "project") {
    throw new StudioError("INVALID_PARAMETER", "Figures are drawn of a project file.", {
      remedy: "Give a *.lpr.json file.",
    });
  }
  openProject(studio.project, opened.project);
}

function requireDone(studio: Studio, kind: "load" | "compute"): void {
  const job = latestJob(studio.jobs.getState(), kind);
  if (job === null || job.outcome === "done") {
    const [failure] = Object.values(studio.datasets.getState().failures);
    if (failure !== undefined) throw fromPlainError(failure);
    return;
  }
  if (job.error !== null) throw fromPlainError(job.error);
  throw new StudioError("WORKER_LOST", "The computation stopped before it was done.");
}

/** Passes the progress of jobs on; gives a function that ends it. */
function followJobs(studio: Studio): () => void {
  return studio.jobs.subscribe(({ jobs }) => {
    const [job] = jobs;
    if (job?.outcome !== "running" || job.stage === "") return;
    const fraction = BEFORE_DRAWING * job.fraction;
    void studio.bridge.answerFigureTask({ kind: "progress", stage: job.stage, fraction });
  });
}

/** The toy model and words need nothing computed. */
function needsResult({ elements }: FigureDefinition): boolean {
  const without: readonly string[] = ["toy", "text", "variants"];
  return elements.some(({ kind, hidden }) => hidden !== true && !without.includes(kind));
}

function listOf(studio: Studio) {
  const { document } = studio.project.getState();
  const facts = factsOf(document, studio.datasets.getState());
  return {
    kind: "list",
    figures: (document.figures ?? []).map(({ name, page }) => ({
      name,
      width: page.width,
      height: page.height,
    })),
    presets: FIGURE_PRESETS.map(({ id, label, after, lacks }) => ({
      id,
      label,
      after,
      lacks: lackText(lacks(facts)),
    })),
  } as const;
}

function figuresOf(studio: Studio, task: FigureTask): readonly FigureDefinition[] {
  const { document } = studio.project.getState();
  if (task.from === "presets") {
    const facts = factsOf(document, studio.datasets.getState());
    const names =
      task.names === "all"
        ? FIGURE_PRESETS.filter(({ lacks }) => lacks(facts).length === 0).map(({ id }) => id)
        : task.names;
    return names.map((name) => makePreset(name, facts));
  }
  const figures = document.figures ?? [];
  if (figures.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "The project has no figures.", {
      remedy: "Make one in the window, or draw a preset: see --list.",
    });
  }
  if (task.names === "all") return figures;
  return task.names.map((name) => {
    const figure = figures.find((one) => one.name === name);
    if (figure !== undefined) return figure;
    const names = figures.map((one) => one.name);
    const nearest = nearestName(name, names);
    throw new StudioError(
      "INVALID_PARAMETER",
      `There is no figure “${name}”; there are ${names.map((one) => `“${one}”`).join(", ")}.`,
      { remedy: nearest === null ? undefined : `Did you mean “${nearest}”?` },
    );
  });
}

async function drawFigures(
  studio: Studio,
  task: FigureTask,
  figures: readonly FigureDefinition[],
): Promise<void> {
  const typefaces = await loadTypefaces();
  const about = await studio.bridge.about();
  for (const [k, figure] of figures.entries()) {
    const source = await loadNeeds(studio, figure);
    const { formats, dotsPerInch, tileSide } = task;
    const { structures, ...exported } = await exportFigure({
      figure,
      source,
      typefaces,
      about,
      formats,
      dotsPerInch,
      tileSide,
      onProgress: (stage, fraction) => {
        const done = (k + fraction) / figures.length;
        void studio.bridge.answerFigureTask({
          kind: "progress",
          stage: figures.length === 1 ? stage : `${figure.name}: ${stage}`,
          fraction: BEFORE_DRAWING + (1 - BEFORE_DRAWING) * done,
        });
      },
    });
    const xyz = task.structures ? await structuresText(studio.connection, structures) : null;
    await studio.bridge.answerFigureTask({ kind: "figure", name: figure.name, ...exported, xyz });
  }
}
