import type { ReactNode } from "react";
import { useStore } from "zustand";
import { speciesSymbol } from "../../src/structures/species.ts";
import { formatCount, formatFixed } from "../components/formatNumber.ts";
import { cutoffOf, environmentScope, neighborCount } from "../state/display/environmentScope.ts";
import { measureAtoms } from "../state/display/measure.ts";
import { useStudio } from "./StudioContext.tsx";

/** The environment that is looked at, and what the picked atoms measure, in the status bar. */
export function StructureReadout(): ReactNode {
  return (
    <>
      <EnvironmentNote />
      <MeasurementNote />
    </>
  );
}

function EnvironmentNote(): ReactNode {
  const studio = useStudio();
  const environment = useStore(studio.view, (state) => state.environment);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const cutoff = useStore(studio.project, ({ document }) => cutoffOf(document.descriptor));
  const structure = structures.get(environment?.structure ?? "");
  if (environment === null || structure === undefined || cutoff === null) return null;
  const { atom } = environment;
  const neighbors = neighborCount(structure, environmentScope(structure, atom, cutoff));
  return (
    <span className="status-item">
      <span className="ellipsis">
        Environment of{" "}
        <b>
          {speciesSymbol(structure.species[atom] ?? 0)} {formatCount(atom + 1)}
        </b>
        , {formatCount(neighbors)} neighbours within {cutoff} Å. Esc returns
      </span>
    </span>
  );
}

const NAMES = { distance: "Distance", angle: "Angle", dihedral: "Dihedral" } as const;

function MeasurementNote(): ReactNode {
  const studio = useStudio();
  const { structure: key, atoms } = useStore(studio.view, (state) => state.picked);
  const selections = useStore(studio.selection, (state) => state.selections);
  const structure = useStore(studio.datasets, (state) => state.structures.get(key));
  const selection = selections.get(key);
  // Lassos, undo and the table change the selection too; then the order of clicks means nothing.
  const isCurrent =
    selection?.count === atoms.length && atoms.every((atom) => selection.mask[atom] === 1);
  if (structure === undefined || !isCurrent || selections.size !== 1) return null;
  const measured = measureAtoms(structure, atoms);
  if (measured === null) return null;
  const names = atoms.map(
    (atom) => `${speciesSymbol(structure.species[atom] ?? 0)} ${formatCount(atom + 1)}`,
  );
  const isLength = measured.kind === "distance";
  return (
    <span className="status-item">
      {NAMES[measured.kind]} {names.join("–")}{" "}
      <b>
        {formatFixed(measured.value, isLength ? 3 : 1)}
        {isLength ? " Å" : "°"}
      </b>
    </span>
  );
}
