/** The layout of `test/golden/lpr`; see its README. */
import { readGolden } from "./readGolden.ts";

type Nested2 = readonly (readonly number[])[];
type Nested3 = readonly Nested2[];

export interface LinearCase {
  readonly n_struct: number;
  readonly d: number;
  readonly mu: number;
  readonly train_envs: Nested3;
  readonly Y: readonly number[];
  readonly test_envs: Nested2;
  readonly LPR_mp60: readonly number[];
  readonly LPR_constrained_FD: readonly number[];
  readonly loss_profile_eps: readonly number[];
  readonly loss_profile: Nested2;
}

export interface SparseKernelCase {
  readonly source: string;
  readonly M: number;
  readonly zeta: number;
  readonly mu: number;
  readonly norm: "sum" | "mean";
  readonly M_indices_fps: readonly number[];
  readonly KMM: Nested2;
  readonly KNM: Nested2;
  readonly kM: Nested2;
  readonly k_kk: number;
  readonly train_envs?: Nested3;
  readonly test_envs?: Nested2;
  readonly LPR_mp60: readonly number[];
  readonly SR_variance: readonly number[];
  readonly PP_extra_kkk_minus_kKk: readonly number[];
  readonly PP_variance: readonly number[];
}

export const linearCases = (
  readGolden("lpr/linear.json") as { readonly cases: readonly LinearCase[] }
).cases;

export const sparseKernelCases = (
  readGolden("lpr/sparse_kernel.json") as { readonly cases: readonly SparseKernelCase[] }
).cases;
