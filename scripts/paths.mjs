/** Where things are. Every script imports its places from here. */
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const nodeModules = join(root, "node_modules");
export const dist = join(root, "dist");
export const out = join(root, "out");
export const electronHome = join(root, ".electron");
export const exampleProject = join(root, "examples", "carbon-films", "carbon-films.lpr.json");
