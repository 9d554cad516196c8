/** Reads the committed golden files. */
import { readFileSync } from "node:fs";

/** The parsed JSON of `test/golden/<path>`. */
export function readGolden(path: string): unknown {
  const url = new URL(`../golden/${path}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}
