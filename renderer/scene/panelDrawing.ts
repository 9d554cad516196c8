/** One panel on the graphics card: atoms, bonds, cell lines. */
import * as THREE from "three";
import { parseColor } from "../color/colorTable.ts";
import { createAtomMaterial } from "./atomMaterial.ts";
import { createBondMaterial } from "./bondMaterial.ts";
import { rotationMatrix, type PixelSize } from "./cameraMath.ts";
import { cellEdges } from "./cellEdges.ts";
import { CellLines, type CellInk } from "./cellLines.ts";
import { byteTexture, numberTexture, replaceValues } from "./dataTextures.ts";
import { ImpostorMeshes } from "./impostorMeshes.ts";
import { ATOM_FLAGS, type PanelSpec, type SceneTheme } from "./panelSpec.ts";
import { copyCount } from "./periodicCopies.ts";
import { perspectiveStrength } from "./perspective.ts";
import { createSceneUniforms, type SceneUniforms } from "./sceneUniforms.ts";
import { extentOf, setScopeUniforms } from "./scopeUniforms.ts";
import { halfDepth } from "./structureBounds.ts";
import type { StructureBuffers } from "./structureBuffers.ts";

/** Darkening of the farthest atoms. */
const DEPTH_FADE = 0.16;

/** Opacity of atoms outside the selection, and around an environment that is looked at. */
const OPACITY = { dimmed: 0.5, aroundFocus: 0.15 } as const;

/** Strength of the shading by neighbours for spheres of 1 Å. */
const OCCLUSION_STRENGTH = 1.25;

/** What `PanelSpec` says of the look of a panel. */
export type PanelLook = Pick<
  PanelSpec,
  | "scalars"
  | "flags"
  | "radius"
  | "bonds"
  | "bondRadius"
  | "scope"
  | "showCell"
  | "occlusion"
  | "camera"
  | "projection"
>;

/** What is drawn of a picture, and where: lets it be drawn in tiles. Device px, y up. */
export interface PicturePart {
  /** The whole picture. */
  readonly picture: PixelSize;
  /** Left, bottom, width and height of what the viewport shows of it. */
  readonly viewport: readonly [number, number, number, number];
  /** The px of the picture at the origin of what is drawn into. */
  readonly origin: readonly [number, number];
}

/** All of a picture that fills what is drawn into. */
export function wholePicture(picture: PixelSize): PicturePart {
  return { picture, viewport: [0, 0, picture.width, picture.height], origin: [0, 0] };
}

/** Width of the ring of a marked atom, layout px. */
const RING_PIXELS = 2;

/** Owns the objects of one panel. Made anew when the panel shows another structure. */
export class PanelDrawing {
  buffers: StructureBuffers;
  readonly scene = new THREE.Scene();
  private readonly uniforms: SceneUniforms = createSceneUniforms();
  private readonly ink: CellInk = {
    uLine: { value: new THREE.Vector3() },
    uLineWidth: { value: 1 },
  };
  private readonly scalars: THREE.DataTexture;
  private readonly flags: THREE.DataTexture;
  private readonly atoms: ImpostorMeshes;
  private bonds: ImpostorMeshes | null = null;
  private cell: CellLines | null = null;
  private shownScalars: Float32Array | null;
  private shownFlags: Uint8Array | null;

  constructor(buffers: StructureBuffers, look: Pick<PanelLook, "scalars" | "flags">) {
    this.buffers = buffers;
    const n = buffers.structure.nAtoms;
    this.shownScalars = look.scalars;
    this.shownFlags = look.flags;
    this.scalars = numberTexture(scalarsOrNone(look.scalars, n));
    this.flags = byteTexture(flagsOrNone(look.flags, n));
    const u = this.uniforms;
    u.uScalars.value = this.scalars;
    u.uFlags.value = this.flags;
    u.uAtoms.value = buffers.atoms;
    u.uAtomCount.value = Math.max(1, n);
    this.atoms = new ImpostorMeshes(this.scene, buffers.corner, (pass) =>
      createAtomMaterial(pass, u),
    );
  }

  /** Shows another frame of the same number of atoms: shaders and meshes stay as they are. */
  adopt(buffers: StructureBuffers): void {
    this.buffers = buffers;
    this.uniforms.uAtoms.value = buffers.atoms;
    this.cell?.dispose(false);
    this.cell = null;
  }

  /** Hands over new values. */
  update(look: Pick<PanelLook, "scalars" | "flags">): void {
    const n = this.buffers.structure.nAtoms;
    if (look.scalars !== this.shownScalars) {
      this.shownScalars = look.scalars;
      replaceValues(this.scalars, scalarsOrNone(look.scalars, n));
    }
    if (look.flags !== this.shownFlags) {
      this.shownFlags = look.flags;
      replaceValues(this.flags, flagsOrNone(look.flags, n));
    }
  }

  /**
   * Sets everything that is not uploaded per atom.
   * @param size - CSS px of the whole picture
   * @param ratio - device px per CSS px
   * @param part - what is drawn of the picture, and where
   */
  aim(
    look: PanelLook,
    theme: SceneTheme,
    table: THREE.DataTexture,
    size: PixelSize,
    ratio: number,
    part: PicturePart,
  ): void {
    const camera = look.camera.getState();
    const u = this.uniforms;
    u.uRotation.value.set(...rotationMatrix(camera.rotation));
    u.uHalfSize.value.set((size.width * camera.scale) / 2, (size.height * camera.scale) / 2);
    this.aimPart(part);
    u.uRadius.value = look.radius;
    u.uBondRadius.value = look.bondRadius;
    u.uPixel.value = camera.scale / ratio;
    u.uRing.value = RING_PIXELS * camera.scale;
    u.uTable.value = table;
    setColor(u.uAccent.value, theme.accent);
    setColor(u.uGround.value, theme.background);
    setColor(this.ink.uLine.value, theme.foreground);
    this.ink.uLineWidth.value = theme.lineWidth * ratio;
    this.aimDepth(look);
    this.aimShading(look);
    this.showAtoms(look);
    this.showCell(look.showCell);
  }

  private aimPart({ picture, viewport, origin }: PicturePart): void {
    const [left, bottom, width, height] = viewport;
    const u = this.uniforms;
    u.uTile.value.set(
      picture.width / width,
      picture.height / height,
      (picture.width - 2 * left - width) / width,
      (picture.height - 2 * bottom - height) / height,
    );
    u.uOrigin.value.set(...origin);
    const { x, y } = u.uHalfSize.value;
    u.uStep.value.set((2 * x) / picture.width, (2 * y) / picture.height);
  }

  private aimDepth(look: PanelLook): void {
    const { bounds, largestRadius, structure } = this.buffers;
    const { target, rotation } = look.camera.getState();
    const u = this.uniforms;
    const extent = extentOf(look.scope, bounds, structure.cell);
    setScopeUniforms(u, look.scope, structure.cell);
    const [x, y, z] = extent.center;
    u.uTarget.value.set(target[0] + x, target[1] + y, target[2] + z);
    const radius = Math.hypot(...extent.halfSize);
    u.uPerspective.value = perspectiveStrength(look.projection, radius, target);
    const corners =
      look.showCell && structure.cell !== null
        ? cellExtent(structure.cell, bounds.middle) + Math.hypot(...extent.center)
        : 0;
    const atom = look.radius * largestRadius;
    u.uDepth.value.set(
      Math.max(radius, corners) + Math.hypot(...target) + atom + 1,
      halfDepth(extent, rotation) + atom,
    );
  }

  private aimShading(look: PanelLook): void {
    const { occlusion } = this.buffers;
    const u = this.uniforms;
    u.uFade.value = look.occlusion ? DEPTH_FADE : 0;
    u.uShade.value = occlusion?.texture ?? null;
    u.uShadeCount.value = occlusion?.count ?? 0;
    const isShaded = look.occlusion && occlusion !== null;
    u.uOcclusion.value = isShaded ? OCCLUSION_STRENGTH * look.radius ** 2 : 0;
  }

  private showAtoms(look: PanelLook): void {
    const isAnyDimmed =
      look.scope.focus !== null ||
      (this.shownFlags?.some((bits) => (bits & ATOM_FLAGS.dimmed) !== 0) ?? false);
    const opacity = look.scope.focus === null ? OPACITY.dimmed : OPACITY.aroundFocus;
    const copies = copyCount(look.scope.copies);
    this.atoms.show(this.buffers.structure.nAtoms * copies, isAnyDimmed, opacity);
    const bonds = look.bonds === null ? null : this.buffers.bonds;
    if (bonds !== null && this.bonds === null) {
      this.bonds = new ImpostorMeshes(this.scene, this.buffers.corner, (pass) =>
        createBondMaterial(pass, this.uniforms),
      );
    }
    if (bonds !== null) {
      this.uniforms.uBonds.value = bonds.texture;
      this.uniforms.uBondCount.value = Math.max(1, bonds.count);
    }
    this.bonds?.show(2 * (bonds?.count ?? 0) * copies, isAnyDimmed, opacity);
  }

  private showCell(isShown: boolean): void {
    const { structure, bounds } = this.buffers;
    if (isShown && this.cell === null && structure.cell !== null) {
      const edges = cellEdges(structure.cell, bounds.middle);
      this.cell = new CellLines(this.scene, this.buffers.corner, edges, this.uniforms, this.ink);
    }
    if (this.cell !== null) this.cell.visible = isShown;
  }

  /** Frees what this panel alone holds; shared buffers go with their last user. */
  dispose(isLastUser: boolean): void {
    this.bonds?.dispose(isLastUser);
    this.atoms.dispose(isLastUser);
    this.scalars.dispose();
    this.flags.dispose();
    this.cell?.dispose(isLastUser);
  }
}

function scalarsOrNone(scalars: Float32Array | null, nAtoms: number): Float32Array {
  return scalars?.length === nAtoms ? scalars : new Float32Array(nAtoms).fill(-1);
}

function flagsOrNone(flags: Uint8Array | null, nAtoms: number): Uint8Array {
  return flags?.length === nAtoms ? flags : new Uint8Array(nAtoms);
}

function setColor(vector: THREE.Vector3, css: string): void {
  const [r, g, b] = parseColor(css);
  vector.set(r / 255, g / 255, b / 255);
}

function cellExtent(cell: Float64Array, middle: readonly [number, number, number]): number {
  const edges = cellEdges(cell, middle);
  let farthest = 0;
  for (let i = 0; i < edges.length; i += 3) {
    farthest = Math.max(farthest, Math.hypot(edges[i] ?? 0, edges[i + 1] ?? 0, edges[i + 2] ?? 0));
  }
  return farthest;
}
