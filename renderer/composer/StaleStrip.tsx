import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition } from "../../src/project/figure.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { ProgressBar, wholePercent } from "../components/ProgressBar.tsx";
import { compute } from "../state/project/projectActions.ts";
import { runningJob } from "../state/results/jobStore.ts";
import { attempt } from "../state/studio.ts";
import { staleText, staleVariants } from "./staleValues.ts";

/** Above the page while it shows values that the project would not give any more. */
export function StaleStrip({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const stale = staleVariants(document, results, jobs, figure);
  if (stale.length === 0) return null;
  const job = runningJob(jobs, "compute");
  return (
    <div className="page-strip" role="status">
      <span>{staleText(stale)}</span>
      {job === null ? (
        <Button
          size="small"
          onClick={() => {
            attempt(studio, "Nothing was computed", () => compute(studio));
          }}
        >
          Compute
        </Button>
      ) : (
        <ProgressBar label="Computing" percent={wholePercent(job.fraction)} />
      )}
    </div>
  );
}
