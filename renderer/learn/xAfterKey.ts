/** Keys of the marks and of the cursor: those of every slider. */
import { LARGEST_X } from "../state/learn/learnModel.ts";

interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const STEP = 0.01;
const DIRECTIONS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};
const PAGES: Readonly<Record<string, number>> = { PageDown: -10, PageUp: 10 };

/** Where a key moves x: arrows by 0.01, with Shift and by pages 0.1, with Alt 0.001; null: nowhere. */
export function xAfterKey({ key, shiftKey, altKey }: PressedKey, x: number): number | null {
  if (key === "Home") return -LARGEST_X;
  if (key === "End") return LARGEST_X;
  const page = PAGES[key];
  if (page !== undefined) return x + page * STEP;
  const direction = DIRECTIONS[key];
  if (direction === undefined) return null;
  return x + direction * STEP * (shiftKey ? 10 : altKey ? 0.1 : 1);
}
