import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  atomsInLasso,
  locateAtom,
  pickAtom,
  type ProjectedAtoms,
} from "../../../renderer/scene/atomProjection.ts";
import { relativeRadii } from "../../../renderer/scene/atomRadii.ts";
import { directionRotation } from "../../../renderer/scene/cameraMath.ts";
import { WHOLE_STRUCTURE } from "../../../renderer/scene/drawnScope.ts";
import {
  coversPoint,
  extendLasso,
  isLasso,
  startLasso,
  transformLasso,
  type LassoPath,
} from "../../../renderer/scene/lassoPath.ts";
import { ATOM_FLAGS } from "../../../renderer/scene/panelSpec.ts";
import { structureBounds } from "../../../renderer/scene/structureBounds.ts";
import { displayStructure } from "../../support/displayStructure.ts";

type Position = readonly [number, number, number];

function seenAlongZ(positions: readonly Position[], flags: Uint8Array | null): ProjectedAtoms {
  const structure = displayStructure(positions);
  return {
    structure,
    relativeRadii: relativeRadii(structure),
    radius: 1,
    flags,
    middle: structureBounds(structure).middle,
    camera: { rotation: directionRotation("z"), target: [0, 0, 0], scale: 0.1 },
    perspective: 0,
    scope: WHOLE_STRUCTURE,
    center: [0, 0, 0],
  };
}

function polygon(...corners: readonly (readonly [number, number])[]): LassoPath {
  const [first = [0, 0], ...rest] = corners;
  return rest.reduce((path, [x, y]) => extendLasso(path, x, y), startLasso(...first));
}

describe("picking", () => {
  const positions: Position[] = [
    [-5, 0, -5],
    [-5, 0, 5],
    [5, 3, 0],
    [5, -3, 0],
  ];

  it("finds the front-most of atoms behind each other", () => {
    expect(pickAtom(seenAlongZ(positions, null), -50, 0)).toBe(1);
    expect(pickAtom(seenAlongZ(positions, null), 50, -30)).toBe(2);
    expect(pickAtom(seenAlongZ(positions, null), 50, 30)).toBe(3);
  });

  it("finds in perspective what is drawn there: near atoms farther out and larger", () => {
    const atoms = { ...seenAlongZ(positions, null), perspective: 1 / 20 };
    const [near, far] = [1 / (1 - 5 / 20), 1 / (1 + 5 / 20)];
    expect(locateAtom(atoms, 1)[0]?.x).toBeCloseTo(-50 * near, 6);
    expect(locateAtom(atoms, 1)[0]?.radius).toBeCloseTo(10 * near, 6);
    expect(locateAtom(atoms, 0)[0]?.x).toBeCloseTo(-50 * far, 6);
    expect(pickAtom(atoms, -50 * near, 0)).toBe(1);
    expect(pickAtom(atoms, -50 * far, 0)).toBe(0);
    expect(pickAtom(atoms, -50 * near - 13, 0)).toBe(1);
    expect(pickAtom(atoms, -50 * near - 14, 0)).toBeNull();
  });

  it("looks through hidden atoms but not through dimmed ones", () => {
    const hidden = Uint8Array.of(0, ATOM_FLAGS.hidden, 0, 0);
    expect(pickAtom(seenAlongZ(positions, hidden), -50, 0)).toBe(0);
    const dimmed = Uint8Array.of(0, ATOM_FLAGS.dimmed, 0, 0);
    expect(pickAtom(seenAlongZ(positions, dimmed), -50, 0)).toBe(1);
  });

  it("ends at the edge of the disc, or a little beyond when nothing else is hit", () => {
    const atoms = seenAlongZ(positions, null);
    expect(pickAtom(atoms, 59.9, -30)).toBe(2);
    expect(pickAtom(atoms, 60.1, -30)).toBeNull();
    expect(pickAtom(atoms, 61, -30, 2)).toBe(2);
    expect(pickAtom(atoms, 0, 0, 2)).toBeNull();
  });

  it("picks the nearer surface when spheres overlap, as the depth test does", () => {
    const atoms = seenAlongZ(
      [
        [-0.5, 0, 0],
        [0.5, 0, 0.3],
      ],
      null,
    );
    expect(pickAtom(atoms, -10, 0)).toBe(0);
    expect(pickAtom(atoms, 0, 0)).toBe(1);
  });

  it("places an atom where it is picked", () => {
    const atoms = seenAlongZ(positions, null);
    const [place] = locateAtom(atoms, 2);
    expect(place).toEqual({ x: 50, y: -30, radius: 10 });
    expect(locateAtom(atoms, 4)).toEqual([]);
  });

  it("makes other species larger in proportion to their covalent radius", () => {
    const [carbon = 0, gallium = 0] = relativeRadii(
      displayStructure(
        [
          [0, 0, 0],
          [3, 0, 0],
        ],
        [6, 31],
      ),
    );
    expect(carbon).toBe(1);
    expect(gallium).toBeCloseTo(1.22 / 0.76, 6);
  });
});

describe("lasso", () => {
  it("takes all atoms whose centres lie inside, through the depth", () => {
    const atoms = seenAlongZ(
      [
        [-5, 0, -5],
        [-5, 0, 5],
        [5, 3, 0],
      ],
      Uint8Array.of(0, 0, 0),
    );
    const lasso = polygon([-80, -20], [-20, -20], [-20, 40], [-80, 40]);
    expect([...atomsInLasso(atoms, lasso)]).toEqual([0, 1]);
    const hidden = { ...atoms, flags: Uint8Array.of(ATOM_FLAGS.hidden, 0, 0) };
    expect([...atomsInLasso(hidden, lasso)]).toEqual([1]);
  });

  it("has y upwards in the structure and downwards on screen", () => {
    const atoms = seenAlongZ(
      [
        [0, 4, 0],
        [0, -4, 0],
      ],
      null,
    );
    // 4 Å are 40 px.
    const above = polygon([-10, -50], [10, -50], [10, -30], [-10, -30]);
    const below = polygon([-10, 50], [10, 50], [10, 30], [-10, 30]);
    expect([...atomsInLasso(atoms, above)]).toEqual([0]);
    expect([...atomsInLasso(atoms, below)]).toEqual([1]);
  });

  it("knows the inside of a concave outline", () => {
    const horseshoe = polygon(
      [0, 0],
      [30, 0],
      [30, 30],
      [20, 30],
      [20, 10],
      [10, 10],
      [10, 30],
      [0, 30],
    );
    expect(coversPoint(horseshoe, 5, 20)).toBe(true);
    expect(coversPoint(horseshoe, 15, 20)).toBe(false);
    expect(coversPoint(horseshoe, 25, 20)).toBe(true);
    expect(coversPoint(horseshoe, 15, 5)).toBe(true);
    expect(coversPoint(horseshoe, 31, 5)).toBe(false);
  });

  it("divides the plane: a point lies in exactly one of two halves of a rectangle", () => {
    const coordinate = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (x, y, cut) => {
        const left = polygon([0, 0], [cut, 0], [cut, 100], [0, 100]);
        const right = polygon([cut, 0], [100, 0], [100, 100], [cut, 100]);
        fc.pre(cut > 2 && cut < 98);
        expect(coversPoint(left, x, y) !== coversPoint(right, x, y)).toBe(true);
      }),
    );
  });

  it("ignores a twitch and corners that hardly differ", () => {
    const twitch = polygon([0, 0], [2, 0], [2, 2]);
    expect(isLasso(twitch)).toBe(false);
    const path = startLasso(0, 0);
    expect(extendLasso(path, 1, 1)).toBe(path);
  });

  it("keeps its inside when the axes are turned over", () => {
    const lasso = polygon([0, 0], [10, 0], [10, 20], [0, 20]);
    const flipped = transformLasso(
      lasso,
      (x) => 2 * x + 1,
      (y) => -y,
    );
    expect(coversPoint(flipped, 11, -5)).toBe(true);
    expect(coversPoint(flipped, 11, 5)).toBe(false);
  });
});
