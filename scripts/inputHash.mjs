/** Content hashes of source folders, so that a build step whose inputs did not change is skipped. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== "node_modules" && name !== "build" && name !== "prebuilds") {
      yield* filesUnder(join(path, name));
    }
  }
}

/** Hash over names and bytes of everything under `paths` (relative to the repository). */
export function hashInputs(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

/**
 * Runs `step` unless `stamp` records the same `key` and all `products` exist. The stamp is written
 * only after the step succeeded. Returns whether the step ran.
 */
export async function runWhenChanged({ stamp, key, products, step }) {
  const recorded = existsSync(stamp) ? readFileSync(stamp, "utf8") : null;
  if (recorded === key && products.every((product) => existsSync(product))) return false;
  await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
  return true;
}
