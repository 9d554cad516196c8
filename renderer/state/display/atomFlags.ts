/** What the scene and the map are told about each atom: coloured, dimmed, hidden or marked. */
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import type { AtomSelection } from "../selection/selectionStore.ts";
import type { UnselectedStyle } from "../grid/viewStore.ts";

/**
 * Flags of one structure; null when all atoms are normal. As soon as anything is selected anywhere,
 * a structure without selected atoms is unselected as a whole.
 */
export function atomFlags(
  nAtoms: number,
  selection: AtomSelection | undefined,
  isAnythingSelected: boolean,
  style: UnselectedStyle,
): Uint8Array | null {
  if (!isAnythingSelected) return null;
  const others =
    style === "hidden"
      ? ATOM_FLAGS.hidden
      : style === "grey"
        ? ATOM_FLAGS.dimmed
        : ATOM_FLAGS.normal;
  const chosen = style === "normal" ? ATOM_FLAGS.marked : ATOM_FLAGS.normal;
  const flags = new Uint8Array(nAtoms).fill(others);
  selection?.mask.forEach((bit, atom) => {
    if (bit === 1) flags[atom] = chosen;
  });
  return flags;
}
