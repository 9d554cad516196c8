/** The thread of a what-if session: it holds the factor and the targets, and answers one by one. */
import type { MessagePort } from "node:worker_threads";
import type { WhatIfValues } from "../../src/contract/whatIf.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { createWhatIfSession, type WhatIfSession } from "../../src/rigidity/whatIf.ts";
import { valuesUnder } from "../../src/analysis/questions/whatIfValues.ts";
import { transferableBuffers } from "./transferables.ts";
import type { WhatIfThreadReply, WhatIfThreadRequest } from "./whatIfMessages.ts";

type OpenRequest = Extract<WhatIfThreadRequest, { type: "open" }>;

/** Answers until the thread is ended. */
export function serveWhatIf(port: MessagePort, backend: NumericsBackend): void {
  const reply = (message: WhatIfThreadReply, transfer: readonly ArrayBuffer[] = []): void => {
    port.postMessage(message, [...transfer]);
  };
  let state: { readonly session: WhatIfSession; readonly request: OpenRequest } | null = null;
  port.on("message", (request: WhatIfThreadRequest) => {
    if (request.type === "close") {
      port.close();
      return;
    }
    if (request.type === "open") {
      try {
        const session = openSession(request, backend, reply);
        state = { session, request };
        reply({ type: "opened", errorEstimate: session.lpr().errorEstimate });
      } catch (error) {
        reply({ type: "openFailed", error: toPlainError(error) });
      }
      return;
    }
    const { id, changes, refit } = request;
    try {
      if (state === null) throw new StudioError("INTERNAL", "the what-if session is not open");
      const start = performance.now();
      const { problem, offsets } = state.request;
      const answer = valuesUnder(state.session, problem.rowCounts, changes, refit, offsets);
      const values: WhatIfValues = { ...answer, milliseconds: performance.now() - start };
      reply({ type: "values", id, values }, transferableBuffers(values));
    } catch (error) {
      reply({ type: "setFailed", id, error: toPlainError(error) });
    }
  });
}

function openSession(
  { problem, mode, cancelFlag }: OpenRequest,
  backend: NumericsBackend,
  reply: (message: WhatIfThreadReply) => void,
): WhatIfSession {
  return createWhatIfSession(problem, backend, {
    targets: mode,
    // Whoever prepared the problem has compared what it takes with the limit of the engine.
    memoryLimit: Number.MAX_SAFE_INTEGER,
    isCancelled: () => Atomics.load(cancelFlag, 0) !== 0,
    onProgress: (fraction) => {
      reply({ type: "progress", fraction });
    },
  });
}
