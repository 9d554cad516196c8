/** Names that nothing has yet. */
import type { ProjectDocument } from "./document.ts";
import { LONGEST_NAME } from "./names.ts";

/**
 * The name itself, or with the first number from 2 on that makes it new: `name 2`, or `name-2`.
 * @param separator - between name and number
 * @param longest - characters; the name is cut so that it and the number have no more
 */
export function freeName(
  wanted: string,
  isTaken: (name: string) => boolean,
  separator: " " | "-" | "_",
  longest = Infinity,
): string {
  let name = cutText(wanted, longest);
  for (let n = 2; isTaken(name); n++) {
    const end = `${separator}${n}`;
    name = `${cutText(wanted, longest - end.length)}${end}`;
  }
  return name;
}

/** The beginning of a text, without half of a character at its end. */
export function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "");
}

/** A name that no variant of the project has. */
export function freeVariantName({ variants = [] }: ProjectDocument, wanted: string): string {
  const isTaken = (name: string): boolean => variants.some((variant) => variant.name === name);
  return freeName(wanted, isTaken, " ", LONGEST_NAME);
}

/** A name that no dataset of the project has. */
export function freeDatasetName({ datasets }: ProjectDocument, wanted: string): string {
  return freeName(wanted, (name) => Object.hasOwn(datasets, name), "-", LONGEST_NAME);
}
