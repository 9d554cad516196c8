/** Counts what really goes to the graphics card. */
import type { RenderStats } from "./panelSpec.ts";

/** Counters that grow while the scene lives. */
export interface RenderCounters {
  frames: number;
  drawCalls: number;
  lastFrameDrawCalls: number;
  uploadedBytes: number;
  /** Pixels read back from the graphics card: each would stall it. */
  readbacks: number;
}

/** Counters at zero. */
export function createCounters(): RenderCounters {
  return { frames: 0, drawCalls: 0, lastFrameDrawCalls: 0, uploadedBytes: 0, readbacks: 0 };
}

function byteLengthOf(data: unknown): number {
  if (typeof data === "number") return 0;
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return data.byteLength;
  return 0;
}

/**
 * Counts bytes and read-backs at the calls of the context itself, so that none can go unseen.
 * @returns a function that takes the counting away
 */
export function countUploads(
  gl: WebGL2RenderingContext,
  counters: Pick<RenderCounters, "uploadedBytes" | "readbacks">,
): () => void {
  const bufferData = gl.bufferData.bind(gl) as (...args: unknown[]) => void;
  const bufferSubData = gl.bufferSubData.bind(gl) as (...args: unknown[]) => void;
  const texSubImage2D = gl.texSubImage2D.bind(gl) as (...args: unknown[]) => void;
  const readPixels = gl.readPixels.bind(gl) as (...args: unknown[]) => void;
  const target = gl as unknown as Record<
    "bufferData" | "bufferSubData" | "texSubImage2D" | "readPixels",
    unknown
  >;
  target.readPixels = (...args: unknown[]): void => {
    counters.readbacks += 1;
    readPixels(...args);
  };
  target.bufferData = (...args: unknown[]): void => {
    counters.uploadedBytes += byteLengthOf(args[1]);
    bufferData(...args);
  };
  target.bufferSubData = (...args: unknown[]): void => {
    counters.uploadedBytes += byteLengthOf(args[2]);
    bufferSubData(...args);
  };
  target.texSubImage2D = (...args: unknown[]): void => {
    counters.uploadedBytes += byteLengthOf(args.at(-1));
    texSubImage2D(...args);
  };
  return () => {
    target.readPixels = readPixels;
    target.texSubImage2D = texSubImage2D;
    target.bufferData = bufferData;
    target.bufferSubData = bufferSubData;
  };
}

/** A copy that does not change any more. */
export function snapshotStats(counters: RenderCounters): RenderStats {
  return { ...counters };
}
