/**
 * Pictures of the structure panels of a page as it is looked at: drawn one by one while nothing else
 * happens, at the resolution of the screen, and again only when something they show has changed.
 */
import { StudioError } from "../../../src/errors.ts";
import type { StructureContent } from "../../figure/compose/content.ts";
import type { RasterRequest } from "../../figure/compose/composeFigure.ts";
import { pageTheme } from "../../figure/export/drawRasters.ts";
import { OffscreenAtoms } from "../../figure/renderAtoms.ts";
import { createCameraStore } from "../../scene/cameraState.ts";
import type { PanelSpec } from "../../scene/panelSpec.ts";
import {
  haveSameSize,
  liesAlike,
  rasterPoints,
  type PointsImage,
} from "../../figure/page/densityPixels.ts";

/** CSS px in a mm. */
export const PIXELS_PER_MM = 96 / 25.4;

/** A picture of an image of the page. */
export interface PreviewPicture {
  readonly url: string;
  /** It shows what the page shows now; false while a better one is on its way. */
  readonly isCurrent: boolean;
}

interface Drawn {
  readonly request: RasterRequest;
  readonly density: number;
  readonly background: string | null;
  readonly url: string;
}

interface Wanted {
  readonly requests: readonly RasterRequest[];
  /** Pixels in a mm of the page. */
  readonly density: number;
  readonly background: string | null;
}

function sameNumbers(a: ArrayLike<number> | null, b: ArrayLike<number> | null): boolean {
  if (a === b) return true;
  if (a === null || b?.length !== a.length) return false;
  for (let k = 0; k < a.length; k += 1) if (a[k] !== b[k]) return false;
  return true;
}

/** Whether two structure panels of the same shape look the same. */
function sameStructure(a: StructureContent, b: StructureContent): boolean {
  if (!sameNumbers(a.rotation, b.rotation) || !sameNumbers(a.target, b.target)) return false;
  if (a.scale !== b.scale) return false;
  const { scalars: myScalars, flags: myFlags, ...first } = a.panel;
  const { scalars, flags, ...second } = b.panel;
  const keys = Object.keys(first) as (keyof typeof first)[];
  return (
    keys.every((key) => first[key] === second[key]) &&
    sameNumbers(myScalars, scalars) &&
    sameNumbers(myFlags, flags)
  );
}

/** Whether a picture of the one serves the other; where it lies on the page does not matter. */
export function isSamePicture(a: RasterRequest, b: RasterRequest): boolean {
  if (a.kind === "structure") {
    return (
      b.kind === "structure" && haveSameSize(a.rect, b.rect) && sameStructure(a.content, b.content)
    );
  }
  return (
    b.kind === "circles" &&
    a.fullDensity === b.fullDensity &&
    sameNumbers(a.circles.colors, b.circles.colors) &&
    a.circles.palette.join() === b.circles.palette.join() &&
    liesAlike(a, b)
  );
}

/** Waits until the window has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(
      () => {
        resolve();
      },
      { timeout: 300 },
    );
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Before the graphics driver is asked again. */
const RETRY_MS = 1000;

/** Owns a graphics context until `dispose`. */
export class PreviewRasters {
  private readonly drawn = new Map<string, Drawn>();
  private readonly onChange: (pictures: ReadonlyMap<string, PreviewPicture>) => void;
  private atoms: OffscreenAtoms | null = null;
  private wanted: Wanted = { requests: [], density: 1, background: "#ffffff" };
  private isWorking = false;
  private isDisposed = false;

  constructor(onChange: (pictures: ReadonlyMap<string, PreviewPicture>) => void) {
    this.onChange = onChange;
  }

  /** Says what the page shows now. Pictures follow when there is time. */
  update(wanted: Wanted): void {
    this.wanted = wanted;
    for (const [name, { url }] of this.drawn) {
      if (wanted.requests.some((request) => request.name === name)) continue;
      URL.revokeObjectURL(url);
      this.drawn.delete(name);
    }
    this.tell();
    if (!this.isWorking) void this.work();
  }

  dispose(): void {
    this.isDisposed = true;
    this.atoms?.dispose();
    this.atoms = null;
    for (const { url } of this.drawn.values()) URL.revokeObjectURL(url);
    this.drawn.clear();
  }

  private tell(): void {
    const pictures = new Map<string, PreviewPicture>();
    for (const request of this.wanted.requests) {
      const drawn = this.drawn.get(request.name);
      if (drawn === undefined) continue;
      pictures.set(request.name, { url: drawn.url, isCurrent: this.isCurrent(request) });
    }
    this.onChange(pictures);
  }

  private isCurrent(request: RasterRequest): boolean {
    const drawn = this.drawn.get(request.name);
    return (
      drawn?.density === this.wanted.density &&
      drawn.background === this.wanted.background &&
      isSamePicture(drawn.request, request)
    );
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    try {
      for (;;) {
        await idle();
        const next = this.wanted.requests.find((request) => !this.isCurrent(request));
        if (next === undefined || this.isDisposed) break;
        if (!(await this.tried(next, this.wanted))) await wait(RETRY_MS);
      }
    } finally {
      this.isWorking = false;
    }
  }

  /** False when the graphics driver would not draw: the page keeps its last picture meanwhile. */
  private async tried(request: RasterRequest, wanted: Wanted): Promise<boolean> {
    try {
      await this.draw(request, wanted);
      return true;
    } catch (error) {
      if (error instanceof StudioError && error.code === "WORKER_LOST") return false;
      throw error;
    }
  }

  private async draw(request: RasterRequest, wanted: Wanted): Promise<void> {
    const { density, background } = wanted;
    const width = Math.max(1, Math.round(request.rect.width * density));
    const height = Math.max(1, Math.round(request.rect.height * density));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (context === null) return;
    if (request.kind === "circles") context.putImageData(drawPoints(request, width, height), 0, 0);
    else context.putImageData(this.drawAtoms(request, { width, height }, background), 0, 0);
    const url = URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
    if (this.isDisposed) {
      URL.revokeObjectURL(url);
      return;
    }
    const before = this.drawn.get(request.name);
    this.drawn.set(request.name, { request, density, background, url });
    this.tell();
    // The page may still show the old picture in this frame.
    if (before !== undefined) setTimeout(() => URL.revokeObjectURL(before.url), 1000);
  }

  private drawAtoms(
    { rect, content }: Extract<RasterRequest, { kind: "structure" }>,
    pixels: { readonly width: number; readonly height: number },
    background: string | null,
  ): ImageData {
    const spec: PanelSpec = {
      ...content.panel,
      element: null,
      camera: createCameraStore({
        rotation: content.rotation,
        target: content.target,
        scale: content.scale / PIXELS_PER_MM,
      }),
    };
    if (this.atoms === null) this.atoms = new OffscreenAtoms([spec]);
    else this.atoms.setPanels([spec]);
    const size = { width: rect.width * PIXELS_PER_MM, height: rect.height * PIXELS_PER_MM };
    return this.atoms.draw(0, size, pixels, pageTheme(background), background, 1);
  }
}

/** As in files, in fewer pixels. */
function drawPoints(request: PointsImage, width: number, height: number): ImageData {
  const { pixels } = rasterPoints(request, { width, height });
  return new ImageData(Uint8ClampedArray.from(pixels), width, height);
}
