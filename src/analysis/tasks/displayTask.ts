/** Work for what the window draws: no number of a result depends on it. */
import type { BondList } from "../../structures/bonds.ts";
import type { Atoms } from "./taskContext.ts";

interface AtomsTask<K extends keyof DisplayTaskResults> {
  readonly kind: K;
  readonly atoms: Atoms;
}

/** Bonded neighbours of every atom of a structure, or the bonds themselves. */
export type DisplayTask = AtomsTask<"coordination"> | AtomsTask<"bonds">;

/** What such a task gives back. */
export interface DisplayTaskResults {
  coordination: Uint8Array;
  bonds: BondList;
}
