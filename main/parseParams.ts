/** Checks what a window sends, over its port to the engine or as a call of the main process. */
import type { z } from "zod";
import { StudioError } from "../src/errors.ts";

/** @throws StudioError `INVALID_PARAMETER` naming the method and what is wrong */
export function parseParams<T>(method: string, schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
  throw new StudioError("INVALID_PARAMETER", `${method} was called with wrong arguments${where}.`);
}
