/** One panel on the graphics card: geometry, three passes, cell lines. */
import * as THREE from "three";
import { parseColor } from "../color/colorTable.ts";
import { createAtomMaterial, createAtomUniforms, type AtomUniforms } from "./atomMaterial.ts";
import { rotationMatrix, type PixelSize } from "./cameraMath.ts";
import { cellEdges, createCellMaterial } from "./cellLines.ts";
import { perspectiveStrength } from "./perspective.ts";
import { ATOM_FLAGS, type PanelSpec, type SceneTheme } from "./panelSpec.ts";
import { halfDepth } from "./structureBounds.ts";
import type { StructureBuffers } from "./structureBuffers.ts";

/** Darkening of the farthest atoms. */
const DEPTH_FADE = 0.16;

/** Strength of the shading by neighbours for spheres of 1 Å. */
const OCCLUSION_STRENGTH = 1.25;

/** What `PanelSpec` says of the look of a panel. */
export type PanelLook = Pick<
  PanelSpec,
  "scalars" | "flags" | "radius" | "showCell" | "occlusion" | "camera" | "projection"
>;

/** Owns the objects of one panel. Made anew when the panel shows another structure. */
export class PanelDrawing {
  readonly buffers: StructureBuffers;
  readonly scene = new THREE.Scene();
  private readonly uniforms: AtomUniforms = createAtomUniforms();
  private readonly line: THREE.IUniform<THREE.Vector3> = { value: new THREE.Vector3() };
  private readonly geometry = new THREE.InstancedBufferGeometry();
  private readonly scalars: THREE.InstancedBufferAttribute;
  private readonly flags: THREE.InstancedBufferAttribute;
  private readonly dimmed: readonly THREE.Mesh[];
  private readonly materials: THREE.Material[] = [];
  private cell: THREE.LineSegments | null = null;
  private shownScalars: Float32Array | null;
  private shownFlags: Uint8Array | null = null;

  constructor(buffers: StructureBuffers, look: Pick<PanelLook, "scalars" | "flags">) {
    this.buffers = buffers;
    const n = buffers.structure.nAtoms;
    this.shownScalars = look.scalars;
    this.shownFlags = look.flags;
    this.scalars = new THREE.InstancedBufferAttribute(scalarsOrNone(look.scalars, n), 1);
    this.flags = new THREE.InstancedBufferAttribute(flagsOrNone(look.flags, n), 1);
    this.geometry.instanceCount = n;
    this.geometry.setAttribute("corner", buffers.corner);
    this.geometry.setAttribute("atom", buffers.atom);
    this.geometry.setAttribute("scalar", this.scalars);
    this.geometry.setAttribute("flags", this.flags);
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    const passes = (["colored", "dimmedDepth", "dimmedColor"] as const).map((pass, order) => {
      const material = createAtomMaterial(pass, this.uniforms);
      this.materials.push(material);
      const mesh = new THREE.Mesh(this.geometry, material);
      mesh.frustumCulled = false;
      mesh.matrixAutoUpdate = false;
      mesh.renderOrder = order;
      this.scene.add(mesh);
      return mesh;
    });
    this.dimmed = passes.slice(1);
    this.showDimmed();
  }

  /** Hands over new values; true when something has changed. */
  update(look: Pick<PanelLook, "scalars" | "flags">): boolean {
    const n = this.buffers.structure.nAtoms;
    let changed = false;
    if (look.scalars !== this.shownScalars) {
      this.shownScalars = look.scalars;
      this.scalars.array = scalarsOrNone(look.scalars, n);
      this.scalars.needsUpdate = true;
      changed = true;
    }
    if (look.flags !== this.shownFlags) {
      this.shownFlags = look.flags;
      this.flags.array = flagsOrNone(look.flags, n);
      this.flags.needsUpdate = true;
      this.showDimmed();
      changed = true;
    }
    return changed;
  }

  private showDimmed(): void {
    const some = this.shownFlags?.some((bits) => (bits & ATOM_FLAGS.dimmed) !== 0) ?? false;
    for (const mesh of this.dimmed) mesh.visible = some;
  }

  /**
   * Sets everything that is not uploaded per atom.
   * @param size - CSS px of the whole picture
   * @param ratio - device px per CSS px
   * @param tile - scale and offset in clip space
   */
  aim(
    look: PanelLook,
    theme: SceneTheme,
    table: THREE.DataTexture,
    size: PixelSize,
    ratio: number,
    tile: readonly [number, number, number, number] = [1, 1, 0, 0],
  ): void {
    const camera = look.camera.getState();
    const { bounds, largestRadius, occlusion } = this.buffers;
    const u = this.uniforms;
    u.uRotation.value.set(...rotationMatrix(camera.rotation));
    u.uTarget.value.set(...camera.target);
    u.uHalfSize.value.set((size.width * camera.scale) / 2, (size.height * camera.scale) / 2);
    u.uTile.value.set(...tile);
    u.uRadius.value = look.radius;
    u.uPixel.value = camera.scale / ratio;
    u.uPerspective.value = perspectiveStrength(
      look.projection,
      Math.hypot(...bounds.halfSize),
      camera.target,
    );
    const reach = Math.hypot(...bounds.halfSize) + Math.hypot(...camera.target);
    const cell = this.buffers.structure.cell;
    const cellReach = look.showCell && cell !== null ? cellExtent(cell, bounds.middle) : 0;
    u.uDepth.value.set(
      Math.max(reach, cellReach + Math.hypot(...camera.target)) + look.radius * largestRadius + 1,
      halfDepth(bounds, camera.rotation) + look.radius * largestRadius,
    );
    u.uFade.value = look.occlusion ? DEPTH_FADE : 0;
    if (occlusion !== null && !this.geometry.hasAttribute("occlusion")) {
      this.geometry.setAttribute("occlusion", occlusion);
    }
    const isShaded = look.occlusion && occlusion !== null;
    u.uOcclusion.value = isShaded ? OCCLUSION_STRENGTH * look.radius ** 2 : 0;
    u.uTable.value = table;
    setColor(u.uAccent.value, theme.accent);
    setColor(this.line.value, theme.foreground);
    this.showCell(look.showCell);
  }

  private showCell(isShown: boolean): void {
    const { structure, bounds } = this.buffers;
    if (isShown && this.cell === null && structure.cell !== null) {
      const geometry = new THREE.BufferGeometry();
      const edges = cellEdges(structure.cell, bounds.middle);
      geometry.setAttribute("corner", new THREE.BufferAttribute(edges, 3));
      geometry.setDrawRange(0, edges.length / 3);
      const material = createCellMaterial(this.uniforms, this.line);
      this.materials.push(material);
      this.cell = new THREE.LineSegments(geometry, material);
      this.cell.frustumCulled = false;
      this.cell.renderOrder = -1;
      this.scene.add(this.cell);
    }
    if (this.cell !== null) this.cell.visible = isShown;
  }

  /** Frees what this panel alone holds; shared buffers go with their last user. */
  dispose(isLastUser: boolean): void {
    if (!isLastUser) {
      for (const shared of ["corner", "atom", "occlusion"]) this.geometry.deleteAttribute(shared);
    }
    this.geometry.dispose();
    this.cell?.geometry.dispose();
    for (const material of this.materials) material.dispose();
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
