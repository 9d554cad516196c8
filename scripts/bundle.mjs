/** Bundles the host, the engine, the command line and the page into `dist/`. */
import { copyFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { runWhenChanged, hashInputs } from "./inputHash.mjs";
import { licenceText } from "./licences.mjs";
import { dist, nodeModules, root } from "./paths.mjs";
import { say, ScriptError } from "./say.mjs";

/** Bundle → entry. */
const HOST_ENTRIES = {
  main: "main/main.ts",
  preload: "main/preload/preload.ts",
  engine: "main/compute/engineProcess.ts",
  worker: "main/compute/worker.ts",
  cli: "main/cli/main.ts",
};

/** Code of the symmetry analysis, which it looks for beside its bundle. */
const SYMMETRY_CODE = "moyo_wasm_bg.wasm";

/** Licences of everything bundled, shown in the About dialog. */
const LICENCES = "third-party.LEGAL.txt";

const TOOLING = [
  "package-lock.json",
  "tsconfig.base.json",
  "scripts/bundle.mjs",
  "scripts/licences.mjs",
];

async function bundleHost() {
  const entries = Object.entries(HOST_ENTRIES);
  const absent = entries.filter(([, entry]) => !existsSync(join(root, entry)));
  if (absent.length > 0) {
    throw new ScriptError(`Cannot bundle: ${absent.map(([, entry]) => entry).join(", ")} missing.`);
  }
  const { preload, ...others } = Object.fromEntries(entries);
  const options = {
    absWorkingDir: root,
    outdir: join(dist, "main"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node18",
    external: ["electron", "*.node"],
    sourcemap: true,
    legalComments: "linked",
    logLevel: "warning",
  };
  await build({
    ...options,
    entryPoints: others,
    // CommonJS has no import.meta: the address of the bundle stands in for that of the module.
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
  // A sandboxed preload may require nothing but electron.
  await build({ ...options, entryPoints: { preload } });
  copyFileSync(
    join(nodeModules, "@spglib", "moyo-wasm", SYMMETRY_CODE),
    join(dist, "main", SYMMETRY_CODE),
  );
  writeFileSync(join(dist, "main", LICENCES), licenceText());
}

async function bundlePage() {
  const { build: buildPage } = await import("vite");
  await buildPage({ configFile: join(root, "vite.renderer.config.ts"), logLevel: "warn" });
}

/** The version goes into bundles, scripts of package.json do not. */
function hostStep() {
  return {
    stamp: join(dist, ".host-stamp"),
    key: hashInputs([...TOOLING, "main", "src", "native", "package.json"]),
    products: [
      ...Object.keys(HOST_ENTRIES).map((name) => `${name}.cjs`),
      SYMMETRY_CODE,
      LICENCES,
    ].map((name) => join(dist, "main", name)),
    step: async () => {
      say("Bundling the host …");
      await bundleHost();
    },
  };
}

function pageStep() {
  return {
    stamp: join(dist, ".page-stamp"),
    key: hashInputs([...TOOLING, "vite.renderer.config.ts", "renderer", "src"]),
    products: ["index.html", "figures.html"].map((name) => join(dist, "renderer", name)),
    step: async () => {
      say("Bundling the page …");
      await bundlePage();
    },
  };
}

/** Bundles what changed; `page: false` leaves the page out. */
export async function bundle({ page = true } = {}) {
  await runWhenChanged(hostStep());
  if (page) await runWhenChanged(pageStep());
}
