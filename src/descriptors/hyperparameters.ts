/** SOAP hyperparameters as a person writes them in a project file or passes with `--hypers`. */

/** Parameters of the SOAP power spectrum (definitions: `soap.ts`). Lengths in Å. */
export interface SoapHyperparameters {
  readonly type: "soap";
  /** Radial basis: Gaussian-type orbitals or a discrete variable representation. */
  readonly basis: "gto" | "dvr";
  readonly cutoff: number;
  /** Width of the ShiftedCosine switching region inside the cutoff. */
  readonly cutoffWidth: number;
  /** Standard deviation of the atomic Gaussian. */
  readonly sigma: number;
  /** Number of radial functions. */
  readonly nMax: number;
  /** Highest angular momentum. */
  readonly lMax: number;
  /** Weight of the central atom's Gaussian; default 1. */
  readonly centerWeight?: number | undefined;
  /** Willatt (2018) radial scaling; none by default. */
  readonly radialScaling?:
    { readonly rate: number; readonly scale: number; readonly exponent: number } | undefined;
  /** Density shared by these species (symbols), in addition to those found; rarely needed. */
  readonly species?: readonly string[] | undefined;
}
