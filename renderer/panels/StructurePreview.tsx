import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { DisplayStructure, DrawnStructure } from "../../src/contract/display.ts";
import { StudioError } from "../../src/errors.ts";
import { distinctSpecies } from "../../src/structures/species.ts";
import { applyCategories } from "../color/colorScale.ts";
import { speciesCategories, speciesCodes, tableOfCategories } from "../color/categories.ts";
import { DEFAULT_ROTATION, rotateByDrag, type PixelSize } from "../scene/cameraMath.ts";
import { createCameraStore, type CameraState } from "../scene/cameraState.ts";
import type { PanelSpec, SceneTheme } from "../scene/panelSpec.ts";
import type { CellCopies } from "../scene/periodicCopies.ts";
import { drawPreview } from "../scene/previewRenderer.ts";
import { DEFAULT_DISPLAY } from "../state/display/displaySettings.ts";
import { fitCamera } from "../scene/structureBounds.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";

interface StructurePreviewProps extends DrawnStructure {
  /** What the view and the number of copies are fitted to, where several are compared. */
  readonly fittedTo?: DisplayStructure;
  /** Length of a row of copies, Å. */
  readonly reach?: number;
  readonly label: string;
  /** CSS px. */
  readonly width: number;
  readonly height: number;
}

/** Å, of a carbon atom. */
const RADIUS = 0.4;
/** Copies are drawn until a row of them is about this long, Å, unless told otherwise; at most four. */
const REACH = 7;
const MOST_COPIES = 4;
/** Degrees of an arrow key, as px of a drag. */
const KEY_STEP = 12;

/** A crystal with its cell and a few periodic images; drag or arrow keys turn it. */
export function StructurePreview({
  structure,
  bonds,
  fittedTo = structure,
  reach = REACH,
  label,
  width,
  height,
}: StructurePreviewProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSceneTheme();
  const [rotation, setRotation] = useState<CameraState["rotation"]>(DEFAULT_ROTATION);
  const panel = useMemo(
    () => panelOf({ structure, bonds }, copiesFor(fittedTo, reach)),
    [structure, bonds, fittedTo, reach],
  );
  useEffect(() => {
    const context = canvas.current?.getContext("2d") ?? null;
    if (context === null) return;
    const size = { width, height };
    const targets = [{ structure: fittedTo, copies: panel.scope.copies, size, showsCell: true }];
    const start = { rotation, target: [0, 0, 0], scale: 1 } as const;
    const camera = createCameraStore(fitCamera(start, targets, RADIUS));
    const image = pictureOf({ ...panel, camera }, size, theme);
    if (image === null) return;
    context.canvas.width = image.width;
    context.canvas.height = image.height;
    context.putImageData(image, 0, 0);
  }, [fittedTo, panel, rotation, theme, width, height]);
  const turn = (dx: number, dy: number): void => {
    setRotation(
      (now) =>
        rotateByDrag({ rotation: now, target: [0, 0, 0], scale: 1 }, dx, dy, { width, height })
          .rotation,
    );
  };
  return (
    <canvas
      ref={canvas}
      className="structure-preview"
      role="img"
      aria-label={label}
      tabIndex={0}
      style={{ width, height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) turn(event.movementX, event.movementY);
      }}
      onKeyDown={(event) => {
        const step = ARROWS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        turn(KEY_STEP * step[0], KEY_STEP * step[1]);
      }}
    />
  );
}

/** Null when the graphics driver would not draw: what was there before stays. */
function pictureOf(panel: PanelSpec, size: PixelSize, theme: SceneTheme): ImageData | null {
  try {
    return drawPreview(panel, size, devicePixelRatio, theme);
  } catch (error) {
    if (error instanceof StudioError && error.code === "WORKER_LOST") return null;
    throw error;
  }
}

const ARROWS: Readonly<Partial<Record<string, readonly [number, number]>>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function panelOf({ structure, bonds }: DrawnStructure, copies: CellCopies): PanelSpec {
  const found = distinctSpecies(structure.species);
  const scalars = new Float32Array(structure.nAtoms);
  applyCategories(speciesCodes(structure.species, found), scalars);
  return {
    id: "preview",
    structureId: "preview",
    element: null,
    structure,
    scalars,
    colorTable: tableOfCategories("preview-species", speciesCategories(found)),
    flags: null,
    camera: createCameraStore({ rotation: DEFAULT_ROTATION, target: [0, 0, 0], scale: 1 }),
    projection: "orthographic",
    radius: RADIUS,
    bonds,
    bondRadius: DEFAULT_DISPLAY.bondRadius,
    scope: { copies, slab: null, focus: null },
    showCell: true,
    showAxes: false,
    showScaleBar: false,
    occlusion: true,
  };
}

/** Enough copies along each periodic vector to see how the crystal goes on. */
function copiesFor({ cell, pbc, nAtoms }: DisplayStructure, reach: number): CellCopies {
  const along = (d: 0 | 1 | 2): number => {
    if (cell === null || !pbc[d] || nAtoms > 64) return 1;
    const length = Math.hypot(cell[3 * d] ?? 0, cell[3 * d + 1] ?? 0, cell[3 * d + 2] ?? 0);
    return Math.min(MOST_COPIES, Math.max(1, Math.round(reach / Math.max(length, 1))));
  };
  return { first: [0, 0, 0], counts: [along(0), along(1), along(2)] };
}
