/** Uniforms of one panel, shared by its atoms, bonds and cell lines. */
import * as THREE from "three";

type Uniform<T> = THREE.IUniform<T>;

export interface SceneUniforms {
  readonly [name: string]: Uniform<unknown>;
  readonly uRotation: Uniform<THREE.Matrix3>;
  /** Å, the point in the centre, from the middle of the file's copy. */
  readonly uTarget: Uniform<THREE.Vector3>;
  /** Å, half width and half height of the picture. */
  readonly uHalfSize: Uniform<THREE.Vector2>;
  /** Scale and offset in clip space, for a picture drawn in tiles. */
  readonly uTile: Uniform<THREE.Vector4>;
  /** Device px from the lower left corner of the picture to the origin of what is drawn into. */
  readonly uOrigin: Uniform<THREE.Vector2>;
  /** Å per device px, along and up. */
  readonly uStep: Uniform<THREE.Vector2>;
  readonly uRadius: Uniform<number>;
  /** Å. */
  readonly uBondRadius: Uniform<number>;
  /** One over the distance of the eye, 1/Å; 0: orthographic. */
  readonly uPerspective: Uniform<number>;
  /** Å per device px, for the smoothing of edges. */
  readonly uPixel: Uniform<number>;
  /** Å: half the depth range that is drawn, and half the depth that fades. */
  readonly uDepth: Uniform<THREE.Vector2>;
  /** Strength of the depth fade, 0 to 1. */
  readonly uFade: Uniform<number>;
  readonly uOcclusion: Uniform<number>;
  readonly uTable: Uniform<THREE.DataTexture | null>;
  readonly uAccent: Uniform<THREE.Vector3>;
  readonly uGround: Uniform<THREE.Vector3>;
  /** Width of the ring of a marked atom, Å: so many layout px, whatever the resolution. */
  readonly uRing: Uniform<number>;
  /** x, y, z from the middle (Å) and relative radius of each atom. */
  readonly uAtoms: Uniform<THREE.DataTexture | null>;
  readonly uScalars: Uniform<THREE.DataTexture | null>;
  readonly uFlags: Uniform<THREE.DataTexture | null>;
  readonly uShade: Uniform<THREE.DataTexture | null>;
  /** Entries of `uShade`. */
  readonly uShadeCount: Uniform<number>;
  readonly uBonds: Uniform<THREE.DataTexture | null>;
  readonly uAtomCount: Uniform<number>;
  readonly uBondCount: Uniform<number>;
  /** Columns a, b, c, Å. */
  readonly uCell: Uniform<THREE.Matrix3>;
  readonly uFirstCopy: Uniform<THREE.Vector3>;
  readonly uCopies: Uniform<THREE.Vector3>;
  /** Normal and centre of the slab; half its thickness. */
  readonly uSlab: Uniform<THREE.Vector4>;
  readonly uSlabHalf: Uniform<number>;
  /** Centre and radius of the ball in focus; a negative radius: none. */
  readonly uFocus: Uniform<THREE.Vector4>;
}

/** Uniforms with nothing in them yet. */
export function createSceneUniforms(): SceneUniforms {
  return {
    uRotation: { value: new THREE.Matrix3() },
    uTarget: { value: new THREE.Vector3() },
    uHalfSize: { value: new THREE.Vector2(1, 1) },
    uTile: { value: new THREE.Vector4(1, 1, 0, 0) },
    uOrigin: { value: new THREE.Vector2() },
    uStep: { value: new THREE.Vector2(1, 1) },
    uRadius: { value: 1 },
    uBondRadius: { value: 0 },
    uPerspective: { value: 0 },
    uPixel: { value: 1 },
    uDepth: { value: new THREE.Vector2(1, 1) },
    uFade: { value: 0 },
    uOcclusion: { value: 0 },
    uTable: { value: null },
    uAccent: { value: new THREE.Vector3() },
    uGround: { value: new THREE.Vector3() },
    uRing: { value: 1 },
    uAtoms: { value: null },
    uScalars: { value: null },
    uFlags: { value: null },
    uShade: { value: null },
    uShadeCount: { value: 0 },
    uBonds: { value: null },
    uAtomCount: { value: 1 },
    uBondCount: { value: 1 },
    uCell: { value: new THREE.Matrix3() },
    uFirstCopy: { value: new THREE.Vector3() },
    uCopies: { value: new THREE.Vector3(1, 1, 1) },
    uSlab: { value: new THREE.Vector4() },
    uSlabHalf: { value: 1e30 },
    uFocus: { value: new THREE.Vector4(0, 0, 0, -1) },
  };
}
