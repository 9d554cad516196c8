/**
 * Numbers of atoms and bonds on the graphics card. Atoms and bonds look them up by index, so that
 * everything is there once, however many copies, bonds and panels show it.
 */
import * as THREE from "three";

/** Every WebGL 2 system takes textures of this width. */
const LARGEST_WIDTH = 2048;
/** How many heights are tried to find one without unused entries at the end. */
const TRIALS = 256;

/** Width and height of a texture with one entry for each of `count` things, with little to spare. */
export function textureShape(count: number): { readonly width: number; readonly height: number } {
  const least = Math.max(1, Math.ceil(count / LARGEST_WIDTH));
  for (let height = least; height < least + TRIALS; height += 1) {
    if (count > 0 && count % height === 0) return { width: count / height, height };
  }
  return { width: Math.max(1, Math.ceil(count / least)), height: least };
}

/** `values` filled up to whole rows; the same array when there is nothing to fill. */
function filled<T extends Float32Array | Int32Array | Uint8Array>(values: T, length: number): T {
  if (values.length === length) return values;
  const longer = new (values.constructor as new (length: number) => T)(length);
  longer.set(values);
  return longer;
}

function createTexture(
  values: Float32Array | Int32Array | Uint8Array,
  count: number,
  format: THREE.PixelFormat,
  type: THREE.TextureDataType,
): THREE.DataTexture {
  const { width, height } = textureShape(count);
  const components = format === THREE.RGBAFormat || format === THREE.RGBAIntegerFormat ? 4 : 1;
  const data = filled(values, width * height * components);
  const texture = new THREE.DataTexture(data, width, height, format, type);
  texture.needsUpdate = true;
  return texture;
}

/** Four numbers each. */
export function vectorTexture(values: Float32Array): THREE.DataTexture {
  return createTexture(values, values.length / 4, THREE.RGBAFormat, THREE.FloatType);
}

/** One number each: 4 bytes. */
export function numberTexture(values: Float32Array): THREE.DataTexture {
  return createTexture(values, values.length, THREE.RedFormat, THREE.FloatType);
}

/** One byte each, as a whole number. */
export function byteTexture(values: Uint8Array): THREE.DataTexture {
  return createTexture(values, values.length, THREE.RedIntegerFormat, THREE.UnsignedByteType);
}

/** Four whole numbers each. */
export function integerTexture(values: Int32Array): THREE.DataTexture {
  return createTexture(values, values.length / 4, THREE.RGBAIntegerFormat, THREE.IntType);
}

/** Hands over other values of the same number; the next frame uploads them. */
export function replaceValues(texture: THREE.DataTexture, values: Float32Array | Uint8Array): void {
  const image = texture.image as { width: number; height: number; data: unknown };
  image.data = filled(values, image.width * image.height);
  texture.needsUpdate = true;
}
