/** Names that nothing has yet. */
import type { ProjectDocument } from "./document.ts";

/**
 * The name itself, or with the first number from 2 on that makes it new: `name 2`, or `name-2`.
 * @param separator - between name and number
 */
export function freeName(
  wanted: string,
  isTaken: (name: string) => boolean,
  separator: " " | "-" | "_",
): string {
  let name = wanted;
  for (let n = 2; isTaken(name); n++) name = `${wanted}${separator}${n}`;
  return name;
}

/** A name that no variant of the project has. */
export function freeVariantName({ variants = [] }: ProjectDocument, wanted: string): string {
  return freeName(wanted, (name) => variants.some((variant) => variant.name === name), " ");
}

/** A name that no dataset of the project has. */
export function freeDatasetName({ datasets }: ProjectDocument, wanted: string): string {
  return freeName(wanted, (name) => Object.hasOwn(datasets, name), "-");
}
