/** `lpr-studio convert`: any file of structures to extended XYZ or POSCAR. */
import { basename, dirname } from "node:path";
import { StudioError } from "../../src/errors.ts";
import { gzip } from "../../src/formats/compression.ts";
import { readStructures } from "../../src/formats/readStructures.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writePoscar } from "../../src/formats/writePoscar.ts";
import { resolveSelector } from "../../src/project/selectors.ts";
import { atomicNumberOf } from "../../src/structures/species.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { unpackGzip } from "../compute/unpackGzip.ts";
import { oneOperand, parseCommand, requiredText, usage } from "./arguments.ts";
import { readInput } from "./readInput.ts";
import type { Terminal } from "./terminal.ts";
import { requireFilePlace, writeOutputs } from "./writeOutputs.ts";

type OutputFormat = "xyz" | "xyz.gz" | "poscar";

/** @throws StudioError `USAGE`, `INVALID_FILE`, `INVALID_PARAMETER`, `ACCESS_DENIED` */
export async function convertCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
): Promise<void> {
  const parsed = parseCommand("convert", args, ["out", "structures", "types"], ["quiet"]);
  const path = oneOperand(parsed, "FILE", "convert");
  const out = requiredText(parsed, "out", "convert");
  const format = outputFormat(out);
  const typeSpecies = speciesOption(parsed.text("types"));
  terminal.quiet = parsed.flag("quiet");
  await requireFilePlace(out);
  const all = readStructures(await unpackGzip(await readInput(path), path), {
    fileName: path,
    typeSpecies,
    onProgress: (done, total) => {
      terminal.progress({ stage: "Reading", fraction: total === 0 ? 1 : done / total });
    },
  });
  terminal.clear();
  const indices = selectedIndices(parsed.text("structures"), path, all.length);
  const bytes =
    format === "poscar"
      ? poscarBytes(all, indices, path, terminal)
      : xyzBytes(all, indices, format === "xyz.gz");
  await writeOutputs(dirname(out), [{ name: basename(out), bytes }]);
  const plural = indices.length === 1 ? "" : "s";
  terminal.note(`${out}: ${indices.length} structure${plural} of ${all.length}`);
}

function outputFormat(out: string): OutputFormat {
  if (/\.(?:ext)?xyz$/iu.test(out)) return "xyz";
  if (/\.(?:ext)?xyz\.gz$/iu.test(out)) return "xyz.gz";
  if (/(?:poscar|\.vasp)$/iu.test(out)) return "poscar";
  throw usage(
    `--out is "${out}", expected a name that ends in .xyz, .xyz.gz, .poscar or .vasp`,
    "convert",
  );
}

/** Symbols of the LAMMPS types 1, 2, … */
function speciesOption(text: string | undefined): readonly number[] | undefined {
  return text?.split(",").map((symbol) => {
    const species = atomicNumberOf(symbol.trim());
    if (species !== undefined) return species;
    throw usage(`--types is "${text}", expected element symbols such as C,Si`, "convert");
  });
}

function selectedIndices(
  selector: string | undefined,
  path: string,
  length: number,
): readonly number[] {
  const context = { dataset: basename(path), length, jsonPath: "" };
  try {
    return [...resolveSelector(selector, context)];
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    throw usage(`--structures: ${error.message}`, "convert");
  }
}

function xyzBytes(
  all: readonly Structure[],
  indices: readonly number[],
  isPacked: boolean,
): Uint8Array {
  const text = writeExtendedXyz(indices.flatMap((index) => all[index] ?? []));
  return isPacked ? gzip(text) : text;
}

function poscarBytes(
  all: readonly Structure[],
  indices: readonly number[],
  path: string,
  terminal: Terminal,
): Uint8Array {
  const [index = 0, ...others] = indices;
  const structure = all[index];
  if (structure === undefined || others.length > 0) {
    throw usage(
      `a POSCAR holds one structure and ${indices.length} are selected; choose one with --structures, such as --structures 0`,
      "convert",
    );
  }
  try {
    const text = writePoscar(structure);
    if (!structure.pbc.every(Boolean)) {
      terminal.note("warning: VASP repeats the structure in all directions; the file does not.");
    }
    return new TextEncoder().encode(text);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const { code, message, remedy } = error;
    throw new StudioError(code, message, {
      remedy,
      location: { file: path, structureIndex: index },
      cause: error,
    });
  }
}
