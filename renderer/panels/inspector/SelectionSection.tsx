import { IconX } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import {
  formatCount,
  formatPercentGain,
  formatSignificant,
} from "../../components/formatNumber.ts";
import { SelectionDistribution } from "../../charts/SelectionDistribution.tsx";
import { valuesOf, type PropertyDescription } from "../../state/coloring/properties.ts";
import { selectedCount } from "../../state/selection/selectionStore.ts";
import { summarizeSelection, type SummaryRow } from "../../state/selection/selectionSummary.ts";
import { SelectByExpression } from "../selection/SelectByExpression.tsx";
import { SelectionButtons } from "../selection/SelectionButtons.tsx";

export function SelectionSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const origin = useStore(studio.selection, (state) => state.origin);
  const count = useStore(studio.selection, selectedCount);
  return (
    <section className="inspector-section" aria-label="Selection">
      <div className="section-heading">
        <h2>Selection</h2>
        {count === 0 ? null : (
          <span className="selection-origin">
            <span className="muted ellipsis" title={origin}>
              {origin}
            </span>
            <IconButton
              label="Clear the selection"
              shortcut="Escape"
              icon={<IconX size={14} stroke={1.5} />}
              onClick={() => {
                run("selection.clear");
              }}
            />
          </span>
        )}
      </div>
      <SelectByExpression />
      {count === 0 ? (
        <p className="section-note">Select atoms on the film or lasso the map.</p>
      ) : (
        <SelectionFacts />
      )}
    </section>
  );
}

function formatCell(row: SummaryRow, value: number | null): string {
  if (value === null) return "no value";
  if (row.kind === "gain") return formatPercentGain(value, 1);
  return row.kind === "share" ? `${value.toFixed(0)} %` : formatSignificant(value);
}

/** LPR and its gain have rows of their own; categories have no median. */
function isSummarized({ id, kind }: PropertyDescription): boolean {
  return kind === "category" || id === "lpr" || id === "enhancement";
}

function withUnit({ legendTitle, suffix }: PropertyDescription): string {
  return suffix === "" ? legendTitle : `${legendTitle}, ${suffix}`;
}

function SelectionFacts(): ReactNode {
  const studio = useStudio();
  const { result, activeTarget, activeVariant, reference, rows, property } = useScene();
  const selections = useStore(studio.selection, (state) => state.selections);
  const { structures, columns } = useStore(studio.datasets);
  const target = rows.find((row) => row.key === activeTarget?.key && selections.has(row.key));
  const shown = target ?? rows.find((row) => selections.has(row.key)) ?? null;
  const facts = useMemo(() => {
    if (shown === null) return null;
    const source = { result, structures, columns };
    const lpr = valuesOf(source, "lpr", shown, activeVariant, reference)?.values ?? null;
    const gain =
      activeVariant === reference
        ? null
        : (valuesOf(source, "enhancement", shown, activeVariant, reference)?.values ?? null);
    const coordination = structures.get(shown.key)?.coordination ?? null;
    const selection = selections.get(shown.key);
    const values = isSummarized(property)
      ? null
      : (valuesOf(source, property.id, shown, activeVariant, reference)?.values ?? null);
    const colored = values === null ? null : { label: withUnit(property), values };
    const table = summarizeSelection({ selection, lpr, gain, coordination, colored });
    return { lpr, selection, table };
  }, [shown, result, structures, columns, selections, activeVariant, reference, property]);
  if (shown === null || facts === null) {
    return <p className="section-note">The selected atoms are in a target that is hidden.</p>;
  }
  const count = facts.selection?.count ?? 0;
  return (
    <>
      {facts.lpr === null ? null : (
        <SelectionDistribution values={facts.lpr} mask={facts.selection?.mask ?? null} />
      )}
      <table className="summary">
        <thead>
          <tr>
            <th scope="col">
              {formatCount(count)} of {formatCount(shown.nAtoms)} atoms
            </th>
            <th scope="col">selected</th>
            <th scope="col">film</th>
          </tr>
        </thead>
        <tbody>
          {facts.table.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td>{formatCell(row, row.selected)}</td>
              <td>{formatCell(row, row.whole)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <SelectionButtons />
    </>
  );
}
