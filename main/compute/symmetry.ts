/** Symmetry analysis by moyo (WebAssembly): its loader for Node, in a checkout and in a package. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyze_cell, initSync } from "@spglib/moyo-wasm";
import metadata from "@spglib/moyo-wasm/package.json" with { type: "json" };
import type {
  SymmetryAnalyzer,
  SymmetryCell,
  SymmetryReport,
} from "../../src/crystals/symmetry.ts";
import { StudioError } from "../../src/errors.ts";

const FILE_NAME = "moyo_wasm_bg.wasm";

let isLoaded = false;

/**
 * Loads the library once a thread. Its code lies beside the bundle, where the build copies it, or
 * in the package's own folder when the sources run unbundled.
 * @throws StudioError `INTERNAL` when the code is missing or not executable
 */
export function loadSymmetryAnalyzer(): SymmetryAnalyzer {
  if (!isLoaded) {
    try {
      initSync({ module: readFileSync(codePath()) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new StudioError("INTERNAL", `symmetry analysis cannot be loaded: ${message}`, {
        remedy: "Build or install the program again.",
        cause: error,
      });
    }
    isLoaded = true;
  }
  return { description: `moyo ${metadata.version}`, analyze };
}

function codePath(): string {
  const folder =
    typeof __dirname === "string" ? __dirname : dirname(fileURLToPath(import.meta.url));
  const beside = join(folder, FILE_NAME);
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`@spglib/moyo-wasm/${FILE_NAME}`);
}

function analyze({ cell, fractional, species }: SymmetryCell, symprec: number): SymmetryReport {
  requireSoundCell(cell, fractional, species);
  if (!(symprec > 0 && symprec < 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `symprec is ${symprec} Å; expected a distance above 0 and below 1 Å`,
    );
  }
  const positions = Array.from(species, (_, i) =>
    Array.from(fractional.subarray(3 * i, 3 * i + 3)),
  );
  const text = JSON.stringify({
    lattice: { basis: Array.from(cell) },
    positions,
    numbers: Array.from(species),
  });
  try {
    const found = analyze_cell(text, symprec, "Standard");
    return {
      spaceGroup: found.number,
      symbol: found.hm_symbol,
      orbits: found.orbits,
      wyckoffs: found.wyckoffs,
      symprec: found.symprec,
    };
  } catch (error) {
    // The library throws texts; a trap of WebAssembly is an Error.
    const message = error instanceof Error ? error.message : String(error);
    throw new StudioError(
      "NO_CONVERGENCE",
      `symmetry analysis with symprec ${symprec} Å failed (${message})`,
      { remedy: "Try another tolerance.", cause: error },
    );
  }
}

/** Input that makes the library trap instead of throwing must not reach it. */
function requireSoundCell(cell: Float64Array, fractional: Float64Array, species: Uint8Array): void {
  const isSound =
    species.length > 0 &&
    fractional.length === 3 * species.length &&
    cell.length === 9 &&
    cell.every(Number.isFinite) &&
    fractional.every(Number.isFinite);
  if (isSound) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `symmetry analysis of ${species.length} atoms with ${fractional.length} coordinates and ${cell.length} cell components; expected at least one atom, three finite coordinates each and nine finite components`,
  );
}
