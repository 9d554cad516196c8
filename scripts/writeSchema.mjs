/**
 * Publishes the JSON Schema of project files: `npm run schema` writes
 * docs/lpr-project.schema.json from the zod schema; `--check` only compares.
 */
import { build } from "esbuild";
import { format, resolveConfig } from "prettier";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "docs", "lpr-project.schema.json");
const folder = mkdtempSync(join(tmpdir(), "lpr-schema-"));

try {
  const outfile = join(folder, "schema.mjs");
  await build({
    entryPoints: [join(root, "src/project/schema.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  const { projectJsonSchema } = await import(pathToFileURL(outfile).href);
  const options = await resolveConfig(target);
  const text = await format(JSON.stringify(projectJsonSchema()), { ...options, parser: "json" });
  if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8") !== text) {
      console.error("docs/lpr-project.schema.json is out of date: run npm run schema");
      process.exitCode = 1;
    }
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
