import { describe, expect, test } from "vitest";
import {
  networkGradients,
  networkLocalEnergies,
  networkStructureRows,
} from "../../../../src/models/network/networkGradients.ts";
import { minimizeLbfgs } from "../../../../src/numerics/lbfgs.ts";
import { rowRange } from "../../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { factorize, localPredictionRigidity } from "../../../../src/rigidity/rigidityFactor.ts";
import { randomNetwork, smoothTrainingSet } from "../../../support/randomNetwork.ts";

const backend = createReferenceBackend();

/**
 * Chong et al. (2023), Eqs. 7–11, for a network: the loss re-minimised while one local energy is
 * pulled away from its value. The network fits its own energies exactly and the regulariser is centred
 * on its weights, so that the Gauss–Newton H is the Hessian. The pull is a spring of stiffness ρ instead
 * of a constraint: the energy then needed for a displacement ε is ½ ε² / (1/LPR + 1/ρ).
 */
describe("the rigidity of a network's local energy", () => {
  const species = [31, 33];
  const network = {
    ...randomNetwork(2, [3, 2], species, 11),
    baseline: {
      species: Uint8Array.from(species),
      energies: new Float64Array(2),
      diagnostics: [],
    },
  };
  const { features, species: kinds, offsets } = smoothTrainingSet(12, 2, species, 12);
  const mu = 1e-2;
  const predicted = networkLocalEnergies(network, features, kinds, backend);
  const rows = networkStructureRows(network, features, kinds, offsets, backend);
  const phi = networkGradients(network, features, kinds, backend);
  const lpr = localPredictionRigidity(factorize(rows, mu, backend), phi, backend);

  test.each([0, 5, 17])("is the curvature of the re-minimised loss: environment %i", (k) => {
    const stiffness = lpr[k]!;
    const displacement = 1e-3;
    const loss = (w: Float64Array, gradient: Float64Array): number => {
      const moved = { ...network, parameters: w };
      const change = networkLocalEnergies(moved, features, kinds, backend).map(
        (value, i) => value - predicted[i]!,
      );
      const movedRows = networkStructureRows(moved, features, kinds, offsets, backend);
      const movedPhi = networkGradients(
        moved,
        rowRange(features, k, k + 1),
        kinds.subarray(k, k + 1),
        backend,
      );
      const pull = change[k]! - displacement;
      let sum = 0.5 * stiffness * pull ** 2;
      w.forEach((value, p) => {
        const shift = value - network.parameters[p]!;
        sum += 0.5 * mu * shift ** 2;
        gradient[p] = mu * shift + stiffness * pull * movedPhi.data[p]!;
      });
      for (let a = 0; a + 1 < offsets.length; a++) {
        const atoms = change.subarray(offsets[a], offsets[a + 1]);
        const residual = atoms.reduce((total, value) => total + value, 0);
        sum += 0.5 * residual ** 2;
        w.forEach((_, p) => (gradient[p]! += residual * movedRows.data[a * w.length + p]!));
      }
      return sum;
    };
    const minimum = minimizeLbfgs(loss, network.parameters, {
      gradientTolerance: 1e-12,
      maxIterations: 500,
    });
    expect(minimum.status).toBe("converged");
    const curvature = (2 * minimum.value) / displacement ** 2;
    expect(1 / (1 / curvature - 1 / stiffness) / lpr[k]!).toBeCloseTo(1, 2);
    expect(lpr[k]).toBeGreaterThan(0);
  });
});
