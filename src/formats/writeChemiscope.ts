/**
 * Chemiscope input files: structures, atom-centred environments and properties as JSON, for the viewer
 * of Fraux, Cersonsky and Ceriotti (2020), J. Open Source Softw. 5, 2117. The format is the one that
 * chemiscope documents for versions 0.5 to 1.1 (`meta`, `structures`, `environments`, `properties`,
 * `settings`). JSON knows no NaN and no infinity, and neither does what is written here.
 */
import { StudioError, type Diagnostic } from "../errors.ts";
import { isZeroVolume } from "../structures/cell.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";

/** Values of all structures or all environments. */
export interface ChemiscopeProperty {
  readonly target: "structure" | "atom";
  /** Numbers, or texts for categories; item slowest when there are several components. */
  readonly values: ArrayLike<number> | readonly string[];
  /** Numbers for each item, default 1; more become properties `name[1]`, `name[2]`, … */
  readonly components?: number | undefined;
  /** Such as `eV`. */
  readonly units?: string | undefined;
  readonly description?: string | undefined;
}

/** Properties by name, in the order of chemiscope's menus. */
export type ChemiscopeProperties = Readonly<Record<string, ChemiscopeProperty>>;

/** The environments that atom properties belong to. */
export interface ChemiscopeEnvironments {
  /** Radius drawn around a centre, Å, > 0. */
  readonly cutoff: number;
  /** One for each environment; without it every atom of every structure in order. */
  readonly centers?:
    readonly { readonly structureIndex: number; readonly atomIndex: number }[] | undefined;
}

/** Anything that JSON can hold. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** How chemiscope opens the file; keys as its documentation names them. */
export interface ChemiscopeSettings {
  readonly target?: "structure" | "atom" | undefined;
  /** `x`, `y`, `z`, `color`, `size` with `property`, `symbol`, … */
  readonly map?: Readonly<Record<string, JsonValue>> | undefined;
  readonly structure?: readonly Readonly<Record<string, JsonValue>>[] | undefined;
  readonly pinned?: readonly number[] | undefined;
}

/** What a file holds. */
export interface ChemiscopeInput {
  readonly name: string;
  readonly description?: string | undefined;
  readonly references?: readonly string[] | undefined;
  /** At least one, all with atoms. */
  readonly structures: readonly Structure[];
  /** null: properties of structures only. */
  readonly environments: ChemiscopeEnvironments | null;
  readonly properties: ChemiscopeProperties;
  readonly settings?: ChemiscopeSettings | undefined;
}

/** A property of one number or text for each item, as it stands in the file. */
interface PlainProperty {
  readonly name: string;
  readonly source: ChemiscopeProperty;
  readonly component: number;
  readonly stride: number;
}

/** Length of a piece of text: long enough to compress well, short enough never to be noticed. */
const CHUNK_CHARACTERS = 2 ** 16;
const ITEMS_AT_ONCE = 512;

/**
 * Leaves out the properties that JSON cannot hold, and says so: a single NaN (a missing value) or
 * infinity (LPR of an environment that the model cannot represent) makes a property unwritable.
 */
export function finiteChemiscopeProperties(properties: ChemiscopeProperties): {
  readonly properties: ChemiscopeProperties;
  readonly diagnostics: readonly Diagnostic[];
} {
  const kept: Record<string, ChemiscopeProperty> = {};
  const diagnostics: Diagnostic[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const bad = notFinite(property);
    if (bad === null) {
      kept[name] = property;
      continue;
    }
    diagnostics.push({
      severity: "warning",
      code: "CHEMISCOPE_PROPERTY_DROPPED",
      message:
        `The chemiscope file goes without "${name}": ${bad.count} of its ${property.values.length} ` +
        `values are not finite (value ${bad.index} is ${bad.value}), which the format cannot hold.`,
    });
  }
  return { properties: kept, diagnostics };
}

function notFinite({ values }: ChemiscopeProperty): {
  readonly index: number;
  readonly value: number;
  readonly count: number;
} | null {
  let index = -1;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (typeof value === "string" || Number.isFinite(value)) continue;
    if (count === 0) index = i;
    count++;
  }
  return count === 0 ? null : { index, value: values[index] as number, count };
}

/**
 * Writes a chemiscope file. Everything is checked at once, before the first piece is asked for.
 *
 * @returns pieces of the JSON text, some 64 KiB each, to be encoded as UTF-8 and usually compressed
 * @throws StudioError INVALID_PARAMETER when there is nothing to show, a number is not finite (see
 *   {@link finiteChemiscopeProperties}), an index does not exist or a setting names no property;
 *   INCOMPATIBLE_SHAPE when a property has not one value for each structure or environment
 */
export function writeChemiscope(input: ChemiscopeInput): Iterable<string> {
  requireStructures(input.structures);
  const nEnvironments = requireEnvironments(input);
  const properties = plainProperties(input, nEnvironments);
  requireSettings(input.settings, properties);
  return inChunks(pieces(input, properties));
}

function requireStructures(structures: readonly Structure[]): void {
  if (structures.length === 0) throw invalid("there are no structures, expected at least 1");
  structures.forEach(({ nAtoms, positions }, index) => {
    if (nAtoms === 0) throw invalid(`structure ${index} has no atoms`);
    const bad = positions.findIndex((value) => !Number.isFinite(value));
    if (bad !== -1) {
      throw invalid(
        `a coordinate of atom ${Math.floor(bad / 3)} of structure ${index} is not finite`,
      );
    }
  });
}

/** How many environments there are. */
function requireEnvironments({ environments, structures, properties }: ChemiscopeInput): number {
  if (environments === null) {
    const [name] = Object.entries(properties).find(([, { target }]) => target === "atom") ?? [];
    if (name === undefined) return 0;
    throw invalid(`"${name}" is a property of atoms, but there are no environments`);
  }
  const { cutoff, centers } = environments;
  if (!(Number.isFinite(cutoff) && cutoff > 0)) {
    throw invalid(`the cutoff of the environments is ${cutoff} Å, expected a positive length`);
  }
  centers?.forEach(({ structureIndex, atomIndex }, index) => {
    const nAtoms = structures[structureIndex]?.nAtoms ?? 0;
    if (Number.isInteger(atomIndex) && atomIndex >= 0 && atomIndex < nAtoms) return;
    throw invalid(
      `environment ${index} is atom ${atomIndex} of structure ${structureIndex}, which does not exist`,
    );
  });
  return centers?.length ?? structures.reduce((sum, { nAtoms }) => sum + nAtoms, 0);
}

function plainProperties(input: ChemiscopeInput, nEnvironments: number): PlainProperty[] {
  const plain: PlainProperty[] = [];
  for (const [name, source] of Object.entries(input.properties)) {
    const stride = source.components ?? 1;
    const items = source.target === "atom" ? nEnvironments : input.structures.length;
    if (!Number.isInteger(stride) || stride < 1 || source.values.length !== items * stride) {
      throw new StudioError(
        "INCOMPATIBLE_SHAPE",
        `chemiscope file: "${name}" has ${source.values.length} values in ${stride} components, ` +
          `expected them for each of ${items} ${source.target}s`,
      );
    }
    requireOneType(name, source);
    for (let component = 0; component < stride; component++) {
      const suffix = stride === 1 ? "" : `[${component + 1}]`;
      plain.push({ name: `${name}${suffix}`, source, component, stride });
    }
  }
  const twice = plain.find(({ name }, i) => plain.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw invalid(`two properties are called "${twice.name}"`);
  return plain;
}

/** Chemiscope takes the type of the first value for that of all. */
function requireOneType(name: string, property: ChemiscopeProperty): void {
  const bad = notFinite(property);
  if (bad !== null) throw invalid(`value ${bad.index} of "${name}" is ${bad.value}`);
  const { values } = property;
  for (let i = 1; i < values.length; i++) {
    if (typeof values[i] !== typeof values[0]) throw invalid(`"${name}" mixes texts and numbers`);
  }
}

const MAP_AXES = ["x", "y", "z", "color", "size"];

function requireSettings(
  settings: ChemiscopeSettings | undefined,
  properties: readonly PlainProperty[],
): void {
  if (settings === undefined) return;
  requireJson(settings);
  const names = properties.map(({ name }) => name);
  const requireName = (name: JsonValue | undefined, where: string, others: string[]): void => {
    if (name === undefined || [...others, ...names].some((known) => known === name)) return;
    throw invalid(`settings.${where} is ${JSON.stringify(name)}, which is no property of the file`);
  };
  for (const [key, value] of Object.entries(settings.map ?? {})) {
    if (MAP_AXES.includes(key)) requireName(propertyOf(value), `map.${key}.property`, [""]);
    if (key === "symbol") requireName(value, "map.symbol", [""]);
  }
  settings.structure?.forEach(({ color }, index) => {
    requireName(propertyOf(color), `structure[${index}].color.property`, ["element"]);
  });
}

function propertyOf(value: JsonValue | undefined): JsonValue | undefined {
  const isObject = typeof value === "object" && value !== null && "property" in value;
  return isObject ? value["property"] : undefined;
}

function requireJson(value: unknown): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw invalid(`the settings hold ${value}, which JSON cannot`);
  }
  if (typeof value === "object" && value !== null) Object.values(value).forEach(requireJson);
}

function* pieces(input: ChemiscopeInput, properties: readonly PlainProperty[]): Iterable<string> {
  const { name, description, references, settings } = input;
  yield `{"meta":${JSON.stringify({ name, description, references })}`;
  if (settings !== undefined) yield `,"settings":${JSON.stringify(settings)}`;
  yield ',"structures":[';
  for (const [index, structure] of input.structures.entries()) {
    if (index > 0) yield ",";
    yield* structurePieces(structure);
  }
  yield "]";
  if (input.environments !== null) yield* environmentPieces(input.environments, input.structures);
  yield ',"properties":{';
  for (const [index, property] of properties.entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(property.name)}:`;
    yield* propertyPieces(property);
  }
  yield "}}\n";
}

function* structurePieces(structure: Structure): Iterable<string> {
  const { nAtoms, species, positions, cell, pbc } = structure;
  yield `{"size":${nAtoms},"names":[`;
  yield* joined(nAtoms, (i) => `"${speciesSymbol(species[i]!)}"`);
  for (const [axis, key] of ["x", "y", "z"].entries()) {
    yield `],"${key}":[`;
    yield* joined(nAtoms, (i) => JSON.stringify(positions[3 * i + axis]!));
  }
  // A cell without volume cannot be drawn; one without periodicity means nothing.
  const hasCell = cell !== null && pbc.some(Boolean) && !isZeroVolume(cell, [true, true, true]);
  yield hasCell
    ? `],"cell":${JSON.stringify(Array.from(cell))},"pbc":${JSON.stringify(pbc)}}`
    : "]}";
}

function* environmentPieces(
  { cutoff, centers }: ChemiscopeEnvironments,
  structures: readonly Structure[],
): Iterable<string> {
  const text = (structure: number, center: number): string =>
    `{"structure":${structure},"center":${center},"cutoff":${JSON.stringify(cutoff)}}`;
  yield ',"environments":[';
  if (centers !== undefined) {
    yield* joined(centers.length, (i) => text(centers[i]!.structureIndex, centers[i]!.atomIndex));
  } else {
    for (const [index, { nAtoms }] of structures.entries()) {
      if (index > 0) yield ",";
      yield* joined(nAtoms, (i) => text(index, i));
    }
  }
  yield "]";
}

function* propertyPieces({ source, component, stride }: PlainProperty): Iterable<string> {
  const { target, values, units, description } = source;
  yield JSON.stringify({ target, units, description }).slice(0, -1);
  yield ',"values":[';
  yield* joined(values.length / stride, (i) => JSON.stringify(values[i * stride + component]));
  yield "]}";
}

/** Items with commas between, some hundred at a time. */
function* joined(count: number, text: (index: number) => string): Iterable<string> {
  for (let start = 0; start < count; start += ITEMS_AT_ONCE) {
    let block = start === 0 ? "" : ",";
    const end = Math.min(start + ITEMS_AT_ONCE, count);
    for (let i = start; i < end; i++) block += i + 1 < end ? `${text(i)},` : text(i);
    yield block;
  }
}

function* inChunks(texts: Iterable<string>): Iterable<string> {
  let chunk = "";
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

function invalid(what: string): StudioError {
  return new StudioError("INVALID_PARAMETER", `chemiscope file: ${what}`);
}
