/** What the columns of a power spectrum mean. */
import type { SoapPlan } from "../numerics/backend.ts";
import { StudioError } from "../errors.ts";
import { speciesSymbol } from "../structures/species.ts";

/** The part of a plan that fixes the columns. */
export type SoapLayout = Pick<SoapPlan, "nMax" | "lMax" | "layout">;

/** Column (a, n; b, n'; l) of the power spectrum, a ≤ b atomic numbers. */
export interface SoapFeature {
  readonly speciesA: number;
  readonly nA: number;
  readonly speciesB: number;
  readonly nB: number;
  readonly l: number;
}

/**
 * The features in column order: species pair (a ≤ b), n, n', l with l fastest; the `symmetric`
 * layout keeps only n ≤ n' where a = b.
 * @param species - sorted atomic numbers of the plan
 */
export function soapFeatures(layout: SoapLayout, species: Uint8Array): SoapFeature[] {
  const features: SoapFeature[] = [];
  species.forEach((speciesA, a) => {
    for (const speciesB of species.subarray(a)) {
      for (let nA = 0; nA < layout.nMax; nA += 1) {
        const isHalved = layout.layout === "symmetric" && speciesA === speciesB;
        for (let nB = isHalved ? nA : 0; nB < layout.nMax; nB += 1) {
          for (let l = 0; l <= layout.lMax; l += 1) {
            features.push({ speciesA, nA, speciesB, nB, l });
          }
        }
      }
    }
  });
  return features;
}

/**
 * The column of a feature: the inverse of {@link soapFeatures}. In the `symmetric` layout (n, n')
 * and (n', n) of one species share a column.
 * @throws StudioError `INVALID_PARAMETER` when the plan has no such feature
 */
export function soapFeatureColumn(
  layout: SoapLayout,
  species: Uint8Array,
  feature: SoapFeature,
): number {
  const { nMax, lMax } = layout;
  const a = species.indexOf(feature.speciesA);
  const b = species.indexOf(feature.speciesB);
  const isHalved = layout.layout === "symmetric" && a === b;
  const [nA, nB] =
    isHalved && feature.nA > feature.nB ? [feature.nB, feature.nA] : [feature.nA, feature.nB];
  const exists = a >= 0 && b >= a && isBelow(nA, nMax) && isBelow(nB, nMax);
  if (!exists || !isBelow(feature.l, lMax + 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `there is no feature ${soapFeatureLabel(feature)} in this power spectrum`,
    );
  }
  const same = layout.layout === "symmetric" ? (nMax * (nMax + 1)) / 2 : nMax * nMax;
  const mixed = nMax * nMax;
  const nSpecies = species.length;
  // Blocks before (a, b): all pairs of earlier species, then (a, a) … (a, b − 1).
  const mixedBefore = a * nSpecies - (a * (a + 1)) / 2 + (b > a ? b - a - 1 : 0);
  const blocks = (a + (b > a ? 1 : 0)) * same + mixedBefore * mixed;
  const pair = isHalved ? nA * nMax - (nA * (nA - 1)) / 2 + (nB - nA) : nA * nMax + nB;
  return (blocks + pair) * (lMax + 1) + feature.l;
}

/** Label such as `C0 Si3 l2`: species a with n, species b with n', l. */
export function soapFeatureLabel({ speciesA, nA, speciesB, nB, l }: SoapFeature): string {
  return `${speciesSymbol(speciesA)}${nA} ${speciesSymbol(speciesB)}${nB} l${l}`;
}

function isBelow(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < count;
}
