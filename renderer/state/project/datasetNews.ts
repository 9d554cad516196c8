/** What the engine says of files that it reads, in groups: every group redraws the whole window. */
import type { EngineEvent } from "../../../src/contract/enginePort.ts";

/** A file was read, or could not be. */
export type DatasetEvent = Extract<EngineEvent, { type: "datasetLoaded" | "datasetFailed" }>;

/** Hundreds of files are read in less time than a redraw takes. */
const GROUP_MS = 100;

/** See {@link gatherDatasetNews}. */
export interface DatasetNews {
  take(event: DatasetEvent): void;
  /** Passes on what waits; to be called before the job's end is told. */
  flush(): void;
}

/** Gathers events for at most a tenth of a second. */
export function gatherDatasetNews(apply: (news: readonly DatasetEvent[]) => void): DatasetNews {
  let waiting: DatasetEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const news = waiting;
    waiting = [];
    if (news.length > 0) apply(news);
  };
  return {
    take(event) {
      waiting.push(event);
      timer ??= setTimeout(flush, GROUP_MS);
    },
    flush,
  };
}
