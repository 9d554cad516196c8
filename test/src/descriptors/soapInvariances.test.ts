import { describe, expect, it } from "vitest";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import { createSoapPlan, describeStructures, soapSpecies } from "../../../src/descriptors/soap.ts";
import { soapFeatureColumn, soapFeatures } from "../../../src/descriptors/soapFeatures.ts";
import { rowRange } from "../../../src/numerics/matrix.ts";
import type { DenseMatrix } from "../../../src/numerics/matrix.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { availableBackends } from "../../support/backends.ts";
import { maxDifference } from "../../support/maxDifference.ts";
import { soapStructure } from "../../support/soapGoldens.ts";

const HYPERS: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.4,
  nMax: 4,
  lMax: 4,
};
const NAMES = ["random_C12", "triclinic_C2", "GaAs8_antisite", "benzene", "graphene_slab"];

/** Rows of `vectors` times the rotation by 0.7 rad about (2, −1, 2)/3, mirrored if asked. */
function rotated(vectors: Float64Array, mirror: 1 | -1): Float64Array {
  const [x, y, z] = [2 / 3, -1 / 3, 2 / 3];
  const c = Math.cos(0.7);
  const s = Math.sin(0.7);
  const t = 1 - c;
  const matrix = [
    [t * x * x + c, t * x * y - s * z, t * x * z + s * y],
    [t * x * y + s * z, t * y * y + c, t * y * z - s * x],
    [t * x * z - s * y, t * y * z + s * x, t * z * z + c],
  ] as const;
  return vectors.map((_, index) => {
    const row = index - (index % 3);
    const axis = matrix[index % 3]!;
    const value =
      axis[0] * vectors[row]! + axis[1] * vectors[row + 1]! + axis[2] * vectors[row + 2]!;
    return mirror * value;
  });
}

function withVectors(
  structure: Structure,
  map: (vectors: Float64Array) => Float64Array,
): Structure {
  const { positions, cell } = structure;
  return { ...structure, positions: map(positions), cell: cell === null ? null : map(cell) };
}

/** Atoms moved by whole lattice vectors along periodic directions. */
function scattered(structure: Structure): Structure {
  const positions = structure.positions.slice();
  for (let atom = 0; atom < structure.nAtoms; atom += 1) {
    structure.pbc.forEach((isPeriodic, axis) => {
      const shift = isPeriodic ? ((atom + 2 * axis) % 5) - 2 : 0;
      for (let k = 0; k < 3; k += 1) {
        positions[3 * atom + k]! += shift * (structure.cell?.[3 * axis + k] ?? 0);
      }
    });
  }
  return { ...structure, positions };
}

/** Two cells along every periodic direction, copies behind one another. */
function supercell(structure: Structure): {
  readonly copies: number;
  readonly structure: Structure;
} {
  let { positions, species } = structure;
  const cell = structure.cell?.slice() ?? null;
  let copies = 1;
  structure.pbc.forEach((isPeriodic, axis) => {
    if (!isPeriodic || cell === null) return;
    const shift = cell.slice(3 * axis, 3 * axis + 3);
    const moved = positions.map((value, index) => value + shift[index % 3]!);
    positions = Float64Array.from([...positions, ...moved]);
    species = Uint8Array.from([...species, ...species]);
    shift.forEach((value, k) => (cell[3 * axis + k] = 2 * value));
    copies *= 2;
  });
  const nAtoms = structure.nAtoms * copies;
  return { copies, structure: { ...structure, nAtoms, positions, species, cell } };
}

describe.each(availableBackends)("power spectra of the $name backend", (backend) => {
  const describeOne = (structure: Structure): DenseMatrix =>
    describeStructures([structure], HYPERS, backend, "full").features;

  describe.each(NAMES)("of %s", (name) => {
    const structure = soapStructure(name);
    const original = describeOne(structure).data;

    it("do not change under rotation and reflection", () => {
      for (const mirror of [1, -1] as const) {
        const turned = withVectors(structure, (vectors) => rotated(vectors, mirror));
        expect(maxDifference(describeOne(turned).data, original)).toBeLessThan(1e-10);
      }
    });

    it("do not change under translation", () => {
      const positions = structure.positions.map((value, i) => value + [0.37, -11.2, 5.03][i % 3]!);
      const moved = describeOne({ ...structure, positions }).data;
      expect(maxDifference(moved, original)).toBeLessThan(1e-10);
    });

    it("do not change when atoms are moved by lattice vectors", () => {
      const moved = describeOne(scattered(structure)).data;
      expect(maxDifference(moved, original)).toBeLessThan(1e-10);
    });

    it("repeat themselves in a supercell", () => {
      const { copies, structure: big } = supercell(structure);
      const repeated = Float64Array.from(
        Array.from({ length: copies }, () => [...original]).flat(),
      );
      expect(maxDifference(describeOne(big).data, repeated)).toBeLessThan(1e-10);
    });

    it("are permuted with the atoms", () => {
      const order = Array.from({ length: structure.nAtoms }, (_, i) => structure.nAtoms - 1 - i);
      const permuted = {
        ...structure,
        species: Uint8Array.from(order, (i) => structure.species[i]!),
        positions: Float64Array.from(
          order.flatMap((i) => [...structure.positions.subarray(3 * i, 3 * i + 3)]),
        ),
      };
      const features = describeOne(permuted);
      order.forEach((source, row) => {
        const expected = original.subarray(source * features.cols, (source + 1) * features.cols);
        expect(maxDifference(rowRange(features, row, row + 1).data, expected)).toBeLessThan(1e-10);
      });
    });

    it("change when an atom moves", () => {
      const positions = structure.positions.slice();
      positions[0]! += 0.05;
      const changed = describeOne({ ...structure, positions }).data;
      expect(maxDifference(changed, original)).toBeGreaterThan(1e-4);
    });
  });

  it("have their columns permuted when species are renamed", () => {
    const structure = soapStructure("GaAs8_antisite");
    const swapped = {
      ...structure,
      species: structure.species.map((species) => (species === 31 ? 33 : 31)),
    };
    const species = soapSpecies(HYPERS, [structure]);
    const layout = createSoapPlan(HYPERS, species, "full");
    const original = describeOne(structure);
    const renamed = describeOne(swapped);
    soapFeatures(layout, species).forEach((feature, column) => {
      const other = (atomicNumber: number): number => (atomicNumber === 31 ? 33 : 31);
      const { speciesA, nA, speciesB, nB, l } = feature;
      const partner =
        speciesA === speciesB
          ? { speciesA: other(speciesA), nA, speciesB: other(speciesB), nB, l }
          : { speciesA, nA: nB, speciesB, nB: nA, l };
      const target = soapFeatureColumn(layout, species, partner);
      for (let row = 0; row < structure.nAtoms; row += 1) {
        const difference =
          original.data[row * original.cols + column]! - renamed.data[row * renamed.cols + target]!;
        expect(Math.abs(difference)).toBeLessThan(1e-12);
      }
    });
  });
});
