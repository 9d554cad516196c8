/**
 * Atom-centred networks (Behler & Parrinello 2007, Phys. Rev. Lett. 98, 146401): one multilayer
 * perceptron for each centre species maps the standardised features of an environment to its local
 * energy; the energies of a structure's environments are added up.
 */
import { StudioError } from "../../errors.ts";
import { createRandom, uniform } from "../../random.ts";
import type { FeatureStandardization } from "./standardization.ts";

/**
 * ỹ_k = energyScale · (w_out·a_L + b_out), a_l = s(W_l a_{l−1} + b_l), a_0 = (x − mean) / scale, s the
 * logistic sigmoid. Plain data: survives structured clone.
 */
export interface NetworkModel {
  /** d. */
  readonly nFeatures: number;
  /** Nodes of each hidden layer. */
  readonly hiddenLayers: readonly number[];
  /** Atomic numbers with a network, ascending. */
  readonly species: Uint8Array;
  /**
   * w, dimensionless, length P: the species one after the other; within a species W₁ (n₁ × d,
   * row-major), b₁, W₂, b₂, …, w_out, b_out.
   */
  readonly parameters: Float64Array;
  /** Mean and scale of every feature for every species, in the order of `species`. */
  readonly standardization: FeatureStandardization;
  /** Energy of one unit of the network's output, in the unit of the training energies. */
  readonly energyScale: number;
}

/** One affine map: where its weights and biases are within the parameters of a species. */
export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  /** First of `outputs` × `inputs` weights, row-major. */
  readonly weights: number;
  /** First of `outputs` biases. */
  readonly biases: number;
}

/** How the parameters of a model are laid out. */
export interface NetworkLayout {
  readonly nFeatures: number;
  readonly hidden: readonly LayerLayout[];
  readonly output: LayerLayout;
  readonly perSpecies: number;
  readonly nSpecies: number;
  /** P = nSpecies · perSpecies. */
  readonly nParameters: number;
}

/**
 * @throws StudioError `INVALID_PARAMETER` unless all widths are positive integers and there is at
 * least one hidden layer and one species
 */
export function networkLayout(
  nFeatures: number,
  hiddenLayers: readonly number[],
  nSpecies: number,
): NetworkLayout {
  const isWidth = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  if (hiddenLayers.length === 0 || ![nFeatures, nSpecies, ...hiddenLayers].every(isWidth)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `network: ${nFeatures} features, hidden layers [${hiddenLayers.join(", ")}], ${nSpecies} ` +
        "species; expected positive integers and at least one hidden layer",
      { remedy: "Choose for example hidden layers [16, 16]." },
    );
  }
  let position = 0;
  let inputs = nFeatures;
  const layers = [...hiddenLayers, 1].map((outputs): LayerLayout => {
    const weights = position;
    const biases = weights + inputs * outputs;
    position = biases + outputs;
    const layer = { inputs, outputs, weights, biases };
    inputs = outputs;
    return layer;
  });
  return {
    nFeatures,
    hidden: layers.slice(0, -1),
    output: layers[layers.length - 1]!,
    perSpecies: position,
    nSpecies,
    nParameters: nSpecies * position,
  };
}

/** P, the number of weights and biases: the dimension of φ. */
export function networkParameterCount(
  network: Pick<NetworkModel, "nFeatures" | "hiddenLayers" | "species">,
): number {
  const { nFeatures, hiddenLayers, species } = network;
  return networkLayout(nFeatures, hiddenLayers, species.length).nParameters;
}

/**
 * The layout of a model, checked against the lengths of its arrays.
 * @throws StudioError `INCOMPATIBLE_SHAPE`, `INVALID_PARAMETER`
 */
export function layoutOf(network: NetworkModel): NetworkLayout {
  const { nFeatures, hiddenLayers, species, parameters, standardization } = network;
  const layout = networkLayout(nFeatures, hiddenLayers, species.length);
  const size = species.length * nFeatures;
  const { means, scales } = standardization;
  if (parameters.length !== layout.nParameters || means.length !== size || scales.length !== size) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `network of ${species.length} species on ${nFeatures} features: ${parameters.length} ` +
        `parameters, ${means.length} means, ${scales.length} scales; expected ` +
        `${layout.nParameters}, ${size}, ${size}`,
    );
  }
  return layout;
}

/**
 * Start values: weights uniform on ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010, Proc. AISTATS 9,
 * 249, Eq. 16), biases 0.
 * @param seed - of `random.ts`
 * @returns length P
 */
export function initialParameters(layout: NetworkLayout, seed: number): Float64Array {
  const random = createRandom(seed);
  const parameters = new Float64Array(layout.nParameters);
  for (let s = 0; s < layout.nSpecies; s++) {
    for (const { inputs, outputs, weights } of [...layout.hidden, layout.output]) {
      const limit = Math.sqrt(6 / (inputs + outputs));
      const first = s * layout.perSpecies + weights;
      for (let k = 0; k < inputs * outputs; k++) {
        parameters[first + k] = limit * (2 * uniform(random) - 1);
      }
    }
  }
  return parameters;
}
