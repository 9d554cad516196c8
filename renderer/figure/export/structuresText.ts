import type { AtomSubset } from "../../../src/contract/atomSubset.ts";
import type { EngineConnection } from "../../state/results/engineConnection.ts";

/**
 * Extended XYZ of the structures of a figure, from the numbers of their files; null without any.
 * @throws StudioError `WORKER_LOST`
 */
export async function structuresText(
  connection: Pick<EngineConnection, "request">,
  structures: readonly AtomSubset[],
): Promise<string | null> {
  if (structures.length === 0) return null;
  const { text } = await connection.request("atomSubset", { subsets: structures });
  return text;
}
