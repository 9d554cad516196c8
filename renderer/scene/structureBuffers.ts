/** What all panels that show a structure share on the graphics card. */
import * as THREE from "three";
import type { DisplayStructure } from "../../src/contract/display.ts";
import type { BondList } from "../../src/structures/bonds.ts";
import { occlusionSlices } from "./ambientOcclusion.ts";
import { relativeRadii } from "./atomRadii.ts";
import { integerTexture, vectorTexture } from "./dataTextures.ts";
import type { DrawnScope } from "./drawnScope.ts";
import { ATOM_FLAGS } from "./panelSpec.ts";
import { structureBounds, type StructureBounds } from "./structureBounds.ts";

/** Bonds of a structure on the graphics card. */
export interface BondBuffer {
  readonly bonds: BondList;
  readonly count: number;
  /** i, j, shifts along a and b, shift along c. */
  readonly texture: THREE.DataTexture;
}

/** How the atoms shade each other, and for what that was worked out. */
export interface Occlusion {
  readonly key: OcclusionKey;
  /** An entry for each atom of each copy. */
  readonly texture: THREE.DataTexture;
  readonly count: number;
}

/** What is drawn of a structure, as far as shading goes. */
export interface OcclusionKey {
  readonly scope: DrawnScope;
  /** Flags that hide atoms; null: none does. */
  readonly flags: Uint8Array | null;
}

/** Buffers of one structure. */
export interface StructureBuffers {
  readonly structure: DisplayStructure;
  readonly bounds: StructureBounds;
  readonly relativeRadii: Float32Array;
  readonly largestRadius: number;
  /** x, y, z relative to the middle (Å) and the relative radius. */
  readonly atoms: THREE.DataTexture;
  readonly corner: THREE.BufferAttribute;
  /** Null until it has been worked out. */
  occlusion: Occlusion | null;
  /** Null until a panel shows bonds. */
  bonds: BondBuffer | null;
  users: number;
}

/** Makes the buffers; nothing is uploaded before they are drawn. */
export function createStructureBuffers(structure: DisplayStructure): StructureBuffers {
  const bounds = structureBounds(structure);
  const radii = relativeRadii(structure);
  const packed = new Float32Array(structure.nAtoms * 4);
  for (let i = 0; i < structure.nAtoms; i += 1) {
    for (const axis of [0, 1, 2] as const) {
      packed[4 * i + axis] = (structure.positions[3 * i + axis] ?? 0) - bounds.middle[axis];
    }
    packed[4 * i + 3] = radii[i] ?? 1;
  }
  return {
    structure,
    bounds,
    relativeRadii: radii,
    largestRadius: radii.reduce((a, b) => Math.max(a, b), 0),
    atoms: vectorTexture(packed),
    corner: new THREE.BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2),
    occlusion: null,
    bonds: null,
    users: 0,
  };
}

/** i, j, two shifts of 16 bits in one number, the third shift: 16 bytes a bond. */
export function packBonds({ pairs, shifts }: BondList): Int32Array {
  const count = pairs.length / 2;
  const packed = new Int32Array(4 * count);
  for (let k = 0; k < count; k += 1) {
    packed[4 * k] = pairs[2 * k]!;
    packed[4 * k + 1] = pairs[2 * k + 1]!;
    packed[4 * k + 2] = (shifts[3 * k]! & 0xffff) | (shifts[3 * k + 1]! << 16);
    packed[4 * k + 3] = shifts[3 * k + 2]!;
  }
  return packed;
}

/** Puts bonds among the buffers, once for all panels. */
export function ensureBonds(buffers: StructureBuffers, bonds: BondList): void {
  if (buffers.bonds?.bonds === bonds) return;
  buffers.bonds?.texture.dispose();
  const texture = integerTexture(packBonds(bonds));
  buffers.bonds = { bonds, count: bonds.pairs.length / 2, texture };
}

/** Frees what the structure holds on the graphics card. */
export function disposeBuffers(buffers: StructureBuffers): void {
  buffers.atoms.dispose();
  buffers.occlusion?.texture.dispose();
  buffers.bonds?.texture.dispose();
}

/** What the shading of a panel depends on. */
export function occlusionKey({ scope, flags }: OcclusionKey): OcclusionKey {
  // Around an environment that is looked at, flags hide nothing.
  const hides = scope.focus === null && flags?.some((bits) => (bits & ATOM_FLAGS.hidden) !== 0);
  return { scope, flags: hides === true ? flags : null };
}

export function isSameOcclusion(a: OcclusionKey | undefined, b: OcclusionKey): boolean {
  if (a?.flags !== b.flags) return false;
  return a.scope === b.scope || JSON.stringify(a.scope) === JSON.stringify(b.scope);
}

function finished(key: OcclusionKey, values: Float32Array): Occlusion {
  return { key, texture: vectorTexture(values), count: values.length / 4 };
}

/** Works out the shading at once. */
export function occlusionNow(buffers: StructureBuffers, key: OcclusionKey): Occlusion {
  const slices = occlusionSlices({ ...buffers, ...key });
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  return finished(key, step.value);
}

/**
 * Works out the shading between other work of the window, then calls `onDone`.
 * @returns a function that stops it
 */
export function occlusionLater(
  buffers: StructureBuffers,
  key: OcclusionKey,
  onDone: (occlusion: Occlusion) => void,
): () => void {
  const slices = occlusionSlices({ ...buffers, ...key });
  let timer = setTimeout(function next(): void {
    const step = slices.next();
    if (step.done === true) onDone(finished(key, step.value));
    else timer = setTimeout(next, 0);
  }, 0);
  return () => {
    clearTimeout(timer);
  };
}
