import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { addMap, missingForCompute } from "../../state/project/documentEdits.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import { compute } from "../../state/project/projectActions.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { attempt } from "../../state/studio.ts";

/** In place of a map that is not there: why, and what to do. */
export function NoMap(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const hasResult = useStore(studio.results, (state) => state.result !== null);
  const isRunning = useStore(studio.jobs, (state) => runningJob(state, "compute") !== null);
  const missing = missingForCompute(document);
  const asksForMap = (document.maps ?? []).length > 0;
  const text = isRunning
    ? "The map appears with the result."
    : (missing ??
      (asksForMap
        ? hasResult
          ? "This structure is not in the map of the last result."
          : "The map appears with the first result."
        : "This project has no map yet."));
  return (
    <div className="view-empty">
      <p>{text}</p>
      {isRunning || missing !== null ? null : (
        <Button
          size="small"
          onClick={() => {
            changeDocument(studio.project, "Add a kernel map", addMap);
            attempt(studio, "Nothing was computed", () => compute(studio));
          }}
        >
          {asksForMap ? "Compute" : "Add a map and compute"}
        </Button>
      )}
    </div>
  );
}
