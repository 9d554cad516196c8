import { describe, expect, it } from "vitest";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import { describeStructures } from "../../../src/descriptors/soap.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import {
  distinctEnvironments,
  similarityToReference,
  type SimilarityReference,
} from "../../../src/projection/similarity.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { zincblende } from "../../support/crystals.ts";
import { availableBackends } from "../../support/backends.ts";
import { maxDifference } from "../../support/matrices.ts";

const HYPERS: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 4,
  lMax: 4,
};

/** Every vector times the matrix (rows), so that distances change unless it is orthogonal. */
function mapped(structure: Structure, matrix: readonly (readonly number[])[]): Structure {
  const map = (vectors: Float64Array): Float64Array =>
    vectors.map((_, index) => {
      const first = index - (index % 3);
      const row = matrix[index % 3] ?? [];
      return row.reduce((sum, value, k) => sum + value * (vectors[first + k] ?? 0), 0);
    });
  const { positions, cell } = structure;
  return { ...structure, positions: map(positions), cell: cell === null ? null : map(cell) };
}

/** Twice the cell along a. */
function doubled(structure: Structure): Structure {
  const cell = structure.cell?.slice() ?? new Float64Array(9);
  const moved = structure.positions.map((value, index) => value + (cell[index % 3] ?? 0));
  for (let k = 0; k < 3; k++) cell[k] = 2 * (cell[k] ?? 0);
  return {
    ...structure,
    nAtoms: 2 * structure.nAtoms,
    species: Uint8Array.from([...structure.species, ...structure.species]),
    positions: Float64Array.from([...structure.positions, ...moved]),
    cell,
  };
}

const c = Math.cos(0.7);
const s = Math.sin(0.7);
const ROTATION = [
  [c, -s, 0],
  [0.6 * s, 0.6 * c, -0.8],
  [0.8 * s, 0.8 * c, 0.6],
];
const STRAIN = [
  [1.04, 0.02, 0],
  [0.02, 0.97, 0.01],
  [0, 0.01, 1.01],
];

describe.each(availableBackends)("similarity to a reference on the $name backend", (backend) => {
  /** Features of all structures in the same columns, a reference for each. */
  function references(...structures: Structure[]): SimilarityReference[] {
    const { features } = describeStructures(structures, HYPERS, backend, "symmetric");
    let start = 0;
    return structures.map(({ species, nAtoms }) => {
      const end = start + nAtoms;
      const rows = rowRange(features, start, end);
      start = end;
      return { features: rows, species };
    });
  }

  function similarity(of: SimilarityReference, to: SimilarityReference, zeta = 4): Float64Array {
    return similarityToReference(of.features, of.species, to, zeta, backend);
  }

  it("is one for the reference turned, repeated or strained alike, less for another strain", () => {
    const diamond = zincblende(6, 6, 3.567);
    const strained = mapped(diamond, STRAIN);
    const [perfect, turned, twice, bent, bentTurned] = references(
      diamond,
      mapped(diamond, ROTATION),
      doubled(diamond),
      strained,
      mapped(strained, ROTATION),
    );
    if (perfect === undefined || bent === undefined) throw new Error("five were described");
    for (const [other, reference] of [
      [perfect, perfect],
      [turned, perfect],
      [twice, perfect],
      [bentTurned, bent],
    ] as const) {
      const values = similarity(other ?? bent, reference);
      expect(
        maxDifference(
          values,
          values.map(() => 1),
        ),
      ).toBeLessThan(1e-12);
    }
    const less = similarity(bent, perfect);
    expect(Math.max(...less)).toBeLessThan(1 - 1e-4);
    expect(Math.min(...less)).toBeGreaterThan(0.8);
  });

  it("is zero for a species that the reference has not", () => {
    const [gaas, arsenic] = references(zincblende(31, 33, 5.653), zincblende(33, 33, 5.7));
    if (gaas === undefined || arsenic === undefined) throw new Error("two were described");
    const values = similarity(gaas, arsenic);
    expect(values[0]).toBe(0);
    expect(values[1]).toBeGreaterThan(0);
    expect(values[1]).toBeLessThan(0.99);
  });

  it("takes the most similar of the reference's environments of the same species", () => {
    const reference = {
      features: denseMatrix(3, 2, Float64Array.of(1, 0, 0.6, 0.8, 0, 1)),
      species: Uint8Array.of(6, 6, 14),
    };
    const features = denseMatrix(4, 2, Float64Array.of(0, 1, 0.8, 0.6, 0, 1, -1, 0));
    const species = Uint8Array.of(6, 6, 14, 6);
    const compare = (zeta: number): Float64Array =>
      similarityToReference(features, species, reference, zeta, backend);
    expect(maxDifference(compare(1), [0.8, 0.96, 1, -0.6])).toBeLessThan(1e-15);
    expect(maxDifference(compare(2), [0.64, 0.9216, 1, 1])).toBeLessThan(1e-15);
  });

  it("does not depend on blocks nor on repetitions in the reference", () => {
    const n = 2500;
    const angle = (i: number): number => Math.sin(i) * 3;
    const unit = (angles: number[]): DenseMatrix =>
      denseMatrix(
        angles.length,
        2,
        Float64Array.from(angles.flatMap((a) => [Math.cos(a), Math.sin(a)])),
      );
    const reference = { features: unit([0.3, 1.1, 0.3, 1.1 + 1e-12]), species: new Uint8Array(4) };
    const distinct = distinctEnvironments(reference);
    expect(distinct.species).toHaveLength(2);
    const features = unit(Array.from({ length: n }, (_, i) => angle(i)));
    const all = similarityToReference(features, new Uint8Array(n), reference, 3, backend);
    const few = similarityToReference(features, new Uint8Array(n), distinct, 3, backend);
    expect(maxDifference(few, all)).toBeLessThan(1e-10);
    for (const i of [0, 1023, 1024, 2047, 2499]) {
      const best = Math.max(Math.cos(angle(i) - 0.3), Math.cos(angle(i) - 1.1));
      expect(few[i]).toBeCloseTo(best ** 3, 12);
    }
  });

  it("refuses features that do not belong together", () => {
    const reference = { features: denseMatrix(1, 3), species: Uint8Array.of(6) };
    const compare = (features: DenseMatrix, to: SimilarityReference, zeta = 1): unknown =>
      similarityToReference(features, Uint8Array.of(6), to, zeta, backend);
    expect(() => compare(denseMatrix(1, 2), reference)).toThrow("expected 1 × 3");
    const empty = { features: denseMatrix(0, 3), species: new Uint8Array(0) };
    expect(() => compare(denseMatrix(1, 3), empty)).toThrow("the reference has no environments");
    expect(() => compare(denseMatrix(1, 3), reference, 1.5)).toThrow("ζ is 1.5");
    const bad = denseMatrix(1, 3, Float64Array.of(0, Number.NaN, 0));
    expect(() => compare(bad, reference)).toThrow("value 1 is NaN");
    expect(() => distinctEnvironments({ ...reference, features: bad })).toThrow("value 1 is NaN");
  });
});
