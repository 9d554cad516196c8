import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { addMap, missingForCompute } from "../../state/project/documentEdits.ts";
import { toggleReference } from "../../state/project/evaluationEdits.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import type { MissingAction, MissingQuantity } from "../../state/coloring/missingQuantities.ts";
import { compute } from "../../state/project/projectActions.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { attempt } from "../../state/studio.ts";

const WORDS: Readonly<Record<Exclude<MissingAction, "none">, string>> = {
  compute: "Compute",
  variant: "Add a variant",
  model: "Edit the model",
  map: "Add a map and compute",
  similarity: "Compare and compute",
};

/** A quantity that was chosen and is not there: what it needs, and a button that does it. */
export function MissingQuantityNote({ missing }: { readonly missing: MissingQuantity }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const isRunning = useStore(studio.jobs, (state) => runningJob(state, "compute") !== null);
  const datasets = Object.keys(document.datasets);
  const [reference, setReference] = useState(datasets[0] ?? "");
  const { action } = missing;
  const lacking = action === "variant" || action === "model" ? null : missingForCompute(document);
  const act = (): void => {
    if (action === "variant" || action === "model") {
      studio.view.setState({ dialog: action });
      return;
    }
    if (action === "map") changeDocument(studio.project, "Add a kernel map", addMap);
    if (action === "similarity") {
      changeDocument(studio.project, `Atoms compared with ${reference}`, (now) =>
        toggleReference(now, reference),
      );
    }
    attempt(studio, "Nothing was computed", () => compute(studio));
  };
  return (
    <div className="missing-quantity" role="status">
      <p>
        <b>{missing.label}</b> is not computed. {lacking ?? missing.needs}
      </p>
      {action === "none" || lacking !== null ? null : (
        <>
          {action === "similarity" ? (
            <SelectField
              label="File of the crystal"
              value={reference}
              options={datasets.map((name) => ({
                value: name,
                label: document.datasets[name]?.label ?? name,
              }))}
              onChange={setReference}
            />
          ) : null}
          <Button size="small" disabled={isRunning} onClick={act}>
            {isRunning ? "Computing" : WORDS[action]}
          </Button>
        </>
      )}
    </div>
  );
}
