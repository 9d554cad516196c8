import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  composeRotations,
  DEFAULT_ROTATION,
  cellRotation,
  directionRotation,
  panByDrag,
  projectOffset,
  rotateByDrag,
  rotateVector,
  unrotateVector,
  zoomAt,
} from "../../../renderer/scene/cameraMath.ts";
import type { CameraState, Vector3 } from "../../../renderer/scene/cameraState.ts";
import { fitCamera, targetOfAtom } from "../../../renderer/scene/structureBounds.ts";
import { magnification, perspectiveStrength } from "../../../renderer/scene/perspective.ts";
import { displayStructure } from "../../support/displayStructure.ts";

const START: CameraState = { rotation: DEFAULT_ROTATION, target: [1, -2, 3], scale: 0.1 };
const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
const vector = fc.tuple(coordinate, coordinate, coordinate) as fc.Arbitrary<Vector3>;
const pixels = fc.double({ min: -300, max: 300, noNaN: true });

function expectClose(a: readonly number[], b: readonly number[], digits = 6): void {
  expect(a).toHaveLength(b.length);
  a.forEach((value, k) => {
    expect(value).toBeCloseTo(b[k] ?? Number.NaN, digits);
  });
}

describe("camera", () => {
  it("points the chosen axis at the viewer, z up where it can be", () => {
    const towards: Vector3 = [0, 0, 1];
    expectClose(rotateVector(directionRotation("x"), [1, 0, 0]), towards);
    expectClose(rotateVector(directionRotation("y"), [0, 1, 0]), towards);
    expectClose(rotateVector(directionRotation("z"), [0, 0, 1]), towards);
    expectClose(rotateVector(directionRotation("-x"), [-1, 0, 0]), towards);
    expectClose(rotateVector(directionRotation("-y"), [0, -1, 0]), towards);
    expectClose(rotateVector(directionRotation("-z"), [0, 0, -1]), towards);
    for (const direction of ["x", "y", "-x", "-y"] as const) {
      expectClose(rotateVector(directionRotation(direction), [0, 0, 1]), [0, 1, 0]);
    }
    expectClose(rotateVector(directionRotation("z"), [0, 1, 0]), [0, 1, 0]);
  });

  it("starts with z up and the top of the film in view", () => {
    const [x, y, depth] = rotateVector(DEFAULT_ROTATION, [0, 0, 1]);
    expect(x).toBeCloseTo(0, 9);
    expect(y).toBeGreaterThan(0.9);
    expect(depth).toBeGreaterThan(0);
  });

  it("keeps what is under the pointer in place while zooming", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), pixels, pixels, (factor, x, y) => {
        const [vx, vy] = [x * START.scale, -y * START.scale];
        const [dx, dy, dz] = unrotateVector(START.rotation, [vx, vy, 0]);
        const under: Vector3 = [START.target[0] + dx, START.target[1] + dy, START.target[2] + dz];
        expectClose(projectOffset(START, under), [x, y]);
        const zoomed = zoomAt(START, factor, x, y);
        expect(zoomed.scale).toBeCloseTo(START.scale / factor, 9);
        expectClose(projectOffset(zoomed, under), [x, y], 4);
      }),
    );
  });

  it("moves every point with the pointer while panning", () => {
    fc.assert(
      fc.property(vector, pixels, pixels, (point, dx, dy) => {
        const [x, y] = projectOffset(START, point);
        expectClose(projectOffset(panByDrag(START, dx, dy), point), [x + dx, y + dy]);
      }),
    );
  });

  it("moves the near side with the pointer while rotating, and keeps lengths", () => {
    const size = { width: 300, height: 200 };
    const turned = rotateByDrag({ ...START, target: [0, 0, 0] }, 10, 0, size);
    const near = unrotateVector(START.rotation, [0, 0, 5]);
    const [x, y] = projectOffset(turned, near);
    expect(x).toBeGreaterThan(0);
    expect(y).toBeCloseTo(0, 6);
    const down = rotateByDrag({ ...START, target: [0, 0, 0] }, 0, 10, size);
    expect(projectOffset(down, near)[1]).toBeGreaterThan(0);
    fc.assert(
      fc.property(vector, pixels, pixels, (point, dx, dy) => {
        const { rotation } = rotateByDrag(START, dx, dy, size);
        expect(Math.hypot(...rotateVector(rotation, point))).toBeCloseTo(Math.hypot(...point), 6);
      }),
    );
  });

  it("does not drift from a rotation after ten thousand steps", () => {
    let state = START;
    for (let k = 0; k < 10_000; k += 1) {
      state = rotateByDrag(state, (k % 7) - 3, (k % 5) - 2, { width: 300, height: 300 });
    }
    expect(Math.hypot(...state.rotation)).toBeCloseTo(1, 12);
    expect(composeRotations(state.rotation, [0, 0, 0, 1])).toEqual(state.rotation);
  });

  it("fits structures of different size into their panels at one scale", () => {
    const small = displayStructure([
      [0, 0, 0],
      [4, 0, 0],
    ]);
    const large = displayStructure([
      [10, 0, 0],
      [30, 0, 0],
      [20, 0, 40],
    ]);
    const size = { width: 200, height: 100 };
    const state = { ...START, rotation: directionRotation("-y") };
    const fitted = fitCamera(
      state,
      [
        { structure: small, size },
        { structure: large, size },
      ],
      1,
    );
    expect(fitted.target).toEqual([0, 0, 0]);
    expect(fitted.scale).toBeCloseTo(42 / 88, 9);
    expect(fitCamera(state, [], 1)).toBe(state);
  });

  it("keeps the outline of the cell in view where it is drawn", () => {
    // Atoms at one corner of a long cell, seen along y; two copies along x.
    const cell = Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 40);
    const crystal = { ...displayStructure([[0, 0, 0]]), cell };
    const state = { ...START, rotation: directionRotation("-y") };
    const size = { width: 100, height: 100 };
    const fit = (showsCell: boolean, nx = 1): number => {
      const copies = { first: [0, 0, 0], counts: [nx, 1, 1] } as const;
      return fitCamera(state, [{ structure: crystal, size, copies, showsCell }], 1).scale;
    };
    expect(fit(false)).toBeCloseTo(2 / 88, 9);
    expect(fit(true)).toBeCloseTo(80 / 88, 9);
    const flat = { ...crystal, cell: Float64Array.of(40, 0, 0, 0, 4, 0, 0, 0, 4) };
    const copies = { first: [0, 0, 0], counts: [2, 1, 1] } as const;
    const { scale } = fitCamera(state, [{ structure: flat, size, copies, showsCell: true }], 1);
    // The middle of the block lies half a cell further: it reaches from −20 to 20 Å, the atoms a radius more.
    expect(scale).toBeCloseTo(42 / 88, 9);
    expect(fit(true, 2)).toBeCloseTo(80 / 88, 9);
  });

  it("leaves the corners free that marks need", () => {
    const film = displayStructure(
      [-10, 10].flatMap((x) => [-12, 0, 12].map((z): [number, number, number] => [x, 0, z])),
    );
    const state = { ...START, rotation: directionRotation("-y") };
    const size = { width: 200, height: 240 };
    const corner = { width: 50, height: 40 };
    for (const side of ["left", "right"] as const) {
      const free = fitCamera(state, [{ structure: film, size }], 1);
      const { scale } = fitCamera(state, [{ structure: film, size, [side]: corner }], 1);
      expect(scale).toBeGreaterThan(free.scale);
      // Atoms at (±10, −12) Å: the nearer edge of the disc just touches the corner's top.
      const besides = (10 + 1) / (100 - 50);
      const above = (12 + 1) / (120 - 40);
      expect(scale).toBeCloseTo(Math.min(besides, above), 9);
    }
  });

  it("looks along the vectors of any cell, the next one up", () => {
    const component = fc.double({ min: -9, max: 9, noNaN: true });
    const cells = fc
      .array(component, { minLength: 9, maxLength: 9 })
      .map((values) => Float64Array.from(values));
    const row = (cell: Float64Array, k: number): [number, number, number] => [
      cell[3 * k] ?? 0,
      cell[3 * k + 1] ?? 0,
      cell[3 * k + 2] ?? 0,
    ];
    fc.assert(
      fc.property(cells, fc.constantFrom("a", "b", "c"), (cell, direction) => {
        const along = row(cell, "abc".indexOf(direction));
        const up = row(cell, direction === "c" ? 1 : 2);
        fc.pre(Math.hypot(...along) > 0.01 && Math.hypot(...up) > 0.01);
        const parallel = Math.abs(along[0] * up[0] + along[1] * up[1] + along[2] * up[2]);
        fc.pre(parallel < 0.99 * Math.hypot(...along) * Math.hypot(...up));
        const rotation = cellRotation(direction, cell) ?? [0, 0, 0, 0];
        expect(Math.hypot(...rotation)).toBeCloseTo(1, 9);
        expectClose(rotateVector(rotation, along), [0, 0, Math.hypot(...along)], 6);
        const [x, y] = rotateVector(rotation, up);
        expect(x).toBeCloseTo(0, 6);
        expect(y).toBeGreaterThan(0);
      }),
    );
    expect(cellRotation("a", new Float64Array(9))).toBeNull();
  });

  it("fits what perspective enlarges, too", () => {
    const near = displayStructure([
      [0, 0, 8],
      [4, 0, 8],
      [0, 0, -8],
      [4, 0, -8],
    ]);
    const size = { width: 200, height: 200 };
    const state = { ...START, rotation: directionRotation("z") };
    const flat = fitCamera(state, [{ structure: near, size }], 1);
    const deep = fitCamera(state, [{ structure: near, size }], 1, "perspective");
    const strength = perspectiveStrength("perspective", Math.hypot(2, 8), [0, 0, 0]);
    expect(deep.scale / flat.scale).toBeCloseTo(magnification(strength, 8), 9);
  });

  it("centres on an atom", () => {
    const structure = displayStructure([
      [1, 2, 3],
      [5, 6, 7],
    ]);
    const target = targetOfAtom(structure, 1);
    expect(projectOffset({ ...START, target }, [2, 2, 2])).toEqual([0, -0]);
  });
});
