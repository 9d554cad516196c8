import { fork } from "node:child_process";
import { copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  DISK,
  readJsonIfPresent,
  removeLeftOvers,
  writeFileAtomically,
  writeFilesAtomically,
  writesUnderWay,
  type FileOperations,
} from "../../main/atomicFile.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-atomic-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("writing a file atomically", () => {
  it("replaces the old content and leaves nothing else behind", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old");
    await writeFileAtomically(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  // Systems without permissions have only "write-protected or not".
  it("keeps the permissions of what it replaces, and leaves a write-protected file alone", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    const { mode } = statSync(path);
    await writeFileAtomically(path, "new");
    expect(statSync(path).mode).toBe(mode);
    chmodSync(path, 0o444);
    await expect(writeFileAtomically(path, "newer")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      message: "a.txt was not written: the file is write-protected.",
    });
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("writes through a link, which stays one", async () => {
    const [path, link] = [join(folder, "a.txt"), join(folder, "link.txt")];
    writeFileSync(path, "old");
    symlinkSync(path, link);
    await writeFileAtomically(link, "new");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.txt", "link.txt"]);
  });

  it("makes folders that are missing", async () => {
    const path = join(folder, "deep", "er", "a.bin");
    await writeFileAtomically(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  });

  it("says what is wrong and keeps what is there when the place cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "kept");
    await expect(writeFileAtomically(join(file, "below"), "x")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      location: { file: join(file, "below") },
    });
    await expect(writeFileAtomically(folder, "x")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    expect(readFileSync(file, "utf8")).toBe("kept");
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

type Step = "mkdir" | "open" | "write" | "sync" | "close" | "rename";

function failure(): Promise<never> {
  return Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
}

/** A disk that is full at one step of the write. */
function failingDisk(step: Step): FileOperations {
  const openThen = async (...args: Parameters<typeof open>): ReturnType<typeof open> => {
    const file = await open(...args);
    if (step === "write") {
      // Half of it reaches the disk.
      const writeHalf = file.writeFile.bind(file);
      file.writeFile = async (data) => {
        await writeHalf(String(data).slice(0, 2));
        await failure();
      };
    }
    if (step === "sync") file.sync = failure;
    if (step === "close") {
      const closeFirst = file.close.bind(file);
      file.close = async () => {
        await closeFirst();
        await failure();
      };
    }
    return file;
  };
  return {
    mkdir: step === "mkdir" ? failure : mkdir,
    open: step === "open" ? failure : openThen,
    rename: step === "rename" ? failure : rename,
    rm,
    copyFile,
  };
}

describe("a write that fails", () => {
  for (const step of ["mkdir", "open", "write", "sync", "close", "rename"] as const) {
    it(`at ${step} says why, keeps the old content and leaves no half behind`, async () => {
      const path = join(folder, "a.txt");
      writeFileSync(path, "old");
      await expect(
        writeFileAtomically(path, "new content", failingDisk(step)),
      ).rejects.toMatchObject({ code: "ACCESS_DENIED", message: /the disk is full/ });
      expect(readFileSync(path, "utf8")).toBe("old");
      expect(readdirSync(folder)).toEqual(["a.txt"]);
    });
  }
});

describe("files that belong together", () => {
  it("are all replaced, or none: the disk is full at the second", async () => {
    const [first, second] = [join(folder, "a.pdf"), join(folder, "b.csv")];
    writeFileSync(first, "old");
    const full = failingDisk("write");
    let opened = 0;
    const disk: FileOperations = {
      ...full,
      open: (...args) => ((opened += 1) === 1 ? open(...args) : full.open(...args)),
    };
    const files = [
      { path: first, data: "new" },
      { path: second, data: "a,b" },
    ];
    await expect(writeFilesAtomically(files, disk)).rejects.toMatchObject({
      message: "b.csv was not written: the disk is full.",
      location: { file: second },
    });
    expect(readFileSync(first, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.pdf"]);
    await writeFilesAtomically(files);
    expect([readFileSync(first, "utf8"), readFileSync(second, "utf8")]).toEqual(["new", "a,b"]);
    expect(readdirSync(folder)).toEqual(["a.pdf", "b.csv"]);
  });
});

describe("a process that is killed while it saves", () => {
  it("leaves the old file or the new one, whole, whenever it happens", async () => {
    const bundle = join(folder, "saver.cjs");
    const root = fileURLToPath(new URL("../..", import.meta.url));
    await build({
      absWorkingDir: root,
      stdin: {
        contents: `
          import { writeFileAtomically } from "./main/atomicFile.ts";
          const [path] = process.argv.slice(2);
          const text = (n) => JSON.stringify({ n, body: "x".repeat(400000), end: n });
          (async () => { for (let n = 1; ; n++) { await writeFileAtomically(path, text(n)); process.send(n); } })();`,
        resolveDir: root,
        loader: "ts",
      },
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "error",
    });
    const path = join(folder, "project.json");
    const numbers: number[] = [];
    for (let round = 0; round < 12; round++) {
      const child = fork(bundle, [path], { stdio: "ignore" });
      const ended = new Promise((resolve) => child.once("exit", resolve));
      // After a save or two, at an instant that differs from round to round.
      await new Promise<void>((resolve) => child.once("message", () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, round * 1.7));
      child.kill("SIGKILL");
      await ended;
      const { n, end } = JSON.parse(readFileSync(path, "utf8")) as { n: number; end: number };
      expect(end).toBe(n);
      numbers.push(n);
    }
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
    const halves = readdirSync(folder).filter((name) => name.endsWith(".tmp"));
    await removeLeftOvers(path, Date.now() + 2 * 3_600_000);
    expect(readdirSync(folder).toSorted()).toEqual(["project.json", "saver.cjs"]);
    expect(halves.every((name) => name.startsWith(".project.json."))).toBe(true);
  }, 60_000);
});

describe("the end of the application", () => {
  it("can wait until what is being written is whole, or taken back", async () => {
    expect(writesUnderWay()).toBeNull();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const slow: FileOperations = {
      ...DISK,
      rename: async (from, to) => {
        await held;
        await rename(from, to);
      },
    };
    const path = join(folder, "a.txt");
    const writing = writeFileAtomically(path, "whole", slow);
    const failing = expect(writeFileAtomically(folder, "never")).rejects.toThrow("a folder");
    const ended = writesUnderWay();
    expect(ended).not.toBeNull();
    letGo();
    await ended;
    expect(readFileSync(path, "utf8")).toBe("whole");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
    await failing;
    await writing;
    expect(writesUnderWay()).toBeNull();
  });
});

describe("what earlier writes left behind", () => {
  it("goes when it is old and of this file; all else stays", async () => {
    const path = join(folder, "p.json");
    const names = [
      ".p.json.0123456789ab.tmp",
      ".p.json.notes.tmp",
      ".q.json.0123456789ab.tmp",
      "p.json",
    ];
    for (const name of names) writeFileSync(join(folder, name), "x");
    await removeLeftOvers(path);
    expect(readdirSync(folder)).toHaveLength(4);
    await removeLeftOvers(path, Date.now() + 2 * 3_600_000);
    expect(readdirSync(folder).toSorted()).toEqual(names.slice(1).toSorted());
  });
});

describe("reading JSON of our own", () => {
  it("takes a damaged or missing file for an absent one", () => {
    const path = join(folder, "a.json");
    expect(readJsonIfPresent(path)).toBeNull();
    writeFileSync(path, '{"theme":');
    expect(readJsonIfPresent(path)).toBeNull();
    writeFileSync(path, '{"theme":"dark"}');
    expect(readJsonIfPresent(path)).toEqual({ theme: "dark" });
  });
});
