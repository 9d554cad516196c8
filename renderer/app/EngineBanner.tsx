import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { runAgain } from "../state/project/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";

export function EngineBanner(): ReactNode {
  const studio = useStudio();
  const reason = useStore(studio.jobs, (state) => state.engineLost);
  if (reason === null) return null;
  return (
    <div className="banner" role="alert">
      <IconAlertTriangle size={16} stroke={1.5} />
      <span className="ellipsis" title={reason}>
        The computation stopped unexpectedly. The project is safe. Run it again or copy the report.
      </span>
      <Button
        size="small"
        onClick={() => {
          attempt(studio, "The computation was not started again", () => runAgain(studio));
        }}
      >
        Run it again
      </Button>
      <Button
        size="small"
        look="plain"
        onClick={() => {
          attempt(studio, "The report was not copied", () => copyReport(studio, reason));
        }}
      >
        Copy report
      </Button>
    </div>
  );
}

async function copyReport(studio: ReturnType<typeof useStudio>, reason: string): Promise<void> {
  const about = await studio.bridge.about();
  const { backend, jobs } = studio.jobs.getState();
  const lines = [
    `LPR Studio ${about.version}, Electron ${about.electron}, ${about.platform}`,
    `Backend: ${backend ?? "none"}`,
    `Engine lost: ${reason}`,
    ...jobs.map((job) => `${job.title}: ${job.outcome}, ${job.stage}`),
  ];
  await studio.bridge.copyText(lines.join("\n"));
}
