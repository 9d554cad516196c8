/** What names may be: one rule for the validator of project files and for the fields that take names. */
import { entryName, text } from "./schemaParts.ts";

/** Characters of a name within a figure: of an element, a colouring, a camera or a display. */
export const LONGEST_KEY = 60;

/** Characters of the name of a variant, a selection, a figure or a dataset. */
export const LONGEST_NAME = 100;

const AT_MOST = `at most ${LONGEST_NAME} characters`;

/** Dataset names become file names, so they must be legal ones everywhere. */
export const datasetName = entryName("a dataset name").regex(
  /^(?!\.{1,2}$)[^\\/:*?"<>|\p{Cc}]{1,100}$/u,
  { error: `a name of ${AT_MOST} without \\ / : * ? " < > |` },
);

/** Of variants and saved selections. */
export const variantName = entryName("a name").max(LONGEST_NAME, {
  error: `a name of ${AT_MOST}`,
});

export const figureName = text("a name").max(LONGEST_NAME, { error: `a name of ${AT_MOST}` });

const NAMES = { variant: variantName, selection: variantName, figure: figureName } as const;

/**
 * Why something cannot have a name; null when it can.
 * @param others - of its kind
 */
export function nameProblem(
  thing: keyof typeof NAMES,
  name: string,
  others: readonly { readonly name: string }[] = [],
): string | null {
  if (others.some((other) => other.name === name))
    return `There is a ${thing} of this name already.`;
  const issue = NAMES[thing].safeParse(name).error?.issues[0];
  return issue === undefined ? null : `Expected ${issue.message}.`;
}

/**
 * As {@link nameProblem}, of a name that is being typed: none is no problem yet, nor is its own.
 * @param own - what it is called now, if anything
 */
export function typedNameProblem(
  thing: keyof typeof NAMES,
  typed: string,
  others?: readonly { readonly name: string }[],
  own: string | null = null,
): string | null {
  const name = typed.trim();
  return name === "" || name === own ? null : nameProblem(thing, name, others);
}

/** A key that a dataset can have, from the name of a file without its ending; it may be taken. */
export function datasetNameOf(stem: string): string {
  const legal = stem.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-").replace(/^[.\s]+|\s+$/gu, "");
  return legal === "" ? "structures" : legal;
}
