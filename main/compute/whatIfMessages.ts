/** What the engine and the thread of a what-if session say to each other. */
import type { CountChange, WhatIfEdit, WhatIfValues } from "../../src/contract/whatIf.ts";
import type { PlainError } from "../../src/errors.ts";
import type { WhatIfProblem } from "../../src/rigidity/whatIf.ts";

/** Engine → thread. `open` comes first, once. */
export type WhatIfThreadRequest =
  | {
      readonly type: "open";
      /** Large matrices in shared memory. */
      readonly problem: WhatIfProblem;
      /** First atom of each target, length targets + 1. */
      readonly offsets: Int32Array;
      readonly mode: "kept" | "streamed";
      /** Element 0 becomes 1 when the session is closed. */
      readonly cancelFlag: Int32Array;
    }
  | {
      readonly type: "set";
      readonly id: number;
      readonly changes: readonly CountChange[];
      readonly refit: WhatIfEdit["refit"];
    }
  /** Ends the thread. */
  | { readonly type: "close" };

/** Thread → engine. */
export type WhatIfThreadReply =
  | { readonly type: "progress"; readonly fraction: number }
  | { readonly type: "opened"; readonly errorEstimate: number }
  | { readonly type: "openFailed"; readonly error: PlainError }
  | { readonly type: "values"; readonly id: number; readonly values: WhatIfValues }
  | { readonly type: "setFailed"; readonly id: number; readonly error: PlainError };
