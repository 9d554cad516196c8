import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import { readNpy, writeNpy } from "../../../src/formats/npy.ts";
import { readNpz, writeNpz } from "../../../src/formats/npz.ts";

function golden(name: string): Uint8Array {
  return readFileSync(new URL(`../../golden/numpy-arrays/${name}`, import.meta.url));
}

const RAMP = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5];

describe("readNpy", () => {
  it.each([
    ["f8.npy", [2, 3], RAMP],
    ["f4.npy", [2, 3], RAMP],
    ["big_endian.npy", [2, 3], RAMP],
    ["i8.npy", [2, 3], [-3, -2, -1, 0, 1, 2]],
    ["i4.npy", [2, 3], [-3, -2, -1, 0, 1, 2]],
    ["u1.npy", [2, 3], [0, 1, 2, 3, 4, 5]],
    ["bool.npy", [2, 3], [0, 1, 0, 1, 0, 1]],
    ["fortran.npy", [2, 3, 4], Array.from({ length: 24 }, (_, i) => i)],
    ["scalar.npy", [], [2.5]],
    ["empty.npy", [0, 4], []],
    ["vector.npy", [3], [1, Number.NaN, Infinity]],
  ])("reads NumPy's %s", (name, shape, values) => {
    const array = readNpy(golden(name));
    expect(array.shape).toEqual(shape);
    expect(Array.from(array.data)).toEqual(values);
  });

  it.each([
    ["complex.npy", /type <c16; expected real or integer/u],
    ["text.npy", /type <U1; expected real or integer/u],
    ["huge_integer.npy", /beyond ± 2\^53/u],
  ])("refuses NumPy's %s", (name, message) => {
    expect(() => readNpy(golden(name), name)).toThrow(message);
    expect(() => readNpy(golden(name), name)).toThrow(StudioError);
  });

  it("reads back what writeNpy writes, at any offset of a buffer", () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 12 }), fc.nat({ max: 7 }), (data, offset) => {
        const file = writeNpy(data, [data.length]);
        const shifted = new Uint8Array(file.length + offset).subarray(offset);
        shifted.set(file);
        expect(readNpy(shifted)).toEqual({ shape: [data.length], descriptor: "<f8", data });
      }),
      { seed: 1 },
    );
    expect(Array.from(readNpy(writeNpy(Float32Array.of(0.5, 2), [2, 1])).data)).toEqual([0.5, 2]);
    expect(Array.from(readNpy(writeNpy(Int32Array.of(-7), [])).data)).toEqual([-7]);
    expect(Array.from(readNpy(writeNpy(Uint8Array.of(200, 1), [1, 2])).data)).toEqual([200, 1]);
  });

  it("writes the bytes that NumPy writes", () => {
    expect(writeNpy(Float64Array.from(RAMP), [2, 3]).slice(128)).toEqual(
      Uint8Array.from(golden("f8.npy")).slice(128),
    );
    const header = (bytes: Uint8Array): string =>
      new TextDecoder("latin1").decode(bytes.slice(0, 128));
    expect(header(writeNpy(Float64Array.from(RAMP), [2, 3]))).toBe(header(golden("f8.npy")));
    expect(header(writeNpy(Float64Array.of(1, 2, 3), [3]))).toBe(header(golden("vector.npy")));
  });

  it("refuses a shape that does not fit and damaged bytes, never anything but a StudioError", () => {
    expect(() => writeNpy(new Float64Array(5), [2, 3])).toThrow(/5 values; expected 6/u);
    const file = Uint8Array.from(golden("f8.npy"));
    expect(() => readNpy(file.subarray(0, 150))).toThrow(/22 bytes of data; expected 48/u);
    expect(() => readNpy(file.subarray(0, 60))).toThrow(/ends within its header/u);
    expect(() => readNpy(new Uint8Array(0))).toThrow(/does not begin as a NumPy array/u);
    fc.assert(
      fc.property(fc.nat({ max: 127 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const damaged = Uint8Array.from(file);
        damaged[at] = byte;
        try {
          readNpy(damaged);
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
        }
      }),
      { numRuns: 1000, seed: 2 },
    );
  });
});

describe("readNpz", () => {
  it.each(["stored.npz", "deflated.npz"])("reads NumPy's %s", (name) => {
    const arrays = readNpz(golden(name));
    expect([...arrays.keys()]).toEqual(["lpr", "index"]);
    expect(Array.from(arrays.get("lpr")?.data ?? [])).toEqual(RAMP);
    expect(arrays.get("index")).toMatchObject({ shape: [2, 3], descriptor: "<i4" });
  });

  it("reads back what writeNpz writes; equal arrays give equal files", () => {
    const arrays = { lpr: { data: Float64Array.from(RAMP), shape: [3, 2] } };
    for (const compress of [false, true]) {
      const file = writeNpz(arrays, compress);
      expect(file).toEqual(writeNpz(arrays, compress));
      expect(readNpz(file).get("lpr")).toMatchObject({ shape: [3, 2], data: arrays.lpr.data });
    }
  });

  it("refuses what is no archive and survives any damage with a StudioError", () => {
    expect(() => readNpz(golden("f8.npy"), "X.npz")).toThrow(/damaged or no zip file/u);
    const file = Uint8Array.from(golden("deflated.npz"));
    fc.assert(
      fc.property(
        fc.nat({ max: file.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        (at, byte) => {
          const damaged = Uint8Array.from(file);
          damaged[at] = byte;
          try {
            readNpz(damaged);
          } catch (error) {
            if (!(error instanceof StudioError)) throw error;
          }
        },
      ),
      { numRuns: 1000, seed: 3 },
    );
  });
});
