/** A disk that is really full: a small file system of its own, where this user may mount one. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** 64 kB, seen by one process only and gone with it. */
function onSmallDisk(folder: string, command: string) {
  const mount = `mount -t tmpfs -o size=64k tmpfs '${folder}'`;
  return spawnSync("unshare", ["-rm", "sh", "-c", `${mount} && ${command}`], { encoding: "utf8" });
}

const canMount = process.platform === "linux" && onSmallDisk(tmpdir(), "true").status === 0;

/** A figure that fits, then two files of which only the first does, over what is there already. */
const TRIAL = `
import { readdirSync, readFileSync } from "node:fs";
import { FigureFiles } from "./main/figureFiles.ts";
const folder = process.argv[2] ?? "";
const files = new FigureFiles();
const path = folder + "/f.pdf";
const write = async (size, others) => {
  await files.allow(path);
  await files.write({ format: "pdf", path, bytes: new Uint8Array(size).fill(7), others, companions: { csv: "a" } });
};
const tell = (step) => (error) => console.log(step, error?.code ?? "done", error?.message ?? "", readdirSync(folder).join());
const large = [{ format: "svg", bytes: new Uint8Array(50_000) }];
write(10_000, []).then(tell("first"), tell("first"))
  .then(() => write(20_000, large)).then(tell("second"), tell("second"))
  .then(() => console.log("kept", readFileSync(path).length));
`;

let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "lpr-full-disk-"));
  mkdirSync(join(home, "disk"));
  await build({
    bundle: true,
    platform: "node",
    target: "node18",
    absWorkingDir: root,
    external: ["electron"],
    stdin: { contents: TRIAL, resolveDir: root, loader: "ts" },
    outfile: join(home, "trial.cjs"),
    logLevel: "error",
  });
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

it.skipIf(!canMount)("keeps what it had and leaves nothing of an export that does not fit", () => {
  const disk = join(home, "disk");
  const command = `'${process.execPath}' '${join(home, "trial.cjs")}' '${disk}'`;
  const { stdout, stderr } = onSmallDisk(disk, command);
  expect(stdout.trim().split("\n"), stderr).toEqual([
    "first done  f.csv,f.pdf",
    "second ACCESS_DENIED f.svg was not written: the disk is full. f.csv,f.pdf",
    "kept 10000",
  ]);
});
