import { describe, expect, test } from "vitest";
import {
  networkGradients,
  networkLocalEnergies,
  networkStructureRows,
} from "../../../../src/models/network/networkGradients.ts";
import {
  networkParameterCount,
  type NetworkModel,
} from "../../../../src/models/network/networkModel.ts";
import { rowScales, scaleRows } from "../../../../src/models/structureRows.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { factorize, localPredictionRigidity } from "../../../../src/rigidity/rigidityFactor.ts";
import { backendCases } from "../../../support/backends.ts";
import { matrixOf, maxDifference, maxRelativeDifference } from "../../../support/matrices.ts";
import { readGolden } from "../../../support/readGolden.ts";

interface NetworkGolden {
  readonly weights: readonly number[];
  readonly train_envs: readonly (readonly (readonly number[])[])[];
  readonly test_envs: readonly (readonly number[])[];
  readonly y_test: readonly number[];
  readonly phi_test: readonly (readonly number[])[];
  readonly cases: readonly {
    readonly norm: "sum" | "mean";
    readonly mu: number;
    readonly LPR_mp60: readonly number[];
  }[];
}

const golden = readGolden("network/nn.json") as NetworkGolden;

const network: NetworkModel = {
  nFeatures: 5,
  hiddenLayers: [16, 16],
  species: Uint8Array.of(6),
  parameters: Float64Array.from(golden.weights),
  standardization: {
    means: new Float64Array(5),
    scales: new Float64Array(5).fill(1),
    constantColumns: new Int32Array(1),
  },
  energyScale: 1,
};
const targets = matrixOf(golden.test_envs);
const targetSpecies = new Uint8Array(targets.rows).fill(6);
const environments = matrixOf(golden.train_envs.flat());
const offsets = new Int32Array(golden.train_envs.length + 1);
golden.train_envs.forEach(({ length }, a) => (offsets[a + 1] = offsets[a]! + length));

describe.each(backendCases)(
  "the outside network by the $name backend",
  ({ backend: available }) => {
    describe.skipIf(available === null)("when it is built", () => {
      const backend = available ?? createReferenceBackend();

      test("has its 385 weights and its outputs", () => {
        expect(networkParameterCount(network)).toBe(golden.weights.length);
        const baseline = {
          species: network.species,
          energies: Float64Array.of(0),
          diagnostics: [],
        };
        const energies = networkLocalEnergies(
          { ...network, baseline },
          targets,
          targetSpecies,
          backend,
        );
        expect(maxDifference(energies, golden.y_test)).toBeLessThan(1e-14);
      });

      test("has its gradients", () => {
        const phi = networkGradients(network, targets, targetSpecies, backend);
        const expected = golden.phi_test.flat();
        expect(maxDifference(phi.data.subarray(0, expected.length), expected)).toBeLessThan(1e-14);
      });

      test.each(golden.cases)("has its 60-digit rigidities, rows $norm, μ $mu", (reference) => {
        const species = new Uint8Array(environments.rows).fill(6);
        const rows = networkStructureRows(network, environments, species, offsets, backend);
        const nAtoms = golden.train_envs.map(({ length }) => length);
        const scaled = scaleRows(rows, rowScales(nAtoms, reference.norm));
        const phi = networkGradients(network, targets, targetSpecies, backend);
        for (const method of ["auto", "qr", "svd"] as const) {
          const factor = factorize(scaled, reference.mu, backend, method);
          const lpr = localPredictionRigidity(factor, phi, backend);
          expect(maxRelativeDifference(lpr, reference.LPR_mp60)).toBeLessThan(1e-10);
        }
      });
    });
  },
);
