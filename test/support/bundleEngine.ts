/** Bundles the engine, its worker and the command line as the application does, once a test file. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Where the bundles are. */
export interface EngineBundles {
  readonly engine: string;
  readonly worker: string;
  readonly cli: string;
  /** `WorkerPool` alone, for a process of its own. */
  readonly pool: string;
  /** Deletes them. */
  remove(): void;
}

/** Bundles into a temporary folder, where no native addon is found unless LPR_STUDIO_NATIVE says. */
export async function bundleEngine(): Promise<EngineBundles> {
  const folder = mkdtempSync(join(tmpdir(), "lpr-engine-"));
  await build({
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: {
      engine: "main/compute/engineProcess.ts",
      worker: "main/compute/worker.ts",
      cli: "main/cli/main.ts",
      pool: "main/compute/workerPool.ts",
    },
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    external: ["electron", "*.node"],
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "error",
  });
  const symmetryCode = "moyo_wasm_bg.wasm";
  copyFileSync(
    createRequire(import.meta.url).resolve(`@spglib/moyo-wasm/${symmetryCode}`),
    join(folder, symmetryCode),
  );
  const at = (name: string): string => join(folder, `${name}.cjs`);
  return {
    engine: at("engine"),
    worker: at("worker"),
    cli: at("cli"),
    pool: at("pool"),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
