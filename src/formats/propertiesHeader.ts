/** The `Properties=name:type:count:…` header that declares the columns of the atom lines. */

/** L logical, S string, I integer, R real. */
export type ColumnType = "L" | "S" | "I" | "R";

/** One declared property. */
export interface PropertyDeclaration {
  readonly name: string;
  readonly type: ColumnType;
  readonly components: number;
}

/** What plain XYZ means: a species and three coordinates. */
export const PLAIN_XYZ_PROPERTIES: readonly PropertyDeclaration[] = [
  { name: "species", type: "S", components: 1 },
  { name: "pos", type: "R", components: 3 },
];

/** A single structure never has more columns than this; keeps a bad header from allocating. */
const MAX_COLUMNS = 10_000;

/** What the names may be in a file, in order of preference. ASE reads the same ones. */
const ROLE_NAMES = {
  positions: ["pos", "positions"],
  species: ["species", "symbols"],
  atomicNumbers: ["Z", "numbers"],
} as const;

/** Which declared property (by index) gives positions, species symbols and atomic numbers. */
export interface PropertyRoles {
  readonly positions: number;
  readonly species: number | undefined;
  readonly atomicNumbers: number | undefined;
}

/**
 * Parses the value of `Properties`.
 * @returns the declarations in column order, or a text that says what is wrong and what was
 *   expected.
 */
export function parseProperties(text: string): readonly PropertyDeclaration[] | string {
  const fields = text.trim().split(":");
  if (fields.length % 3 !== 0) {
    return `Properties has ${String(fields.length)} fields separated by ":"; expected triples name:type:count such as species:S:1:pos:R:3`;
  }
  const declarations: PropertyDeclaration[] = [];
  const names = new Set<string>();
  for (let i = 0; i < fields.length; i += 3) {
    const name = fields[i] ?? "";
    if (name === "") return `Properties declares a column without a name in "${text}"`;
    if (names.has(name)) return `Properties declares "${name}" twice`;
    const declaration = parseDeclaration(name, fields[i + 1] ?? "", fields[i + 2] ?? "");
    if (typeof declaration === "string") return declaration;
    names.add(name);
    declarations.push(declaration);
  }
  const columns = declarations.reduce((sum, { components }) => sum + components, 0);
  if (columns > MAX_COLUMNS) return `Properties declares ${String(columns)} columns`;
  return declarations;
}

/** One triple of the header, or a text that says what is wrong with its type or count. */
function parseDeclaration(name: string, type: string, count: string): PropertyDeclaration | string {
  if (type !== "L" && type !== "S" && type !== "I" && type !== "R") {
    return `Properties declares "${name}" with type "${type}"; expected R (real), I (integer), S (string) or L (logical)`;
  }
  const components = Number(count);
  if (!/^\d+$/u.test(count) || components < 1 || components > MAX_COLUMNS) {
    return `Properties declares "${name}" with count "${count}"; expected a whole number of columns, at least 1`;
  }
  return { name, type, components };
}

/**
 * Finds positions and species among the declarations.
 * @returns the roles, or a text that says what is missing.
 */
export function propertyRoles(
  declarations: readonly PropertyDeclaration[],
): PropertyRoles | string {
  const indexOf = (names: readonly string[]): number | undefined =>
    names
      .map((name) => declarations.findIndex((declaration) => declaration.name === name))
      .find((index) => index >= 0);
  const positions = indexOf(ROLE_NAMES.positions);
  const species = indexOf(ROLE_NAMES.species);
  const atomicNumbers = indexOf(ROLE_NAMES.atomicNumbers);
  if (positions === undefined) {
    return "Properties declares no positions; expected pos:R:3";
  }
  if (species === undefined && atomicNumbers === undefined) {
    return "Properties declares neither species nor atomic numbers; expected species:S:1 or Z:I:1";
  }
  const declaredAs = (index: number): string => {
    const { name, type, components } = declarations[index] ?? { name: "", type: "", components: 0 };
    return `${name}:${type}:${String(components)}`;
  };
  const wrong = (index: number | undefined, types: string, components: number): boolean => {
    const declaration = index === undefined ? undefined : declarations[index];
    if (declaration === undefined) return false;
    return !types.includes(declaration.type) || declaration.components !== components;
  };
  if (wrong(positions, "RI", 3)) return `Properties has ${declaredAs(positions)}; expected pos:R:3`;
  if (species !== undefined && wrong(species, "SI", 1)) {
    return `Properties has ${declaredAs(species)}; expected species:S:1`;
  }
  if (atomicNumbers !== undefined && wrong(atomicNumbers, "I", 1)) {
    return `Properties has ${declaredAs(atomicNumbers)}; expected Z:I:1`;
  }
  return { positions, species, atomicNumbers };
}

/** `species, pos (3), forces (3), coordination` for messages. */
export function describeProperties(declarations: readonly PropertyDeclaration[]): string {
  return declarations
    .map(({ name, components }) => (components === 1 ? name : `${name} (${String(components)})`))
    .join(", ");
}
