import { IconSettings } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { StateMark } from "../../components/StateMark.tsx";
import { modelRows, regularizerSentence } from "../../state/model/modelSummary.ts";
import type { VariantState } from "../../state/results/resultStore.ts";
import { TreeEmpty, TreeSection } from "./TreeSection.tsx";

/** What describes an environment, the model, and its regularizer; each row opens the dialog. */
export function ModelSection(): ReactNode {
  const studio = useStudio();
  const descriptor = useStore(studio.project, (state) => state.document.descriptor);
  const model = useStore(studio.project, (state) => state.document.model);
  const { result, source } = useStore(studio.results);
  const edit = (): void => {
    studio.view.setState({ dialog: "model" });
  };
  const isCurrent = source !== null && source.descriptor === descriptor && source.model === model;
  const state: VariantState = isCurrent ? "ready" : source === null ? "notComputed" : "stale";
  const current = isCurrent ? result : null;
  const rows =
    descriptor === undefined || model === undefined ? [] : modelRows(descriptor, model, current);
  return (
    <TreeSection
      title="Model"
      action={
        <IconButton
          label="Edit the model"
          icon={<IconSettings size={16} stroke={1.5} />}
          onClick={edit}
        />
      }
    >
      {rows.length === 0 ? <TreeEmpty text="Preset chosen with the data" /> : null}
      {rows.map((row) => (
        <li key={row.label}>
          <button
            type="button"
            className="tree-row"
            data-tree-row
            title={
              row.label === "Regularisation" && current !== null
                ? regularizerSentence(current)
                : `${row.label} ${row.value}`
            }
            onClick={edit}
          >
            <StateMark state={state} />
            <span className="ellipsis">{row.label}</span>
            <span className="tree-count">{row.value}</span>
          </button>
        </li>
      ))}
    </TreeSection>
  );
}
