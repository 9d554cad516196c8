/** Two structures of a film, of six and four atoms, for tests of charts. */
import { atomListOf } from "../../renderer/charts/atomList.ts";
import { listTargets } from "../../renderer/state/project/targets.ts";
import { displayStructure } from "./displayStructure.ts";
import { FILM_PROJECT, summaryOf } from "./fakeStudioApi.ts";

export const CHART_SIZES = [6, 4];
export const CHART_ROWS = listTargets(FILM_PROJECT, { film: summaryOf("film", CHART_SIZES) });
export const CHART_LIST = atomListOf(CHART_ROWS);

/** The structures with these coordinations and species (carbon by default), one entry an atom. */
export function chartStructures(coordination: readonly number[], species?: readonly number[]) {
  let first = 0;
  return new Map(
    CHART_ROWS.map(({ key, nAtoms }) => {
      const part = <T>(of: readonly T[]): T[] => of.slice(first, first + nAtoms);
      const places = Array.from({ length: nAtoms }, () => [0, 0, 0] as const);
      const shown = displayStructure(places, species && part(species));
      const entry = [key, { ...shown, coordination: Uint8Array.from(part(coordination)) }] as const;
      first += nAtoms;
      return entry;
    }),
  );
}
