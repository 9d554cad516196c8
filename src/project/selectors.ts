/** Structure selectors: Python slices and lists of indices. */
import { StudioError } from "../errors.ts";
import type { StructureSelector } from "./document.ts";

/** What a selector is applied to, for errors. */
export interface SelectorContext {
  readonly dataset: string;
  /** Structures in the dataset. */
  readonly length: number;
  /** What is selected when it is not structures of a dataset, such as `column` of `the features`. */
  readonly things?: { readonly item: string; readonly owner: string } | undefined;
  /** JSON path of the selector, such as `targets[0].structures`. */
  readonly jsonPath: string;
}

/**
 * The structure indices a selector stands for, in its order. Slices behave as in Python (`start:
 * stop:step`, negative from the end, clipped to the dataset); one index in a string (`"7"`,
 * `"-1"`) and lists must be in range. Absent means all.
 *
 * @throws StudioError `INVALID_PROJECT`: bad syntax, out of range, or nothing selected
 */
export function resolveSelector(
  selector: StructureSelector | undefined,
  context: SelectorContext,
): Int32Array {
  const chosen =
    selector === undefined
      ? Int32Array.from({ length: context.length }, (_, i) => i)
      : typeof selector === "string"
        ? resolveText(selector, context)
        : resolveList(selector, context);
  if (chosen.length === 0) {
    const what =
      selector === undefined
        ? `all ${itemOf(context)}s`
        : `${itemOf(context)}s ${JSON.stringify(selector)}`;
    throw invalid(`${what} of ${size(context)} select nothing`, context);
  }
  return chosen;
}

function itemOf({ things }: SelectorContext): string {
  return things?.item ?? "structure";
}

function ownerOf({ dataset, things }: SelectorContext): string {
  return things?.owner ?? `dataset "${dataset}"`;
}

function size(context: SelectorContext): string {
  const { length } = context;
  return `${ownerOf(context)}, which has ${length} ${itemOf(context)}${length === 1 ? "" : "s"},`;
}

function invalid(message: string, context: SelectorContext, suffix = ""): StudioError {
  return new StudioError("INVALID_PROJECT", message, {
    location: { jsonPath: `${context.jsonPath}${suffix}` },
  });
}

function resolveList(indices: readonly number[], context: SelectorContext): Int32Array {
  indices.forEach((index, i) => {
    if (!Number.isInteger(index) || index < 0 || index >= context.length) {
      throw invalid(
        `${itemOf(context)}s[${i}] is ${index}, but ${ownerOf(context)} has ` +
          `${context.length} ${itemOf(context)}s${range(context.length)}`,
        context,
        `[${i}]`,
      );
    }
  });
  return Int32Array.from(indices);
}

function range(length: number): string {
  return length === 0 ? "" : ` (0 … ${length - 1})`;
}

const INTEGER = /^[+-]?\d{1,9}$/;

function resolveText(selector: string, context: SelectorContext): Int32Array {
  const parts = selector.split(":").map((part) => part.trim());
  const legal = parts.length <= 3 && parts.every((part, i) => isLegalPart(part, i, parts.length));
  if (!legal) {
    throw invalid(
      `found ${JSON.stringify(selector)}, expected a slice such as "0:10", "::2", "-5:" or an index`,
      context,
    );
  }
  if (parts.length === 1) return resolveIndex(Number(parts[0]), selector, context);
  const step = parts[2] === undefined || parts[2] === "" ? 1 : Number(parts[2]);
  if (step === 0) throw invalid(`${JSON.stringify(selector)} has step 0`, context);
  return resolveSlice(parts[0] ?? "", parts[1] ?? "", step, context.length);
}

function isLegalPart(part: string, position: number, nParts: number): boolean {
  if (part === "") return nParts > 1;
  return INTEGER.test(part) && position < 3;
}

function resolveIndex(index: number, selector: string, context: SelectorContext): Int32Array {
  const wrapped = index < 0 ? index + context.length : index;
  if (wrapped < 0 || wrapped >= context.length) {
    throw invalid(
      `${itemOf(context)}s is ${JSON.stringify(selector)}, but ${ownerOf(context)} has ` +
        `${context.length} ${itemOf(context)}s${range(context.length)}`,
      context,
    );
  }
  return Int32Array.of(wrapped);
}

/** Python's `slice.indices`. */
function resolveSlice(start: string, stop: string, step: number, length: number): Int32Array {
  const lower = step > 0 ? 0 : -1;
  const upper = step > 0 ? length : length - 1;
  const clip = (part: string, fallback: number): number => {
    if (part === "") return fallback;
    const value = Number(part);
    return Math.min(upper, Math.max(lower, value < 0 ? value + length : value));
  };
  const first = clip(start, step > 0 ? lower : upper);
  const end = clip(stop, step > 0 ? upper : lower);
  const chosen: number[] = [];
  for (let i = first; step > 0 ? i < end : i > end; i += step) chosen.push(i);
  return Int32Array.from(chosen);
}
