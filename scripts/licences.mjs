/** Licences of every package that is bundled, gathered from what is installed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeModules, root } from "./paths.mjs";

const LICENCE_FILE = /^(licen[cs]e|copying|ofl|notice)(\.|-|$)/i;

/** Parts of the binary that npm knows nothing of. */
const OTHERS = `Electron (MIT), with Chromium and Node.js: their notices are LICENSE and
LICENSES.chromium.html beside the program.

The native addon links OpenBLAS (BSD 3-Clause), and on Linux the GNU Fortran run-time library
(GPL 3 with the GCC Runtime Library Exception) and libquadmath (LGPL 2.1 or later).`;

function textOf(folder) {
  const names = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name))
    .sort();
  return names.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
}

/** Names and versions of what the lock file calls part of the product, with their folders. */
function bundledPackages() {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const marker = "node_modules/";
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.startsWith(marker) && !entry.dev && !entry.devOptional)
    .filter(([path]) => !path.includes("/@types/"))
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf(marker) + marker.length),
      version: entry.version,
      licence: entry.license ?? "see below",
      folder: join(nodeModules, path.slice(marker.length)),
    }))
    .filter(({ folder }) => existsSync(folder))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** One text: a list, then each different licence text with the packages it is of. */
export function licenceText() {
  const packages = bundledPackages();
  const texts = new Map();
  for (const one of packages) {
    const text = textOf(one.folder) || `No licence file; the package says ${one.licence}.`;
    texts.set(text, [...(texts.get(text) ?? []), `${one.name} ${one.version}`]);
  }
  const list = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const parts = [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}`);
  const line = `\n\n${"-".repeat(72)}\n\n`;
  return `${[list.join("\n"), OTHERS, ...parts].join(line)}\n`;
}
