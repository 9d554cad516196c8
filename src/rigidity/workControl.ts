/** How a caller follows and ends long work of this folder. */
import { StudioError } from "../errors.ts";

/** Hooks of long calculations; both are called between blocks of ≤ 200 ms of native work. */
export interface WorkControl {
  /** Return true to end the work with `CANCELLED`. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** Told the part that is done, 0 … 1, never falling. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Reports progress and ends cancelled work.
 * @param fraction - part of the work that is done, 0 … 1
 * @throws StudioError `CANCELLED`
 */
export function checkpoint(control: WorkControl, fraction: number): void {
  if (control.isCancelled?.() === true) {
    throw new StudioError("CANCELLED", "The job was cancelled.");
  }
  control.onProgress?.(fraction);
}

/** The hooks for a part of the work: its 0 … 1 is `from` … `to` of the whole. */
export function partOfWork(control: WorkControl, from: number, to: number): WorkControl {
  return {
    isCancelled: control.isCancelled,
    onProgress: (fraction) => control.onProgress?.(from + (to - from) * fraction),
  };
}
