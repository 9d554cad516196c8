/** Resolves a `StructureSelector` for listing before the engine has answered. */
import type { StructureSelector } from "../../../src/project/document.ts";

/** 0-based indices in range, in order; what does not parse or is out of range selects nothing. */
export function selectStructures(
  selector: StructureSelector | undefined,
  nStructures: number,
): readonly number[] {
  if (selector === undefined) return Array.from({ length: nStructures }, (_, index) => index);
  if (typeof selector !== "string") {
    return selector.filter((index) => Number.isInteger(index) && index >= 0 && index < nStructures);
  }
  const text = selector.trim();
  if (/^-?\d+$/.test(text)) {
    const index = Number(text) < 0 ? nStructures + Number(text) : Number(text);
    return index >= 0 && index < nStructures ? [index] : [];
  }
  return sliceIndices(text, nStructures);
}

function sliceIndices(text: string, nStructures: number): readonly number[] {
  const match = /^(-?\d+)?:(-?\d+)?(?::(-?\d+)?)?$/.exec(text);
  if (match === null) return [];
  const step = match[3] === undefined ? 1 : Number(match[3]);
  if (step === 0) return [];
  const bound = (part: string | undefined, fallback: number): number => {
    if (part === undefined) return fallback;
    const value = Number(part) < 0 ? nStructures + Number(part) : Number(part);
    const low = step > 0 ? 0 : -1;
    const high = step > 0 ? nStructures : nStructures - 1;
    return Math.min(Math.max(value, low), high);
  };
  const start = bound(match[1], step > 0 ? 0 : nStructures - 1);
  const stop = bound(match[2], step > 0 ? nStructures : -1);
  const indices: number[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) {
    indices.push(index);
  }
  return indices;
}
