/** Published SOAP settings, ready to use. */
import type { SoapHyperparameters } from "./hyperparameters.ts";

/** A named set of hyperparameters and where it comes from. */
export interface SoapPreset {
  readonly id: string;
  readonly name: string;
  readonly citation: string;
  readonly descriptor: SoapHyperparameters;
  /** Exponent of the polynomial kernel that goes with it. */
  readonly zeta: number;
}

/** Presets in the order in which they are offered. */
export const SOAP_PRESETS: readonly SoapPreset[] = [
  {
    id: "gap-17-carbon",
    name: "Carbon (GAP-17)",
    citation:
      "Deringer & Csányi (2017), Phys. Rev. B 95, 094203, doi:10.1103/PhysRevB.95.094203: cutoff, cutoff width, sigma, nMax, lMax and zeta of its many-body term",
    descriptor: {
      type: "soap",
      basis: "gto",
      cutoff: 3.7,
      cutoffWidth: 0.5,
      sigma: 0.5,
      nMax: 8,
      lMax: 8,
    },
    zeta: 4,
  },
  {
    id: "amorphous-silicon",
    name: "Amorphous silicon",
    citation:
      "Chong et al. (2023), J. Chem. Theory Comput. 19, 8020, doi:10.1021/acs.jctc.3c00704: settings of the authors' published a-Si example",
    descriptor: {
      type: "soap",
      basis: "gto",
      cutoff: 2.85,
      cutoffWidth: 0.1,
      sigma: 0.5,
      nMax: 10,
      lMax: 12,
    },
    zeta: 2,
  },
  {
    id: "gallium-arsenide",
    name: "Gallium arsenide",
    citation:
      "Settings of this project for the GaAs study of Chong et al. (2023), doi:10.1021/acs.jctc.3c00704, which prints none: both neighbour shells of zinc blende inside the cutoff",
    descriptor: {
      type: "soap",
      basis: "gto",
      cutoff: 4.0,
      cutoffWidth: 0.5,
      sigma: 0.5,
      nMax: 6,
      lMax: 4,
    },
    zeta: 2,
  },
];
