import { IconColumns3 } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { ChartTools } from "../../charts/ChartTools.tsx";
import { csvText, tsvText } from "../../charts/csvText.ts";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
import { IconCheck } from "@tabler/icons-react";
import { sortAtoms, tableCells, type TableColumn } from "../../state/results/atomTable.ts";
import { selectedAtoms } from "../../state/selection/selectionStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { TableBody } from "./AtomTableBody.tsx";
import { tableStore } from "./tableStore.ts";
import { useTableColumns, type ColumnChoice } from "./useTableColumns.ts";

/** All atoms of the active target in words: what the picture shows, for keyboard and screen reader. */
export function AtomTable(): ReactNode {
  const { activeTarget } = useScene();
  const table = useTableColumns();
  if (activeTarget === null || table === null) {
    return <p className="pane-empty">Choose a target whose atoms are shown.</p>;
  }
  return <Table target={activeTarget} {...table} />;
}

function Table(props: {
  readonly target: TargetRow;
  readonly columns: readonly TableColumn[];
  readonly choices: readonly ColumnChoice[];
  readonly chosen: readonly string[];
}): ReactNode {
  const { target, columns } = props;
  const studio = useStudio();
  const { activeVariant } = useScene();
  const sort = useStore(tableStore, (state) => state.sort);
  const selection = useStore(studio.selection, (state) => state.selections.get(target.key));
  const key = columns.find(({ id }) => id === sort.column) ?? columns[0];
  const order = useMemo(
    () => (key === undefined ? new Uint32Array() : sortAtoms(key.values, sort.descending)),
    [key, sort.descending],
  );
  /** The selected rows in their order; all when none is selected. */
  const cells = () => {
    const chosen = selection === undefined ? null : selection.mask;
    const atoms = chosen === null ? order : order.filter((atom) => chosen[atom] === 1);
    return tableCells(columns, atoms);
  };
  const count = selectedAtoms(selection).length;
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <p className="table-title ellipsis">
          <b>{target.label}</b>, {activeVariant === "" ? "no variant" : activeVariant} ·{" "}
          {formatPlural(target.nAtoms, "atom", "atoms")}
          {count > 0 ? `, ${formatCount(count)} selected` : ""}
        </p>
        <span className="status-space" />
        <span className="muted table-hint">type a number to go to that atom</span>
        <ColumnChooser choices={props.choices} chosen={props.chosen} />
        <ChartTools
          name={`Atoms of ${target.label}`}
          {...(count > 0 ? { part: formatPlural(count, "selected atom", "selected atoms") } : {})}
          csv={() => csvText(cells().header, cells().rows)}
          tsv={() => tsvText(cells().header, cells().rows)}
        />
      </div>
      <TableBody
        key={target.key}
        label={`Atoms of ${target.label}`}
        target={target.key}
        nAtoms={target.nAtoms}
        columns={columns}
        order={order}
        sort={{ column: key?.id ?? "atom", descending: sort.descending }}
        onCopy={() => tsvText(cells().header, cells().rows)}
      />
    </div>
  );
}

function ColumnChooser(props: {
  readonly choices: readonly ColumnChoice[];
  readonly chosen: readonly string[];
}): ReactNode {
  const { choices, chosen } = props;
  const allVariants = useStore(tableStore, (state) => state.allVariants);
  const keepOpen = (event: Event): void => {
    event.preventDefault();
  };
  const check = (
    <DropdownMenu.ItemIndicator>
      <IconCheck size={14} stroke={1.5} />
    </DropdownMenu.ItemIndicator>
  );
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="toggle">
        <IconColumns3 size={16} stroke={1.5} />
        Columns
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.CheckboxItem
            className="menu-item"
            checked={allVariants}
            onSelect={keepOpen}
            onCheckedChange={(on) => {
              tableStore.setState({ allVariants: on });
            }}
          >
            <span className="menu-check">{check}</span>
            One column a variant
          </DropdownMenu.CheckboxItem>
          <DropdownMenu.Separator className="menu-separator" />
          {choices.map(({ id, label }) => (
            <DropdownMenu.CheckboxItem
              key={id}
              className="menu-item"
              checked={chosen.includes(id)}
              onSelect={keepOpen}
              onCheckedChange={(on) => {
                const wanted = on ? [...chosen, id] : chosen.filter((one) => one !== id);
                // In the order of the chooser, however they were chosen.
                const columns = choices.map((one) => one.id).filter((one) => wanted.includes(one));
                tableStore.setState({ columns });
              }}
            >
              <span className="menu-check">{check}</span>
              {label}
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => {
              tableStore.setState({ columns: null, allVariants: false });
            }}
          >
            <span className="menu-check" />
            The usual columns
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
