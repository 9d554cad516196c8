import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occlusionSlices } from "../../../renderer/scene/ambientOcclusion.ts";
import { WHOLE_STRUCTURE, type DrawnScope } from "../../../renderer/scene/drawnScope.ts";
import { ATOM_FLAGS } from "../../../renderer/scene/panelSpec.ts";
import { chainStructure } from "../../support/fakeStudioApi.ts";
import { cellEdges } from "../../../renderer/scene/cellEdges.ts";
import { textureShape } from "../../../renderer/scene/dataTextures.ts";
import { packBonds } from "../../../renderer/scene/structureBuffers.ts";
import { countUploads } from "../../../renderer/scene/renderStats.ts";
import { scaleBarFor } from "../../../renderer/scene/scaleBar.ts";
import { viewportOf } from "../../../renderer/scene/viewportRect.ts";

const CANVAS = { left: 100, top: 50, width: 800, height: 600 };

describe("viewport of a panel", () => {
  it("has its origin at the lower left and is in device pixels", () => {
    const panel = { left: 110, top: 70, width: 200, height: 100 };
    expect(viewportOf(panel, CANVAS, 2)?.viewport).toEqual([20, 960, 400, 200]);
  });

  it("is cut to the canvas while the picture keeps its size", () => {
    const panel = { left: 0, top: 600, width: 200, height: 100 };
    expect(viewportOf(panel, CANVAS, 1)).toEqual({
      viewport: [-100, -50, 200, 100],
      scissor: [0, 0, 100, 50],
    });
    expect(viewportOf({ ...panel, left: -200 }, CANVAS, 1)).toBeNull();
  });

  it("leaves neither gap nor overlap between panels that touch, at any zoom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 700, noNaN: true }),
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        (width, ratio) => {
          const left = { left: 100, top: 50, width, height: 100 };
          const right = { ...left, left: 100 + width, width: 800 - width };
          const a = viewportOf(left, CANVAS, ratio)?.viewport ?? [0, 0, 0, 0];
          const b = viewportOf(right, CANVAS, ratio)?.viewport ?? [0, 0, 0, 0];
          expect(a[0] + a[2]).toBe(b[0]);
        },
      ),
    );
  });
});

describe("scale bar", () => {
  it("is 1, 2 or 5 times a power of ten and 32 to 120 px long", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 50, noNaN: true }),
        fc.double({ min: 80, max: 400, noNaN: true }),
        (scale, room) => {
          const bar = scaleBarFor(scale, room);
          const digits = bar.length.toExponential(3);
          expect(digits).toMatch(/^[125]\.000e/);
          expect(bar.pixels).toBeGreaterThanOrEqual(32 - 1e-9);
          expect(bar.pixels).toBeLessThanOrEqual(120 + 1e-9);
        },
      ),
    );
  });

  it("says ångström, and nanometre when long", () => {
    expect(scaleBarFor(0.1).label).toBe("10 Å");
    expect(scaleBarFor(20).label).toBe("200 nm");
  });
});

describe("cell lines", () => {
  it("are twelve edges, each along a cell vector", () => {
    const cell = Float64Array.of(3, 0, 0, 1, 4, 0, 0, 0, 5);
    const edges = cellEdges(cell, [0, 0, 0]);
    expect(edges).toHaveLength(24 * 3);
    const lengths = Array.from({ length: 12 }, (_, k) =>
      Math.hypot(...[0, 1, 2].map((c) => (edges[6 * k + 3 + c] ?? 0) - (edges[6 * k + c] ?? 0))),
    ).sort((a, b) => a - b);
    const b = Math.hypot(1, 4);
    expect(lengths.map((x) => x.toFixed(5))).toEqual(
      [3, 3, 3, 3, b, b, b, b, 5, 5, 5, 5].map((x) => x.toFixed(5)),
    );
  });
});

interface Drawn {
  readonly scope?: DrawnScope;
  readonly flags?: Uint8Array;
  readonly cell?: readonly number[];
}

function occlusionOf(positions: readonly number[], drawn: Drawn = {}): Float32Array {
  const nAtoms = positions.length / 3;
  const slices = occlusionSlices({
    structure: {
      ...chainStructure(nAtoms),
      positions: Float32Array.from(positions),
      cell: drawn.cell === undefined ? null : Float64Array.from(drawn.cell),
    },
    relativeRadii: new Float32Array(nAtoms).fill(1),
    scope: drawn.scope ?? WHOLE_STRUCTURE,
    flags: drawn.flags ?? null,
  });
  let step = slices.next();
  while (step.done !== true) step = slices.next();
  return step.value;
}

describe("shading by neighbours", () => {
  it("comes from the side where the neighbour is, and from nowhere for a lone atom", () => {
    const pair = occlusionOf([0, 0, 0, 1.5, 0, 0]);
    expect(pair[0]).toBeGreaterThan(0);
    expect(pair[1]).toBeGreaterThan(0);
    expect(pair[5]).toBeLessThan(0);
    expect([...occlusionOf([0, 0, 0])]).toEqual([0, 0, 0, 0]);
    expect([...occlusionOf([0, 0, 0, 9, 0, 0])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("does not depend on where the boxes of the search lie", () => {
    const atoms = [0, 0, 0, 1.4, 0, 0, 0, 1.5, 0, 3.1, 0.4, -1, 7, 7, 7];
    const moved = atoms.map((value, k) => value + [3.3, -1.7, 12.9][k % 3]!);
    const here = occlusionOf(atoms);
    occlusionOf(moved).forEach((value, k) => {
      expect(value).toBeCloseTo(here[k] ?? Number.NaN, 5);
    });
  });
});

describe("shading of what is drawn", () => {
  // Two layers of two atoms, 2 Å apart along z.
  const layers = [0, 0, 0, 1.5, 0, 0, 0, 0, 2, 1.5, 0, 2];
  const alone = occlusionOf([0, 0, 0, 1.5, 0, 0]);

  it("forgets atoms that a slab cut away", () => {
    const slab = { normal: [0, 0, 1], center: -1, halfThickness: 0.5 } as const;
    const cut = occlusionOf(layers, { scope: { ...WHOLE_STRUCTURE, slab } });
    expect(occlusionOf(layers)[0]).toBeGreaterThan(alone[0]! + 0.01);
    expect([...cut.slice(0, 8)]).toEqual([...alone]);
    expect([...cut.slice(8)]).toEqual(new Array(8).fill(0));
  });

  it("forgets hidden atoms, and knows dimmed ones", () => {
    const of = (flag: number): Float32Array =>
      occlusionOf(layers, { flags: Uint8Array.of(0, 0, flag, flag) });
    expect([...of(ATOM_FLAGS.hidden).slice(0, 8)]).toEqual([...alone]);
    expect([...of(ATOM_FLAGS.dimmed)]).toEqual([...occlusionOf(layers)]);
  });

  it("counts periodic images where they are drawn, each copy by itself", () => {
    const cell = [3, 0, 0, 0, 9, 0, 0, 0, 9];
    const copies = { first: [0, 0, 0], counts: [3, 1, 1] } as const;
    const one = occlusionOf([0, 0, 0], { cell });
    const three = occlusionOf([0, 0, 0], { cell, scope: { ...WHOLE_STRUCTURE, copies } });
    expect([...one]).toEqual([0, 0, 0, 0]);
    expect(three).toHaveLength(12);
    // The first copy is shaded from the right, the middle one from both sides, the last from the left.
    expect(three[1]).toBeGreaterThan(0);
    expect(three[4]).toBeCloseTo(2 * three[0]!, 6);
    expect(three[5]).toBeCloseTo(0, 6);
    expect(three[9]).toBeCloseTo(-three[1]!, 6);
  });

  it("takes no shade from what is faded around an environment", () => {
    const focus = { center: [-0.75, 0, -1], radius: 1.6 } as const;
    const shaded = occlusionOf(layers, { scope: { ...WHOLE_STRUCTURE, focus } });
    expect([...shaded.slice(0, 8)]).toEqual([...alone]);
    expect(shaded[8]).toBeGreaterThan(0);
  });
});

describe("upload counter", () => {
  it("counts bytes given to the context and passes the calls on", () => {
    const calls: string[] = [];
    const gl = {
      bufferData: () => calls.push("data"),
      bufferSubData: () => calls.push("sub"),
      texSubImage2D: () => calls.push("texture"),
      readPixels: () => calls.push("read"),
    } as unknown as WebGL2RenderingContext;
    const counters = { uploadedBytes: 0, readbacks: 0 };
    const stop = countUploads(gl, counters);
    gl.bufferData(0, new Float32Array(10), 0);
    gl.bufferSubData(0, 0, new Uint8Array(7));
    gl.texSubImage2D(0, 0, 0, 0, 2, 1, 0, 0, new Uint8Array(8));
    gl.readPixels(0, 0, 1, 1, 0, 0, new Uint8Array(4));
    expect(counters).toEqual({ uploadedBytes: 55, readbacks: 1 });
    stop();
    gl.bufferSubData(0, 0, new Uint8Array(7));
    expect(counters.uploadedBytes).toBe(55);
    expect(calls).toEqual(["data", "sub", "texture", "read", "sub"]);
  });
});

describe("textures of atoms and bonds", () => {
  it("have an entry for everything and hardly any to spare", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), (count) => {
        const { width, height } = textureShape(count);
        expect(width).toBeLessThanOrEqual(2048);
        expect(width * height).toBeGreaterThanOrEqual(count);
        expect(width * height - count).toBeLessThan(Math.max(1, height));
      }),
    );
    expect(textureShape(3500).width * textureShape(3500).height).toBe(3500);
    expect(textureShape(63_000).width * textureShape(63_000).height).toBe(63_000);
  });

  it("keep bonds with the image they go to", () => {
    const packed = packBonds({
      pairs: Int32Array.of(3, 70_000, 5, 6),
      shifts: Int16Array.of(-1, 2, -3, 32_767, -32_768, 0),
    });
    const unpack = (k: number): number[] => [
      (packed[4 * k + 2]! << 16) >> 16,
      packed[4 * k + 2]! >> 16,
      packed[4 * k + 3]!,
    ];
    expect([packed[0], packed[1], ...unpack(0)]).toEqual([3, 70_000, -1, 2, -3]);
    expect([packed[4], packed[5], ...unpack(1)]).toEqual([5, 6, 32_767, -32_768, 0]);
  });
});
