/** What a what-if session may be opened for. */
import { z } from "zod";
import type { WhatIfQuestion } from "../../src/contract/whatIf.ts";
import { selectionSchema } from "./suggestSchemas.ts";

const MAX_SELECTIONS = 10_000;

/** A question for a session. */
export const whatIfQuestionSchema = z.strictObject({
  variant: z.string().max(10_000).optional(),
  candidates: z.array(selectionSchema).max(MAX_SELECTIONS),
  targets: z.array(z.int().min(0)).min(1).max(MAX_SELECTIONS).optional(),
}) satisfies z.ZodType<WhatIfQuestion>;
