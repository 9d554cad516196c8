/** What the window may send about a what-if session over the engine port. */
import { z } from "zod";
import type { EngineMethods } from "../../src/contract/enginePort.ts";
import type { WhatIfEdit } from "../../src/contract/whatIf.ts";
import { parseParams } from "../parseParams.ts";

const MAX_CHANGES = 1_000_000;
const MAX_COUNT = 1_000_000;

const session = z.string().min(1).max(200);
const index = z.int().min(0);

const edit = z.strictObject({
  session,
  changes: z
    .array(z.strictObject({ structure: index, count: index.max(MAX_COUNT) }))
    .max(MAX_CHANGES),
  refit: z.enum(["manual", "automatic", "now"]),
}) satisfies z.ZodType<WhatIfEdit>;

const gains = z.strictObject({ session, target: index }) satisfies z.ZodType<
  EngineMethods["whatIfGains"]["params"]
>;

const close = z.strictObject({ session }) satisfies z.ZodType<
  EngineMethods["whatIfClose"]["params"]
>;

/** @throws StudioError `INVALID_PARAMETER` */
export function parseWhatIfEdit(params: unknown): WhatIfEdit {
  return parseParams("whatIfSet", edit, params);
}

/** @throws StudioError `INVALID_PARAMETER` */
export function parseWhatIfGains(params: unknown): EngineMethods["whatIfGains"]["params"] {
  return parseParams("whatIfGains", gains, params);
}

/** @throws StudioError `INVALID_PARAMETER` */
export function parseWhatIfClose(params: unknown): EngineMethods["whatIfClose"]["params"] {
  return parseParams("whatIfClose", close, params);
}
