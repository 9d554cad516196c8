/** What a session of crystals may be opened for. */
import { z } from "zod";
import type { CrystalSessionQuestion } from "../../src/contract/crystals.ts";

const MAX_TARGETS = 10_000;

/** A question for a session. */
export const crystalQuestionSchema = z.strictObject({
  variant: z.string().max(10_000).optional(),
  targets: z.array(z.int().min(0)).min(1).max(MAX_TARGETS).optional(),
}) satisfies z.ZodType<CrystalSessionQuestion>;
