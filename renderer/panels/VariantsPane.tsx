import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { StateMark } from "../components/StateMark.tsx";
import { regularizerSentence } from "../state/modelSummary.ts";
import { variantStates, type VariantState } from "../state/resultStore.ts";
import { remarksOf, variantTable, type VariantTable } from "../state/variantTable.ts";

/** What the last computation says about each variant: sizes, errors, training, remarks. */
export function VariantsPane(): ReactNode {
  const studio = useStudio();
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const document = useStore(studio.project, (state) => state.document);
  const { result } = results;
  const { activeTarget, activeVariant } = useScene();
  const table = useMemo(
    () => (result === null ? null : variantTable(result, activeTarget)),
    [result, activeTarget],
  );
  if (result === null || table === null) {
    return <p className="pane-empty">Errors and training appear with the first result.</p>;
  }
  return (
    <div className="variants-pane">
      <p className="table-title">{regularizerSentence(result)}</p>
      <Rows
        table={table}
        states={variantStates(document, results, jobs)}
        activeVariant={activeVariant}
        onChoose={(name) => {
          studio.view.setState({ activeVariant: name });
        }}
      />
      <Remarks result={result} />
    </div>
  );
}

function Rows(props: {
  readonly table: VariantTable;
  readonly states: Readonly<Record<string, VariantState>>;
  readonly activeVariant: string;
  readonly onChoose: (name: string) => void;
}): ReactNode {
  const { names, columns } = props.table;
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
