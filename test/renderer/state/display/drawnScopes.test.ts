import { describe, expect, it } from "vitest";
import type { DisplayStructure } from "../../../../src/contract/display.ts";
import {
  atomsInLasso,
  pickAtom,
  type ProjectedAtoms,
} from "../../../../renderer/scene/atomProjection.ts";
import { directionRotation } from "../../../../renderer/scene/cameraMath.ts";
import { extendLasso, startLasso } from "../../../../renderer/scene/lassoPath.ts";
import { extentOf } from "../../../../renderer/scene/scopeUniforms.ts";
import { fitCamera, structureBounds } from "../../../../renderer/scene/structureBounds.ts";
import { shownAtoms, slabNormal } from "../../../../renderer/state/display/drawnScopes.ts";
import { displayStructure } from "../../../support/displayStructure.ts";

const NO_IMAGES = [1, 1, 1] as const;

/** Four atoms along c of a sheared cell, 2 Å apart, periodic along a and b. */
function column(): DisplayStructure {
  return {
    ...displayStructure([0, 2, 4, 6].map((z): [number, number, number] => [1, 1, z])),
    cell: Float64Array.of(10, 0, 0, 0, 10, 0, 3, 0, 20),
    pbc: [true, true, false],
  };
}

function seenAlongZ(
  structure: DisplayStructure,
  settings: Parameters<typeof shownAtoms>[1],
): ProjectedAtoms {
  const { scope } = shownAtoms(structure, settings);
  const bounds = structureBounds(structure);
  return {
    structure,
    relativeRadii: new Float32Array(structure.nAtoms).fill(1),
    radius: 1,
    flags: null,
    middle: bounds.middle,
    scope,
    center: extentOf(scope, bounds, structure.cell).center,
    camera: { rotation: directionRotation("z"), target: [0, 0, 0], scale: 0.1 },
    perspective: 0,
  };
}

describe("slab", () => {
  it("keeps the atoms between its planes, and they alone are counted and picked", () => {
    const structure = column();
    const slab = { along: "c", position: 0.5, thickness: 3 } as const;
    const { mask } = shownAtoms(structure, { slab, images: NO_IMAGES });
    expect([...(mask ?? [])]).toEqual([0, 1, 1, 0]);
    const atoms = seenAlongZ(structure, { slab, images: NO_IMAGES });
    expect(pickAtom(atoms, 0, 0)).toBe(2);
    const lasso = [
      [50, -50],
      [50, 50],
      [-50, 50],
    ].reduce((path, [x, y]) => extendLasso(path, x ?? 0, y ?? 0), startLasso(-50, -50));
    expect([...atomsInLasso(atoms, lasso)]).toEqual([1, 2]);
  });

  it("lies between lattice planes of a sheared cell, or faces the view it was taken from", () => {
    const structure = column();
    const [x, y, z] = slabNormal(structure, "a");
    expect(x * 3 + z * 20).toBeCloseTo(0, 12);
    expect(y).toBeCloseTo(0, 12);
    expect(x).toBeGreaterThan(0);
    expect(slabNormal(structure, "c")).toEqual([0, 0, 1]);
    expect(slabNormal(structure, [0, 0.6, 0.8])).toEqual([0, 0.6, 0.8]);
    expect(slabNormal(displayStructure([[0, 0, 0]]), "b")).toEqual([0, 1, 0]);
  });

  it("reaches from the first atom to the last, images included", () => {
    const structure = column();
    const ends = (position: number): number => {
      const slab = { along: "a", position, thickness: 1 } as const;
      return shownAtoms(structure, { slab, images: [3, 1, 1] }).scope.slab?.center ?? Number.NaN;
    };
    const normal = slabNormal(structure, "a");
    const height = 10 * normal[0] * 2 + Math.abs(normal[2]) * 6;
    expect(ends(1) - ends(0)).toBeCloseTo(height, 9);
  });

  it("is worked out once for the same settings", () => {
    const structure = column();
    const slab = { along: "c", position: 0.5, thickness: 3 } as const;
    const settings = { slab, images: NO_IMAGES };
    expect(shownAtoms(structure, settings)).toBe(shownAtoms(structure, { ...settings }));
  });
});

describe("periodic images", () => {
  it("stand side by side along periodic directions, and picking one finds its atom", () => {
    const atoms = seenAlongZ(column(), { slab: null, images: [2, 1, 3] });
    expect(atoms.scope.copies.counts).toEqual([2, 1, 1]);
    // The middle of the block is 5 Å right of the file's copy.
    expect(pickAtom(atoms, -50, 0)).toBe(3);
    expect(pickAtom(atoms, 50, 0)).toBe(3);
    expect(pickAtom(atoms, 0, 0)).toBeNull();
  });

  it("are left out, and this is told, when they would be too many", () => {
    const many = displayStructure(
      Array.from({ length: 20_000 }, (_, i): [number, number, number] => [i % 50, i / 50, 0]),
    );
    const structure: DisplayStructure = {
      ...many,
      cell: Float64Array.of(50, 0, 0, 0, 400, 0, 0, 0, 9),
      pbc: [true, true, true],
    };
    const few = shownAtoms(structure, { slab: null, images: [5, 5, 2] });
    expect([few.tooManyImages, few.scope.copies.counts]).toEqual([false, [5, 5, 2]]);
    const lots = shownAtoms(structure, { slab: null, images: [5, 5, 3] });
    expect([lots.tooManyImages, lots.scope.copies.counts]).toEqual([true, [1, 1, 1]]);
  });

  it("fit into the panel", () => {
    const structure = column();
    const size = { width: 100, height: 100 };
    const state = { rotation: directionRotation("z"), target: [0, 0, 0], scale: 1 } as const;
    const { copies } = shownAtoms(structure, { slab: null, images: [4, 1, 1] }).scope;
    expect(fitCamera(state, [{ structure, size }], 1).scale).toBeCloseTo(2 / 88, 9);
    expect(fitCamera(state, [{ structure, size, copies }], 1).scale).toBeCloseTo(32 / 88, 9);
  });
});
