/** Types of the host's side of the contract. */
import type { StudioApi } from "../../src/contract/api.ts";
import type { WireArguments } from "../../src/contract/channels.ts";

/** One function per method of the API, taking what crosses IPC. It may answer at once. */
export type StudioHandlers = {
  readonly [M in keyof StudioApi]: (
    ...args: WireArguments<M>
  ) => Awaited<ReturnType<StudioApi[M]>> | ReturnType<StudioApi[M]>;
};
