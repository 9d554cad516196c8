/** What all panels that show a structure share on the graphics card. */
import * as THREE from "three";
import type { DisplayStructure } from "../../src/contract/display.ts";
import { occlusionSlices } from "./ambientOcclusion.ts";
import { relativeRadii } from "./atomRadii.ts";
import { structureBounds, type StructureBounds } from "./structureBounds.ts";

/** Buffers of one structure. */
export interface StructureBuffers {
  readonly structure: DisplayStructure;
  readonly bounds: StructureBounds;
  readonly relativeRadii: Float32Array;
  readonly largestRadius: number;
  /** x, y, z relative to the middle (Å) and the relative radius. */
  readonly atom: THREE.InstancedBufferAttribute;
  readonly corner: THREE.BufferAttribute;
  /** Null until it has been worked out. */
  occlusion: THREE.InstancedBufferAttribute | null;
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
    atom: new THREE.InstancedBufferAttribute(packed, 4),
    corner: new THREE.BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2),
    occlusion: null,
    users: 0,
  };
}

/** Works out the shading at once (export). */
export function occlusionNow(buffers: StructureBuffers): THREE.InstancedBufferAttribute {
  const slices = occlusionSlices(buffers.structure.positions, buffers.relativeRadii);
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  return new THREE.InstancedBufferAttribute(step.value, 4);
}

/**
 * Works out the shading between other work of the window, then calls `onDone`.
 * @returns a function that stops it
 */
export function occlusionLater(
  buffers: StructureBuffers,
  onDone: (attribute: THREE.InstancedBufferAttribute) => void,
): () => void {
  const slices = occlusionSlices(buffers.structure.positions, buffers.relativeRadii);
  let timer = setTimeout(function next(): void {
    const step = slices.next();
    if (step.done === true) onDone(new THREE.InstancedBufferAttribute(step.value, 4));
    else timer = setTimeout(next, 0);
  }, 0);
  return () => {
    clearTimeout(timer);
  };
}
