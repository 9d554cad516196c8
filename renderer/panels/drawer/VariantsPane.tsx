import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { ChartTools } from "../../charts/ChartTools.tsx";
import { PendingPane } from "../../charts/PendingPane.tsx";
import { csvText, tsvText } from "../../charts/csvText.ts";
import { Segmented } from "../../components/Controls.tsx";
import { StateMark } from "../../components/StateMark.tsx";
import { regularizerSentence } from "../../state/model/modelSummary.ts";
import { variantStates, type VariantState } from "../../state/results/resultStore.ts";
import {
  numericsTable,
  rigidityTable,
  runFacts,
  type RunFact,
  type StatisticsTable,
} from "../../state/results/runTables.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { remarksOf, variantTable, type VariantTable } from "../../state/results/variantTable.ts";
import { useGridDrag } from "../grid/usePlacing.ts";

type Page = "overview" | "rigidity" | "numerics" | "run";

const PAGES: readonly { readonly value: Page; readonly label: string }[] = [
  { value: "overview", label: "Overview" },
  { value: "rigidity", label: "LPR by target" },
  { value: "numerics", label: "Numerics" },
  { value: "run", label: "Run" },
];

/** What the last computation says about each variant: errors, LPR of each target, numerics, run. */
export function VariantsPane(): ReactNode {
  const studio = useStudio();
  const result = useStore(studio.results, (state) => state.result);
  const [page, setPage] = useState<Page>("overview");
  const { activeTarget } = useScene();
  const table = useMemo(
    () => (result === null ? null : tableOf(result, page, activeTarget)),
    [result, page, activeTarget],
  );
  if (result === null || table === null) {
    return <PendingPane what="Errors and training" />;
  }
  const cells = () => ({
    header: [...table.rowHeadings, ...table.columns.map(({ title }) => title)],
    rows: table.rows.map((names, k) => [
      ...names,
      ...table.columns.map(({ values }) => values[k] ?? null),
    ]),
  });
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <Segmented
          label="Numbers of the variants"
          value={page}
          options={PAGES}
          onChange={setPage}
        />
        <p className="table-title ellipsis">{regularizerSentence(result)}</p>
        <span className="status-space" />
        <ChartTools
          name={`Variants, ${PAGES.find(({ value }) => value === page)?.label ?? ""}`}
          csv={() => csvText(cells().header, cells().rows)}
          tsv={() => tsvText(cells().header, cells().rows)}
        />
      </div>
      <div className="variants-pane" tabIndex={0} role="region" aria-label="Table of variants">
        {page === "overview" ? (
          <Overview result={result} table={variantTable(result, activeTarget)} />
        ) : page === "run" ? (
          <RunFacts facts={runFacts(result)} />
        ) : (
          <Statistics table={table} />
        )}
      </div>
    </div>
  );
}

function tableOf(result: AnalysisResult, page: Page, target: TargetRow | null): StatisticsTable {
  switch (page) {
    case "overview": {
      const { names, columns } = variantTable(result, target);
      return { rowHeadings: ["Variant"], rows: names.map((name) => [name]), columns };
    }
    case "rigidity":
      return rigidityTable(result);
    case "numerics":
      return numericsTable(result);
    case "run": {
      const facts = runFacts(result);
      const values = facts.map(({ value }) => value);
      const column = { heading: "Value", title: "Value", cells: values, values };
      return { rowHeadings: ["What"], rows: facts.map(({ label }) => [label]), columns: [column] };
    }
  }
}

function Overview(props: {
  readonly result: AnalysisResult;
  readonly table: VariantTable;
}): ReactNode {
  const studio = useStudio();
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const document = useStore(studio.project, (state) => state.document);
  const { activeVariant } = useScene();
  return (
    <>
      <Rows
        table={props.table}
        states={variantStates(document, results, jobs)}
        activeVariant={activeVariant}
        onChoose={(name) => {
          studio.view.setState({ activeVariant: name });
        }}
      />
      <Remarks result={props.result} />
    </>
  );
}

/** Names of the rows, then numbers; a name is written once where rows share it. */
function Statistics({ table }: { readonly table: StatisticsTable }): ReactNode {
  const { rowHeadings, rows, columns } = table;
  return (
    <table className="variants-table statistics-table">
      <thead>
        <tr>
          {rowHeadings.map((heading) => (
            <th key={heading} scope="col" className="row-name">
              {heading}
            </th>
          ))}
          {columns.map(({ heading, title }) => (
            <th key={title} scope="col" title={title}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((names, row) => (
          <tr
            key={`${String(row)} ${names.join(" ")}`}
            data-first={names[0] !== rows[row - 1]?.[0]}
          >
            {names.map((name, k) => (
              <th key={rowHeadings[k]} scope="row" className="row-name" title={name}>
                <span className="ellipsis">
                  {k < names.length - 1 && rows[row - 1]?.[k] === name ? (
                    <span className="visually-hidden">{name}</span>
                  ) : (
                    name
                  )}
                </span>
              </th>
            ))}
            {columns.map(({ title, cells }) => (
              <td key={title}>{cells[row]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RunFacts({ facts }: { readonly facts: readonly RunFact[] }): ReactNode {
  return (
    <dl className="run-facts selectable">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rows(props: {
  readonly table: VariantTable;
  readonly states: Readonly<Record<string, VariantState>>;
  readonly activeVariant: string;
  readonly onChoose: (name: string) => void;
}): ReactNode {
  const { names, columns } = props.table;
  const drag = useGridDrag();
  return (
    <table className="variants-table">
      <thead>
        <tr>
          <th scope="col">Variant</th>
          {columns.map(({ heading, title }) => (
            <th key={heading} scope="col" title={title}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name, row) => (
          <tr key={name} aria-selected={name === props.activeVariant}>
            <th scope="row">
              <button
                type="button"
                title={name}
                onPointerDown={drag({ kind: "variant", name })}
                onClick={() => {
                  props.onChoose(name);
                }}
              >
                {props.states[name] === "ready" ? null : (
                  <StateMark state={props.states[name] ?? "stale"} />
                )}
                <span className="ellipsis">{name}</span>
              </button>
            </th>
            {columns.map(({ heading, cells }) => (
              <td key={heading}>{cells[row]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Remarks({ result }: { readonly result: AnalysisResult }): ReactNode {
  const remarks = useMemo(() => remarksOf(result), [result]);
  if (remarks.length === 0) return null;
  return (
    <ul className="remarks" aria-label="Remarks">
      {remarks.map(({ message, severity, of }) => (
        <li key={message} data-severity={severity}>
          {severity === "warning" ? (
            <IconAlertTriangle size={14} stroke={1.5} />
          ) : (
            <IconInfoCircle size={14} stroke={1.5} />
          )}
          <span>
            {of === "" ? null : <b>{of}: </b>}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
