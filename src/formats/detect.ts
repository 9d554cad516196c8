/** Tells the format of a structure file by its content first and its name second. */
import { strFromU8 } from "fflate";
import { StudioError } from "../errors.ts";
import { headOf } from "./compression.ts";
import { parseDecimal } from "./decimal.ts";

/** The formats that can be read. */
export type StructureFormat = "extendedXyz" | "poscar" | "lammpsData" | "lammpsDump" | "cif";

const HEAD_BYTES = 8192;

/** What the names of files that can be opened end in, without `.gz`; a POSCAR's has no ending. */
export const STRUCTURE_FILE_EXTENSIONS: readonly string[] = [
  "xyz",
  "extxyz",
  "poscar",
  "contcar",
  "vasp",
  "cif",
  "lmp",
  "lmpdata",
  "data",
  "dump",
  "lammpstrj",
];

const SUPPORTED = "extended XYZ, POSCAR or CONTCAR, LAMMPS data or dump, or CIF, also gzipped";

/** Files whose content leaves no doubt. */
const CONTENTS: readonly {
  readonly format: StructureFormat;
  readonly matches: (head: string) => boolean;
}[] = [
  { format: "lammpsDump", matches: (head) => /^\s*ITEM:/u.test(head) },
  { format: "poscar", matches: isPoscar },
  { format: "extendedXyz", matches: (head) => /^\s*\+?\d+[ \t\r]*(?:\n|$)/u.test(head) },
  {
    format: "lammpsData",
    matches: (head) =>
      /^[ \t]*\d+[ \t]+atoms\b/mu.test(head) && /\bxlo\s+xhi\b|\bavec\b/u.test(head),
  },
  { format: "cif", matches: (head) => /^\s*(?:#[^\n]*\n\s*)*data_\S*/iu.test(head) },
];

/** Names that say the format; the reader then tells which line is wrong. */
const NAMES: readonly { readonly format: StructureFormat; readonly pattern: RegExp }[] = [
  { format: "extendedXyz", pattern: /\.(?:ext)?xyz$/iu },
  { format: "poscar", pattern: /poscar|contcar|\.vasp$/iu },
  { format: "cif", pattern: /\.cif$/iu },
  { format: "lammpsData", pattern: /\.(?:lmp|lmpdata)$/iu },
  { format: "lammpsDump", pattern: /\.(?:lammpstrj|dump)$/iu },
];

/** Well-known files that people try to open, so that the message can call them by their name. */
const OTHER_FORMATS: readonly {
  readonly name: string;
  readonly matches: (head: string) => boolean;
}[] = [
  { name: "a JSON file", matches: (head) => /^\s*[{[]/u.test(head) },
  {
    name: "a PDB file",
    matches: (head) => /^(?:HEADER|CRYST1|ATOM {2}|HETATM|REMARK)/mu.test(head),
  },
  { name: "an OUTCAR of VASP", matches: (head) => /^ vasp\.\d/u.test(head) },
  { name: "an AtomEye configuration", matches: (head) => /^Number of particles\s*=/mu.test(head) },
  { name: "a CASTEP output", matches: (head) => /\bCCC\s+AA\s+SSS\b/u.test(head) },
  { name: "an HDF5 file", matches: (head) => head.startsWith("\u0089HDF") },
  { name: "a NumPy array file", matches: (head) => head.startsWith("\u0093NUMPY") },
  { name: "a zip archive file", matches: (head) => head.startsWith("PK\u0003\u0004") },
  { name: "an xz-compressed file", matches: (head) => head.startsWith("\u00fd7zXZ") },
  { name: "a bzip2-compressed file", matches: (head) => head.startsWith("BZh") },
  {
    name: "a zstd-compressed file",
    matches: (head) => head.startsWith("\u0028\u00b5\u002f\u00fd"),
  },
];

/**
 * The format of a structure file. Content that leaves no doubt decides, whatever the name; else
 * the name does, so that the reader can say which line is wrong.
 * @param fileName - name or path; only its last part counts.
 * @throws StudioError INVALID_FILE naming what the file seems to be and what can be read.
 */
export function detectFormat(bytes: Uint8Array, fileName: string): StructureFormat {
  const head = strFromU8(headOf(bytes, HEAD_BYTES), true).replace(/^\u00ef\u00bb\u00bf/u, "");
  const content = CONTENTS.find(({ matches }) => matches(head));
  if (content !== undefined) return content.format;
  const other = OTHER_FORMATS.find(({ matches }) => matches(head));
  const baseName = (fileName.split(/[/\\]/u).at(-1) ?? "").replace(/\.gz$/iu, "");
  const named = NAMES.find(({ pattern }) => pattern.test(baseName));
  if (other === undefined && named !== undefined) return named.format;
  const seems =
    other === undefined
      ? "The format of the file is not known"
      : `The file seems to be ${other.name}`;
  throw new StudioError("INVALID_FILE", `${seems}; expected ${SUPPORTED}.`, {
    remedy: "Convert it, for example with ASE: ase convert -o extxyz FILE FILE.xyz.",
    location: fileName === "" ? {} : { file: fileName },
  });
}

/** Title, one or three scale factors, three lines of three numbers; comments may follow. */
function isPoscar(head: string): boolean {
  const [, scale, ...vectors] = head.split("\n", 5).map(leadingNumbers);
  const hasScale = scale === 1 || scale === 3;
  return hasScale && vectors.length === 3 && vectors.every((count) => count === 3);
}

/** How many numbers a line begins with. */
function leadingNumbers(line: string): number {
  const words = line.trim().split(/\s+/u);
  const end = words.findIndex((word) => parseDecimal(word) === undefined);
  return end < 0 ? words.length : end;
}
