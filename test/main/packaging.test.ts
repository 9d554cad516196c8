/** What `electron-builder.yml` packs, without packing: the globs against what the build makes. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), "utf8");
const config = text("electron-builder.yml");

/** The entries of a top-level list. */
function listOf(key: string): readonly string[] {
  const block = new RegExp(`^${key}:\n((?:[ #].*\n)+)`, "mu").exec(config)?.[1] ?? "";
  return [...block.matchAll(/^ {2}- "?([^"\n]+)"?$/gmu)].map(([, entry]) => entry ?? "");
}

function matches(glob: string, path: string): boolean {
  const pattern = glob
    .replace(/[.+^$()|[\]\\]/gu, String.raw`\$&`)
    .replace(/\*\*\/|\*\*|\*/gu, (stars) => {
      if (stars === "**/") return "(?:.*/)?";
      return stars === "**" ? ".*" : "[^/]*";
    });
  return new RegExp(`^${pattern}$`, "u").test(path);
}

const isIn = (key: string, path: string): boolean =>
  listOf(key).some((glob) => matches(glob, path));

/** Products of `scripts/bundle.mjs`: one bundle for each entry. */
function bundles(): readonly string[] {
  const entries = /HOST_ENTRIES = \{([^}]*)\}/u.exec(text("scripts/bundle.mjs"))?.[1] ?? "";
  return [...entries.matchAll(/^ {2}(\w+):/gmu)].map(([, name]) => `dist/main/${name ?? ""}.cjs`);
}

describe("a package", () => {
  it("holds every bundle, the page, the addon and the licences", () => {
    expect(bundles().length).toBeGreaterThan(4);
    for (const path of [
      ...bundles(),
      "dist/main/moyo_wasm_bg.wasm",
      "dist/main/third-party.LEGAL.txt",
      "dist/renderer/index.html",
      "dist/renderer/assets/deep/font.woff2",
      "native/prebuilds/linux-x64/lpr_native.node",
      "LICENSE",
      "package.json",
    ]) {
      expect(isIn("files", path), path).toBe(true);
    }
    for (const path of [
      "dist/main/main.cjs.map",
      "src/errors.ts",
      "native/build/lpr_native.node",
    ]) {
      expect(isIn("files", path), path).toBe(false);
    }
  });

  it("keeps outside the archive what other processes and dlopen read", () => {
    for (const path of [
      "dist/main/engine.cjs",
      "dist/main/worker.cjs",
      "dist/main/cli.cjs",
      "dist/main/moyo_wasm_bg.wasm",
      "native/prebuilds/linux-x64/lpr_native.node",
    ]) {
      expect(isIn("asarUnpack", path), path).toBe(true);
    }
    expect(isIn("asarUnpack", "dist/main/main.cjs")).toBe(false);
  });

  it("has a command line of its own beside the application", () => {
    expect(config).toMatch(/- from: scripts\/packaged\n {4}to: bin\n/u);
    const folder = fileURLToPath(new URL("scripts/packaged", root));
    expect(readdirSync(folder).toSorted()).toEqual(["lpr-studio", "lpr-studio.cmd"]);
    expect(text("scripts/packaged/lpr-studio")).toContain("app.asar.unpacked/dist/main/cli.cjs");
  });
});
