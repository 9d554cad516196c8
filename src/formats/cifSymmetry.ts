/** The symmetry operations of a CIF data block. */
import type { CifBlock, CifValue } from "./cifSyntax.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";
import { hasCentering, isIdentity, missingProduct, parseOperation } from "./symmetryOperations.ts";
import type { SymmetryOperation } from "./symmetryOperations.ts";

const OPERATION_TAGS = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"] as const;

const NUMBER_TAGS = ["_space_group_it_number", "_symmetry_int_tables_number"] as const;

const NAME_TAGS = [
  "_space_group_name_h-m_alt",
  "_symmetry_space_group_name_h-m",
  "_space_group_name_h-m_full",
  "_space_group_name_h-m_ref",
  "_space_group_name_hall",
  "_symmetry_space_group_name_hall",
] as const;

const P1_REMEDY =
  "Save the structure with its symmetry operations, or in P 1, for example with ASE: ase convert FILE.cif FILE.xyz.";

/** More than any space group has in a conventional cell; supercells with all translations pass. */
const MOST_CHECKED = 1000;

/**
 * The operations that the block lists; the identity alone for P 1, and for a block that says
 * nothing of symmetry.
 * @throws StudioError INVALID_FILE for a space group without its operations, a text that is no
 *   operation, and a list that is no group or contradicts the space group.
 */
export function cifOperations(scanner: LineScanner, block: CifBlock): SymmetryOperation[] {
  const declared = declaredGroup(block);
  const listed = OPERATION_TAGS.map((tag) => block.values.get(tag)).find(
    (values) => values?.some(({ text }) => isSaid(text)) === true,
  );
  if (listed === undefined) {
    if (declared === undefined)
      return [{ rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] }];
    throw scanner.errorAt(
      declared.line,
      `The space group is ${quoted(declared.text)} but the data block lists no symmetry operations; expected _symmetry_equiv_pos_as_xyz or _space_group_symop_operation_xyz.`,
      P1_REMEDY,
    );
  }
  const operations = listed.map(({ text, line }) => {
    const operation = parseOperation(text);
    if (operation !== undefined) return operation;
    throw scanner.errorAt(
      line,
      `Line ${String(line)}: ${quoted(text)} is no symmetry operation; expected one such as "x,y,z" or "-x+1/2,y,-z".`,
    );
  });
  requireGroup(scanner, operations, listed);
  requireDeclared(scanner, operations, declared);
  return operations;
}

function isSaid(text: string): boolean {
  return text !== "." && text !== "?" && text.trim() !== "";
}

/** The space group by name or number, unless it is P 1 or not said. */
function declaredGroup({ values }: CifBlock): CifValue | undefined {
  const said = (tags: readonly string[]): CifValue[] =>
    tags.flatMap((tag) => values.get(tag)?.filter(({ text }) => isSaid(text)) ?? []);
  const names = said(NAME_TAGS).filter(({ text }) => !/^p[\s_]*1$/iu.test(text.trim()));
  const numbers = said(NUMBER_TAGS).filter(({ text }) => Number(text) !== 1);
  return names[0] ?? numbers[0];
}

function requireGroup(
  scanner: LineScanner,
  operations: readonly SymmetryOperation[],
  listed: readonly CifValue[],
): void {
  const firstLine = listed[0]?.line ?? 0;
  if (!operations.some(isIdentity)) {
    throw scanner.errorAt(
      firstLine,
      'The symmetry operations lack the identity "x,y,z"; expected all operations of the space group.',
    );
  }
  if (operations.length > MOST_CHECKED) return;
  const missing = missingProduct(operations);
  if (missing === undefined) return;
  const [first, second] = missing.map((index) => quoted(listed[index]?.text ?? ""));
  throw scanner.errorAt(
    firstLine,
    `The ${String(operations.length)} symmetry operations are no group: ${first ?? ""} after ${second ?? ""} is not among them; expected all operations of the space group.`,
    P1_REMEDY,
  );
}

function requireDeclared(
  scanner: LineScanner,
  operations: readonly SymmetryOperation[],
  declared: CifValue | undefined,
): void {
  if (declared === undefined) return;
  if (operations.length === 1) {
    throw scanner.errorAt(
      declared.line,
      `The space group is ${quoted(declared.text)} but the only symmetry operation listed is the identity; expected all operations of the space group.`,
      P1_REMEDY,
    );
  }
  if (/^[FIABC][\s_]*[-\dmnabcde]/u.test(declared.text) && !hasCentering(operations)) {
    throw scanner.errorAt(
      declared.line,
      `The space group ${quoted(declared.text)} is centered but none of the ${String(operations.length)} symmetry operations is a centering translation; expected all operations of the space group.`,
      P1_REMEDY,
    );
  }
}
