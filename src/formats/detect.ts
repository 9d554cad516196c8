/** Tells the format of a structure file by its content first and its name second. */
import { strFromU8 } from "fflate";
import { StudioError } from "../errors.ts";
import { headOf } from "./compression.ts";

/** The formats that can be read. */
export type StructureFormat = "extendedXyz";

const HEAD_BYTES = 8192;

/** What the names of files that can be opened end in, without `.gz`. */
export const STRUCTURE_FILE_EXTENSIONS: readonly string[] = ["xyz", "extxyz"];

const SUPPORTED = "extended XYZ (.xyz, .extxyz, also gzipped)";

interface Clue {
  readonly name: string;
  readonly matches: (head: string, fileName: string) => boolean;
}

/** Well-known files that people try to open, so that the message can call them by their name. */
const OTHER_FORMATS: readonly Clue[] = [
  { name: "LAMMPS dump", matches: (head) => head.startsWith("ITEM:") },
  {
    name: "LAMMPS data",
    matches: (head) => /^\s*\d+\s+atoms\s*$/mu.test(head) && /\bxlo\s+xhi\b/u.test(head),
  },
  { name: "CIF", matches: (head) => /^\s*(?:#[^\n]*\n\s*)*data_/u.test(head) },
  { name: "JSON", matches: (head) => /^\s*[{[]/u.test(head) },
  { name: "PDB", matches: (head) => /^(?:HEADER|CRYST1|ATOM {2}|HETATM|REMARK)/mu.test(head) },
  { name: "HDF5", matches: (head) => head.startsWith("\u0089HDF") },
  { name: "NumPy array", matches: (head) => head.startsWith("\u0093NUMPY") },
  { name: "zip archive", matches: (head) => head.startsWith("PK\u0003\u0004") },
  { name: "xz-compressed", matches: (head) => head.startsWith("\u00fd7zXZ") },
  { name: "bzip2-compressed", matches: (head) => head.startsWith("BZh") },
  { name: "zstd-compressed", matches: (head) => head.startsWith("\u0028\u00b5\u002f\u00fd") },
  {
    name: "VASP POSCAR",
    matches: (head, fileName) =>
      /poscar|contcar|\.vasp$/iu.test(fileName) ||
      /^[^\n]*\n\s*-?[\d.]+\s*\n(?:\s*-?[\d.eE+-]+){9}\s*\n/u.test(head),
  },
];

/**
 * The format of a structure file. A file whose first filled line is an atom count is XYZ, whatever
 * its name; a file named `.xyz` is read as XYZ so that the reader can say which line is wrong.
 * @param fileName - name or path; only its end counts.
 * @throws StudioError INVALID_FILE naming what the file seems to be and what can be read.
 */
export function detectFormat(bytes: Uint8Array, fileName: string): StructureFormat {
  const head = strFromU8(headOf(bytes, HEAD_BYTES), true);
  const baseName = fileName.replace(/\.gz$/iu, "");
  if (/^(?:\u00ef\u00bb\u00bf)?\s*\+?\d+[ \t\r]*(?:\n|$)/u.test(head)) return "extendedXyz";
  const found = OTHER_FORMATS.find(({ matches }) => matches(head, baseName));
  const isNamedXyz = STRUCTURE_FILE_EXTENSIONS.some((extension) =>
    baseName.toLowerCase().endsWith(`.${extension}`),
  );
  if (found === undefined && isNamedXyz) return "extendedXyz";
  const seems =
    found === undefined
      ? "The format of the file is not known"
      : `The file seems to be ${article(found.name)} file`;
  throw new StudioError("INVALID_FILE", `${seems}; expected ${SUPPORTED}.`, {
    remedy: "Convert it, for example with ASE: ase convert -o extxyz FILE FILE.xyz.",
    location: { file: fileName },
  });
}

function article(name: string): string {
  return /^(?:[AEIO]|HDF|xz|LAMMPS$)/u.test(name) ? `an ${name}` : `a ${name}`;
}
