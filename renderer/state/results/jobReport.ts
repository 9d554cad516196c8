/** What is said of a job: while it runs, and when somebody asks why it did not end well. */
import { formatError } from "../../../src/errors.ts";
import { formatSeconds } from "../../components/formatNumber.ts";
import type { Job } from "./jobStore.ts";

/** Before this much is done an estimate would only jump about. */
const ENOUGH_FRACTION = 0.05;
const ENOUGH_MS = 1000;

/** `Reading train, 12 % / s, about 8.1 s left`. */
export function runningNote(job: Job, elapsedMs: number): string {
  const { stage, fraction } = job;
  if (fraction < ENOUGH_FRACTION || fraction >= 1 || elapsedMs < ENOUGH_MS) return stage;
  const perSecond = (100 * fraction) / (elapsedMs / 1000);
  const rate = perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toFixed(1);
  const left = formatSeconds((elapsedMs * (1 - fraction)) / fraction);
  return [stage, `${rate} % / s`, `about ${left} left`].filter((part) => part !== "").join(", ");
}

/** For a question to somebody else. */
export function jobReport(job: Job): string {
  const elapsed = job.endedAt === null ? null : job.endedAt - job.startedAt;
  return [
    `${job.title}: ${job.outcome}${elapsed === null ? "" : ` after ${formatSeconds(elapsed)}`}`,
    `Last stage: ${job.stage === "" ? "none" : job.stage}, ${String(Math.floor(100 * job.fraction))} %`,
    ...(job.error === null ? [] : [`${job.error.code}: ${formatError(job.error)}`]),
  ].join("\n");
}
