/** What the latest `suggest` job has left, for questions about single candidates. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type { RankedSpace } from "../../src/analysis/questions/suggest.ts";
import { StudioError } from "../../src/errors.ts";
import { candidateLifts } from "../../src/rigidity/candidateLifts.ts";
import type { Structure } from "../../src/structures/structure.ts";

interface Remembered {
  readonly jobId: string;
  readonly crystals: LoadedDataset | null;
  readonly ranked: RankedSpace | null;
}

/** Holds one answer; the next one takes its place. */
export class SuggestMemory {
  #latest: Remembered | null = null;

  remember(latest: Remembered): void {
    this.#latest = latest;
  }

  /**
   * A generated crystal.
   * @throws StudioError `INVALID_PARAMETER` when another answer has taken its place
   */
  crystal(jobId: string, index: number): Structure {
    const structure = this.#of(jobId)?.crystals?.structures[index];
    if (structure !== undefined) return structure;
    throw forgotten("The generated crystals are no longer in memory.");
  }

  /**
   * LPR'/LPR − 1 of each atom that was asked about, if the candidate of a rank alone were added.
   * @throws StudioError `INVALID_PARAMETER` when another answer has taken its place
   */
  lifts(jobId: string, rank: number): Float64Array {
    const ranked = this.#of(jobId)?.ranked;
    const candidate = ranked?.order[rank];
    if (ranked === undefined || ranked === null || candidate === undefined) {
      throw forgotten("The candidates are no longer in memory.");
    }
    return candidateLifts(ranked.space, candidate);
  }

  #of(jobId: string): Remembered | null {
    return this.#latest?.jobId === jobId ? this.#latest : null;
  }
}

function forgotten(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message, {
    remedy: "Ask for suggestions again: the same seed gives the same answer.",
  });
}
