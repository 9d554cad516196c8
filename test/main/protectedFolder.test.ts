/** Folders that this user may not write into, tried as another user where tests run as root. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Nobody owns no folder; a plain user is refused by the mode of the folder alone. */
const USER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

let home: string;
let folder: string;

/** What a child process of that user says and leaves. */
function runAs(script: string, ...args: readonly string[]) {
  const child = spawnSync(process.execPath, [join(home, script), ...args], {
    ...USER,
    cwd: home,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: home, LPR_STUDIO_ELECTRON: "/never/started" },
  });
  return { code: child.status, text: child.stdout + child.stderr };
}

const TRIAL = `
import { FigureFiles } from "./main/figureFiles.ts";
import { writeFilesAtomically } from "./main/atomicFile.ts";
const path = process.argv[2] ?? "";
const say = (step, work) => work.then(() => step + ": done", (error) => step + ": " + error.code + " " + error.message + " " + error.remedy);
const data = Uint8Array.of(1);
const late = writeFilesAtomically([{ path, data }, { path: path + ".csv", data }]);
Promise.all([say("chosen", new FigureFiles().allow(path)), say("written", late)])
  .then((lines) => console.log(lines.join("\\n")));
`;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "lpr-protected-"));
  folder = join(home, "protected");
  mkdirSync(folder);
  const common = {
    bundle: true,
    platform: "node" as const,
    target: "node18",
    external: ["electron", "*.node"],
    absWorkingDir: root,
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "error" as const,
  };
  const trial = { contents: TRIAL, resolveDir: root, loader: "ts" as const };
  await build({ ...common, stdin: trial, outfile: join(home, "trial.cjs") });
  await build({ ...common, entryPoints: ["main/cli/main.ts"], outfile: join(home, "cli.cjs") });
  const text = { kind: "text", id: "t", frame: { x: 1, y: 1, width: 8, height: 8 }, text: "A" };
  const figure = { name: "F", page: { width: 20, height: 20 }, elements: [text] };
  const project = { version: 1, datasets: {}, figures: [figure] };
  writeFileSync(join(home, "p.lpr.json"), JSON.stringify(project));
  chmodSync(home, 0o755);
  chmodSync(folder, 0o555);
});

afterAll(() => {
  chmodSync(folder, 0o755);
  rmSync(home, { recursive: true, force: true });
});

it.skipIf(process.platform === "win32")(
  "a protected folder is refused when it is chosen, and when it became so later",
  () => {
    const { code, text } = runAs("trial.cjs", join(folder, "f.pdf"));
    expect(code, text).toBe(0);
    expect(text).toMatch(/chosen: ACCESS_DENIED f\.pdf cannot be written: this user may not write/);
    expect(text).toMatch(
      /written: ACCESS_DENIED f\.pdf was not written: this user may not write there/,
    );
    expect(readdirSync(folder)).toEqual([]);
  },
);

it.skipIf(process.platform === "win32")("render refuses it before anything is started", () => {
  const out = join(folder, "f.pdf");
  const { code, text } = runAs("cli.cjs", "render", "p.lpr.json", "--figure", "F", "--out", out);
  expect(code, text).toBe(1);
  expect(text).toContain(
    "protected: this user may not write into the folder. Choose another place",
  );
  expect(text).not.toContain("never/started");
  const inside = join(folder, "new");
  const all = runAs("cli.cjs", "render", "p.lpr.json", "--figure", "all", "--out", inside);
  expect(all.code, all.text).toBe(1);
  expect(all.text).toContain("the folder could not be made");
  expect(readdirSync(folder)).toEqual([]);
});
