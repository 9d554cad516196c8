/**
 * NumPy `.npy` arrays on bytes. Format: NEP 1, "A Simple File Format for NumPy Arrays", versions
 * 1.0, 2.0 and 3.0.
 */
import { strFromU8, strToU8 } from "fflate";
import { StudioError } from "../errors.ts";

/** An array of any shape, row-major (C order). Integers of 64 bits are held as doubles. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** How the file held the numbers, such as `<f8`. */
  readonly descriptor: string;
  /** Length = product of the shape; last index fastest. */
  readonly data: Float64Array;
}

/** Arrays that can be written: `<f8`, `<f4`, `<i4`, `|u1` by their type. */
export type WritableArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number;

const READERS: Readonly<Record<string, readonly [bytes: number, read: Reader]>> = {
  f8: [8, (view, offset, little) => view.getFloat64(offset, little)],
  f4: [4, (view, offset, little) => view.getFloat32(offset, little)],
  i8: [8, (view, offset, little) => Number(view.getBigInt64(offset, little))],
  u8: [8, (view, offset, little) => Number(view.getBigUint64(offset, little))],
  i4: [4, (view, offset, little) => view.getInt32(offset, little)],
  u4: [4, (view, offset, little) => view.getUint32(offset, little)],
  i2: [2, (view, offset, little) => view.getInt16(offset, little)],
  u2: [2, (view, offset, little) => view.getUint16(offset, little)],
  i1: [1, (view, offset) => view.getInt8(offset)],
  u1: [1, (view, offset) => view.getUint8(offset)],
  b1: [1, (view, offset) => view.getUint8(offset)],
};

/** What stands before the numbers of a file. */
export interface NpyHeader {
  readonly descriptor: string;
  readonly shape: readonly number[];
  /** Whether the first index is the fastest in the file. */
  readonly fortranOrder: boolean;
  /** First byte of the numbers. */
  readonly dataStart: number;
  /** Bytes of a number. */
  readonly itemSize: number;
  /** Numbers: the product of the shape. */
  readonly length: number;
}

/** Bytes that hold any header this reads: the longest accepted text, and what precedes it. */
export const LONGEST_NPY_HEADER = 65_536 + 12;

/**
 * Reads an array of real or integer numbers or booleans, either byte order, C or Fortran order.
 * @param fileName - for errors.
 * @throws StudioError INVALID_FILE for anything else, a damaged header, data of the wrong length,
 *   or a 64-bit integer beyond ± 2⁵³.
 */
export function readNpy(bytes: Uint8Array, fileName?: string): NpyArray {
  const header = readNpyHeader(bytes, bytes.length, fileName);
  const { descriptor, shape, fortranOrder, dataStart, length } = header;
  const data = new Float64Array(length);
  decodeNpy(header, bytes.subarray(dataStart), data, fileName);
  return { shape, descriptor, data: fortranOrder ? fromFortranOrder(data, shape) : data };
}

/**
 * Numbers as they lie in the file, as doubles.
 * @param bytes - whole numbers of the array that `header` belongs to
 * @param out - length at least that of the numbers; overwritten from its start
 * @throws StudioError INVALID_FILE for a 64-bit integer beyond ± 2⁵³
 */
export function decodeNpy(
  { descriptor, itemSize }: NpyHeader,
  bytes: Uint8Array,
  out: Float64Array,
  fileName?: string,
): void {
  const [, read] = typeOf(descriptor, fileName);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !descriptor.startsWith(">");
  const count = bytes.byteLength / itemSize;
  for (let i = 0; i < count; i++) out[i] = read(view, i * itemSize, little);
  if (itemSize < 8 || descriptor[1] === "f") return;
  if (!out.subarray(0, count).every(Number.isSafeInteger)) {
    throw invalid("The array has an integer beyond ± 2^53, which a double cannot hold", fileName);
  }
}

/** A file of an array: little-endian, C order, version 1.0. */
export function writeNpy(data: WritableArray, shape: readonly number[]): Uint8Array {
  const length = shape.reduce((product, extent) => product * extent, 1);
  if (length !== data.length) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `The array has ${String(data.length)} values; expected ${String(length)} for shape (${shape.join(", ")}).`,
    );
  }
  const tuple = shape.length === 1 ? `${String(shape[0])},` : shape.join(", ");
  const text = `{'descr': '${descriptorOf(data)}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Magic (6), version (2), header length (2), header, newline: padded to a multiple of 64.
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const file = new Uint8Array(total + data.byteLength);
  file.set([...MAGIC, 1, 0, (total - 10) & 255, (total - 10) >> 8]);
  file.set(strToU8(`${text.padEnd(total - 11)}\n`), 10);
  // Every platform that runs this is little-endian, as the descriptor says.
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), total);
  return file;
}

function descriptorOf(data: WritableArray): string {
  if (data instanceof Float64Array) return "<f8";
  if (data instanceof Float32Array) return "<f4";
  return data instanceof Int32Array ? "<i4" : "|u1";
}

/**
 * Reads the header of an array.
 * @param bytes - the beginning of the file, at least {@link LONGEST_NPY_HEADER} of it or all
 * @param totalBytes - of the whole file
 * @throws StudioError INVALID_FILE for a damaged header, a type that holds no real numbers, or another
 *   number of bytes than the header asks for
 */
export function readNpyHeader(bytes: Uint8Array, totalBytes: number, fileName?: string): NpyHeader {
  const { descriptor, shape, fortranOrder, dataStart } = parseHeader(bytes, fileName);
  const [itemSize] = typeOf(descriptor, fileName);
  const length = shape.reduce((product, extent) => product * extent, 1);
  const found = totalBytes - dataStart;
  if (found !== length * itemSize) {
    const what = found < length * itemSize ? "The array is cut off: it" : "The array";
    throw invalid(
      `${what} has ${String(found)} bytes of data; expected ${String(length * itemSize)} for shape (${shape.join(", ")}) and type ${descriptor}`,
      fileName,
    );
  }
  return { descriptor, shape, fortranOrder, dataStart, itemSize, length };
}

function typeOf(descriptor: string, fileName: string | undefined): readonly [number, Reader] {
  const type = READERS[descriptor.slice(1)];
  if (type !== undefined && "<>|=".includes(descriptor.charAt(0))) return type;
  const what = descriptor.includes("O")
    ? "The array holds Python objects"
    : `The array has the type ${descriptor}`;
  throw invalid(
    `${what}; expected real or integer numbers (f4, f8, i1 … i8, u1 … u8, b1)`,
    fileName,
  );
}

function parseHeader(
  bytes: Uint8Array,
  fileName: string | undefined,
): Pick<NpyHeader, "descriptor" | "shape" | "fortranOrder" | "dataStart"> {
  if (bytes.length < 12 || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw invalid("The file does not begin as a NumPy array (.npy) does", fileName);
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw invalid(`The NumPy file has version ${String(version)}; expected 1, 2 or 3`, fileName);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerStart = version === 1 ? 10 : 12;
  const dataStart =
    headerStart + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataStart > bytes.length) throw invalid("The NumPy file ends within its header", fileName);
  const text = strFromU8(bytes.subarray(headerStart, Math.min(dataStart, headerStart + 65536)));
  const descriptor = /'descr'\s*:\s*'([^']*)'/u.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/u.exec(text)?.[1];
  const tuple = /'shape'\s*:\s*\(([\d\s,]*)\)/u.exec(text)?.[1];
  if (descriptor === undefined || order === undefined || tuple === undefined) {
    throw invalid(
      "The NumPy header is damaged or holds a record type; expected descr, fortran_order and shape of a plain array",
      fileName,
    );
  }
  const shape = tuple
    .split(",")
    .filter((extent) => extent.trim() !== "")
    .map(Number);
  return { descriptor, shape, fortranOrder: order === "True", dataStart };
}

/** First index fastest → last index fastest. */
function fromFortranOrder(data: Float64Array, shape: readonly number[]): Float64Array {
  const reordered = new Float64Array(data.length);
  const index = new Int32Array(shape.length);
  for (let source = 0; source < data.length; source++) {
    let target = 0;
    for (let d = 0; d < shape.length; d++) target = target * (shape[d] ?? 1) + index[d]!;
    reordered[target] = data[source]!;
    for (let d = 0; d < shape.length; d++) {
      index[d] = index[d]! + 1;
      if (index[d]! < (shape[d] ?? 1)) break;
      index[d] = 0;
    }
  }
  return reordered;
}

function invalid(message: string, fileName: string | undefined): StudioError {
  return new StudioError("INVALID_FILE", `${message}.`, {
    remedy: "Save it again with numpy.save, as float64 for example.",
    location: fileName === undefined ? {} : { file: fileName },
  });
}
