/** How many columns a power spectrum has. */
import type { SoapPlan } from "./backend.ts";

/**
 * Number of columns of a layout (see `SoapPlan.layout`), with S species:
 * `full` S(S + 1)/2 · nMax² · (lMax + 1);
 * `symmetric` [S · nMax(nMax + 1)/2 + S(S − 1)/2 · nMax²] · (lMax + 1).
 */
export function countSoapFeatures(
  nMax: number,
  lMax: number,
  nSpecies: number,
  layout: SoapPlan["layout"],
): number {
  const samePairs = layout === "symmetric" ? (nMax * (nMax + 1)) / 2 : nMax * nMax;
  const mixedPairs = (nSpecies * (nSpecies - 1)) / 2;
  return (nSpecies * samePairs + mixedPairs * nMax * nMax) * (lMax + 1);
}
