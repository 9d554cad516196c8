import { useEffect, useState } from "react";
import type { FeaturePreview } from "../../../src/contract/features.ts";
import { formatError, toPlainError } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import {
  startFeatureCheck,
  stopFeatureCheck,
  type FeatureCheckOutcome,
} from "../../state/project/featureCheck.ts";

/** Where looking through a file stands. */
export type FeatureCheckState =
  | FeatureCheckOutcome
  | { readonly kind: "nothing" }
  | { readonly kind: "running"; readonly jobId: string | null };

const NOTHING: FeatureCheckState = { kind: "nothing" };

/**
 * Looks through an array of a file as soon as there is one, and stops when another one is asked for or
 * the caller goes.
 * @param file - null for nothing to look at
 * @returns the state, and how to look once more after it was stopped
 */
export function useFeatureCheck(
  file: Pick<FeaturePreview["file"], "path" | "name"> | null,
  array: string | null,
): readonly [FeatureCheckState, again: () => void] {
  const studio = useStudio();
  const [state, setState] = useState<FeatureCheckState>(NOTHING);
  const [round, setRound] = useState(0);
  const path = file?.path ?? null;
  const name = file?.name ?? "";
  useEffect(() => {
    if (path === null) return undefined;
    let isCurrent = true;
    let jobId: string | null = null;
    const show = (next: FeatureCheckState): void => {
      if (isCurrent) setState(next);
    };
    const run = async (): Promise<void> => {
      show({ kind: "running", jobId: null });
      const running = await startFeatureCheck(studio, { path, array }, name);
      jobId = running.jobId;
      if (!isCurrent) {
        await stopFeatureCheck(studio, jobId);
        return;
      }
      show({ kind: "running", jobId });
      show(await running.ended);
    };
    run().catch((error: unknown) => {
      show({ kind: "failed", problem: formatError(toPlainError(error)) });
    });
    return () => {
      isCurrent = false;
      setState(NOTHING);
      if (jobId !== null) void stopFeatureCheck(studio, jobId).catch(() => undefined);
    };
  }, [studio, path, name, array, round]);
  return [
    state,
    () => {
      setRound((count) => count + 1);
    },
  ];
}
