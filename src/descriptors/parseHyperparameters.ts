/** Reading and checking SOAP hyperparameters that a person wrote. */
import { StudioError } from "../errors.ts";
import { atomicNumberOf } from "../structures/species.ts";
import type { SoapHyperparameters } from "./hyperparameters.ts";

/** What the numerics are verified for: beyond it the GTO basis loses more than 1e-9. */
const MAX_RADIAL_FUNCTIONS = 24;
const MAX_ANGULAR_MOMENTUM = 20;
const MAX_CUTOFF = 30;
const MAX_RADIAL_TABLE_VALUES = 8e6;

const KEYS: ReadonlySet<string> = new Set([
  "type",
  "basis",
  "cutoff",
  "cutoffWidth",
  "sigma",
  "nMax",
  "lMax",
  "centerWeight",
  "radialScaling",
  "species",
] satisfies (keyof SoapHyperparameters)[]);
const SCALING_KEYS: ReadonlySet<string> = new Set(["rate", "scale", "exponent"]);

/**
 * Turns parsed JSON into hyperparameters: types, required and unknown keys, then ranges.
 * @param jsonPath - where the object stands in its document, such as `descriptor`; "" for a file
 * that holds nothing else
 * @throws StudioError `INVALID_PARAMETER` with the JSON path of the first problem
 */
export function parseSoapHyperparameters(json: unknown, jsonPath = ""): SoapHyperparameters {
  const object = asObject(json, jsonPath, "the SOAP hyperparameters");
  rejectUnknownKeys(object, KEYS, jsonPath);
  const { centerWeight, radialScaling, species } = object;
  const hypers: SoapHyperparameters = {
    type: oneOf(object["type"], ["soap"], join(jsonPath, "type")),
    basis: oneOf(object["basis"], ["gto", "dvr"], join(jsonPath, "basis")),
    cutoff: asNumber(object["cutoff"], join(jsonPath, "cutoff")),
    cutoffWidth: asNumber(object["cutoffWidth"], join(jsonPath, "cutoffWidth")),
    sigma: asNumber(object["sigma"], join(jsonPath, "sigma")),
    nMax: asNumber(object["nMax"], join(jsonPath, "nMax")),
    lMax: asNumber(object["lMax"], join(jsonPath, "lMax")),
    ...(centerWeight === undefined
      ? {}
      : { centerWeight: asNumber(centerWeight, join(jsonPath, "centerWeight")) }),
    ...(radialScaling === undefined
      ? {}
      : { radialScaling: parseScaling(radialScaling, join(jsonPath, "radialScaling")) }),
    ...(species === undefined ? {} : { species: parseSpecies(species, join(jsonPath, "species")) }),
  };
  validateSoapHyperparameters(hypers, jsonPath);
  return hypers;
}

/**
 * Checks the ranges: 0 < cutoff ≤ 30 Å, 0 ≤ cutoffWidth ≤ cutoff, 0 < sigma ≤ cutoff,
 * nMax 1 … 24, lMax 0 … 20, centerWeight ≥ 0, positive radial scaling, known species.
 * @throws StudioError `INVALID_PARAMETER` with the JSON path of the first problem
 */
export function validateSoapHyperparameters(hypers: SoapHyperparameters, jsonPath = ""): void {
  const { cutoff, cutoffWidth, sigma, nMax, lMax, centerWeight, radialScaling, species } = hypers;
  const at = (key: string): string => join(jsonPath, key);
  check(cutoff > 0 && cutoff <= MAX_CUTOFF, at("cutoff"), cutoff, `0 < cutoff ≤ ${MAX_CUTOFF} Å`);
  check(
    cutoffWidth >= 0 && cutoffWidth <= cutoff,
    at("cutoffWidth"),
    cutoffWidth,
    `a width between 0 and the cutoff, ${cutoff} Å`,
  );
  check(sigma > 0 && sigma <= cutoff, at("sigma"), sigma, `0 < sigma ≤ cutoff = ${cutoff} Å`);
  checkInteger(nMax, 1, MAX_RADIAL_FUNCTIONS, at("nMax"));
  checkInteger(lMax, 0, MAX_ANGULAR_MOMENTUM, at("lMax"));
  // About 95 knots per sigma keep the interpolation error of the radial table at 1e-10.
  const tableValues = ((95 * cutoff) / sigma) * nMax * (lMax + 1);
  check(
    tableValues <= MAX_RADIAL_TABLE_VALUES,
    at("sigma"),
    sigma,
    `a wider Gaussian for cutoff ${cutoff} Å, nMax ${nMax}, lMax ${lMax} (the radial table would hold ${tableValues.toExponential(1)} values)`,
  );
  if (centerWeight !== undefined) {
    check(
      centerWeight >= 0 && centerWeight < Infinity,
      at("centerWeight"),
      centerWeight,
      "a finite number ≥ 0",
    );
  }
  if (radialScaling !== undefined) {
    for (const key of ["rate", "scale", "exponent"] as const) {
      const value = radialScaling[key];
      check(
        value > 0 && value < Infinity,
        join(at("radialScaling"), key),
        value,
        "a finite number > 0",
      );
    }
  }
  species?.forEach((symbol, index) => {
    check(
      atomicNumberOf(symbol) !== undefined,
      `${at("species")}[${index}]`,
      symbol,
      "the symbol of an element",
    );
  });
}

function parseScaling(
  json: unknown,
  jsonPath: string,
): NonNullable<SoapHyperparameters["radialScaling"]> {
  const object = asObject(json, jsonPath, "the radial scaling");
  rejectUnknownKeys(object, SCALING_KEYS, jsonPath);
  return {
    rate: asNumber(object["rate"], join(jsonPath, "rate")),
    scale: asNumber(object["scale"], join(jsonPath, "scale")),
    exponent: asNumber(object["exponent"], join(jsonPath, "exponent")),
  };
}

function parseSpecies(json: unknown, jsonPath: string): readonly string[] {
  if (!Array.isArray(json)) throw invalid(jsonPath, json, "a list of element symbols");
  return json.map((symbol: unknown, index) => {
    if (typeof symbol !== "string") {
      throw invalid(`${jsonPath}[${index}]`, symbol, "the symbol of an element");
    }
    return symbol;
  });
}

function asObject(json: unknown, jsonPath: string, subject: string): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalid(jsonPath === "" ? subject : jsonPath, json, "an object");
  }
  return json as Record<string, unknown>;
}

function rejectUnknownKeys(
  object: Record<string, unknown>,
  known: ReadonlySet<string>,
  jsonPath: string,
): void {
  for (const key of Object.keys(object)) {
    if (known.has(key)) continue;
    throw new StudioError("INVALID_PARAMETER", `unknown key "${key}"`, {
      remedy: `Known keys: ${[...known].join(", ")}.`,
      location: { jsonPath: join(jsonPath, key) },
    });
  }
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], jsonPath: string): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    throw invalid(jsonPath, value, choices.map((each) => `"${each}"`).join(" or "));
  }
  return choice;
}

function asNumber(value: unknown, jsonPath: string): number {
  if (typeof value !== "number") throw invalid(jsonPath, value, "a number");
  return value;
}

function checkInteger(value: number, low: number, high: number, jsonPath: string): void {
  check(
    Number.isInteger(value) && value >= low && value <= high,
    jsonPath,
    value,
    `a whole number from ${low} to ${high}`,
  );
}

function check(isValid: boolean, jsonPath: string, found: unknown, expected: string): void {
  if (!isValid) throw invalid(jsonPath, found, expected);
}

function invalid(jsonPath: string, found: unknown, expected: string): StudioError {
  const name = jsonPath.split(".").at(-1) ?? jsonPath;
  const shown = found === undefined ? "nothing" : describe(found);
  return new StudioError("INVALID_PARAMETER", `${name}: found ${shown}, expected ${expected}`, {
    location: { jsonPath },
  });
}

function describe(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
