/** From the open figure to a file, or to the clipboard. */
import { StudioError } from "../../../src/errors.ts";
import type { FigureCompanion, FigureFormat } from "../../../src/contract/figures.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { exportFigure, type ExportedFigure } from "../../figure/export/exportFigure.ts";
import { figureSource } from "../../figure/export/loadNeeds.ts";
import { loadTypefaces } from "../../figure/export/loadTypefaces.ts";
import { structuresText } from "../../figure/export/structuresText.ts";
import { needsOf } from "../../figure/resolve/needs.ts";
import { lookupOf } from "../../figure/resolve/source.ts";
import { say } from "../../state/window/messageStore.ts";
import type { Studio } from "../../state/studio.ts";
import { runWindowJob, type WindowWork } from "../../state/results/windowJobs.ts";
import { formatBytes, formatPlural } from "../../components/formatNumber.ts";
import { currentFigure } from "../composerActions.ts";
import { exportedFormats } from "../composerStore.ts";
import { askFor, isRead } from "../figureReading.ts";
import { requireCurrent, staleVariants } from "../staleValues.ts";

function requireFigure(studio: Studio): FigureDefinition {
  const figure = currentFigure(studio);
  if (figure !== null) return figure;
  throw new StudioError("INVALID_PARAMETER", "No figure is open.");
}

function requireCurrentValues({ project, results, jobs }: Studio, figure: FigureDefinition): void {
  const { document } = project.getState();
  requireCurrent(staleVariants(document, results.getState(), jobs.getState(), figure));
}

function isReadNow(studio: Studio, figure: FigureDefinition): boolean {
  const source = figureSource(studio);
  const needs = needsOf(lookupOf(source, figure));
  askFor(studio, needs);
  return isRead(source, needs);
}

/** ms between looks at what is being read. */
const LOOK_AGAIN = 50;
/** ms after which reading has failed. */
const READ_WITHIN = 30_000;

async function readAll(studio: Studio, figure: FigureDefinition, { signal }: WindowWork) {
  for (let waited = 0; !isReadNow(studio, figure); waited += LOOK_AGAIN) {
    if (signal.aborted) throw new StudioError("CANCELLED", "The export was cancelled.");
    if (waited > READ_WITHIN) {
      throw new StudioError("INVALID_PARAMETER", "Some structures of the figure were not read.", {
        remedy: "See Problems; read the files again, or remove the panels.",
      });
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}

async function draw(
  studio: Studio,
  figure: FigureDefinition,
  formats: readonly FigureFormat[],
  work: WindowWork,
): Promise<ExportedFigure> {
  work.onProgress("Reading", 0);
  await readAll(studio, figure, work);
  const { dotsPerInch, provenance } = studio.composer.getState();
  return exportFigure({
    figure,
    source: figureSource(studio),
    typefaces: await loadTypefaces(),
    about: await studio.bridge.about(),
    formats,
    dotsPerInch,
    provenance,
    ...work,
  });
}

function besides(others: readonly FigureFormat[], companions: readonly FigureCompanion[]): string {
  const words = [
    ...others.map((one) => one.toUpperCase()),
    ...companions.map((one) => (one === "csv" ? "its data" : "its structures")),
  ];
  return words.length === 0 ? "" : ` with ${words.join(" and ")}`;
}

/**
 * Asks where, draws the open figure as a job with progress and Cancel, and writes it. Nothing is
 * written before everything is drawn.
 */
export async function exportOpenFigure(studio: Studio): Promise<void> {
  const figure = requireFigure(studio);
  requireCurrentValues(studio, figure);
  const { data, structures } = studio.composer.getState();
  const formats = exportedFormats(studio.composer.getState());
  const [format, ...others] = formats;
  const companions: readonly FigureCompanion[] = [
    ...(data ? (["csv"] as const) : []),
    ...(structures ? (["xyz"] as const) : []),
  ];
  const request = { format, others, suggestedName: figure.name.slice(0, 200), companions };
  const path = await studio.bridge.chooseFigureFile(request);
  if (path === null) return;
  const words = formats.map((one) => one.toUpperCase());
  const title = `${figure.name} as ${words.join(", ")}`;
  const drawn = await runWindowJob(studio, title, async (work) => {
    const result = await draw(studio, figure, formats, work);
    const [file, ...besideIt] = result.files;
    if (file === undefined) throw new StudioError("INTERNAL", "nothing was drawn");
    const xyz = structures ? await structuresText(studio.connection, result.structures) : null;
    await work.settle();
    const texts = { ...(data ? { csv: result.csv } : {}), ...(xyz === null ? {} : { xyz }) };
    await studio.bridge.writeFigureFile({ ...file, path, others: besideIt, companions: texts });
    return result;
  });
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const warned = drawn.warnings.length;
  const rest = warned === 0 ? "" : `, ${formatPlural(warned, "warning", "warnings")}`;
  const size = formatBytes(drawn.files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
  say(studio.messages, `${name} exported${besides(others, companions)}, ${size}${rest}`);
}

/** The open figure as pixels, at the resolution of the export bar, for other programs to paste. */
export async function copyOpenFigure(studio: Studio): Promise<void> {
  const bytes = await drawForClipboard(studio, "png");
  if (bytes !== null) await studio.bridge.copyImage(bytes);
}

/** The open figure as vectors, for programs that draw: its 3-D panels at the resolution of the bar. */
export async function copyOpenFigureAsSvg(studio: Studio): Promise<void> {
  const bytes = await drawForClipboard(studio, "svg");
  if (bytes === null) return;
  await studio.bridge.copySvg(new TextDecoder().decode(bytes));
  say(studio.messages, "Figure copied as SVG");
}

async function drawForClipboard(studio: Studio, format: FigureFormat) {
  const figure = requireFigure(studio);
  requireCurrentValues(studio, figure);
  const drawn = await runWindowJob(studio, `${figure.name} to the clipboard`, (work) =>
    draw(studio, figure, [format], work),
  );
  return drawn.files[0]?.bytes ?? null;
}
