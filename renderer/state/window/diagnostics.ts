/** The report that a person sends along with a question. */
import { formatCount, formatMemory } from "../../components/formatNumber.ts";
import type { Job } from "../results/jobStore.ts";
import { say } from "./messageStore.ts";
import { unsavedEdits } from "../project/projectStore.ts";
import type { Studio } from "../studio.ts";

/** What draws the pictures. */
export interface Graphics {
  /** As the driver calls itself. */
  readonly renderer: string;
  /** Drawn by the processor: right, but slow. */
  readonly isSoftware: boolean;
}

/** Drivers that use no graphics card. */
export function isSoftwareRenderer(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}

let known: Graphics | null = null;

/** Asks the driver once; null where there is no WebGL 2. */
export function readGraphics(): Graphics | null {
  if (known !== null || typeof document === "undefined") return known;
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) return null;
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  const renderer = String(name);
  known = { renderer, isSoftware: isSoftwareRenderer(renderer) };
  // Contexts are few; this one was only asked.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return known;
}

function projectLines({ project, datasets }: Studio): readonly string[] {
  const state = project.getState();
  if (!state.isOpen) return ["Project: none"];
  const { document } = state;
  const { summaries, failures } = datasets.getState();
  const files = Object.keys(document.datasets).map((name, i) => {
    const summary = summaries[name];
    const what =
      summary === undefined
        ? (failures[name]?.code ?? "not read")
        : `${formatCount(summary.nStructures)} structures, ${formatCount(summary.nAtoms)} atoms`;
    return `  file ${String(i + 1)}: ${what}`;
  });
  const saved = state.path === null ? "never saved" : "saved";
  return [
    `Project: ${saved}, ${String(unsavedEdits(state))} unsaved edits`,
    ...files,
    `  descriptor ${document.descriptor?.type ?? "none"}, model ${document.model?.type ?? "none"}`,
    `  ${String(document.variants?.length ?? 0)} variants, ${String(document.targets?.length ?? 0)} target entries`,
  ];
}

function jobLine(job: Job): string {
  const error = job.error === null ? "" : `, ${job.error.code}: ${job.error.message}`;
  return `  ${job.title}: ${job.outcome}, ${job.stage}${error}`;
}

/** Facts of the window: engine, graphics, project without names and paths, latest jobs. */
export function windowDiagnostics(studio: Studio, graphics: Graphics | null): string {
  const { backend, threads, memoryUsedBytes, memoryLimitBytes, engineLost, jobs } =
    studio.jobs.getState();
  const drawn =
    graphics === null
      ? "WebGL 2 is not available"
      : `${graphics.renderer}${graphics.isSoftware ? " (software rendering)" : ""}`;
  const problems = studio.messages.getState().problems;
  return [
    `Numerics: ${backend ?? "not started"}, ${String(threads)} threads, memory ${formatMemory(memoryUsedBytes, memoryLimitBytes)}`,
    ...(engineLost === null ? [] : [`Engine lost: ${engineLost}`]),
    `Graphics: ${drawn}`,
    ...projectLines(studio),
    `Jobs: ${jobs.length === 0 ? "none" : ""}`.trim(),
    ...jobs.slice(0, 10).map(jobLine),
    `Problems: ${String(problems.length)}`,
    ...problems.map(({ error }) => `  ${error.code}`),
  ].join("\n");
}

export async function copyDiagnostics(studio: Studio): Promise<void> {
  const host = await studio.bridge.diagnostics();
  const [versions = "", ...rest] = host.split("\n\nLog");
  const own = windowDiagnostics(studio, readGraphics());
  await studio.bridge.copyText([versions, own, ...rest.map((text) => `\nLog${text}`)].join("\n"));
  say(studio.messages, "Diagnostics copied");
}
