/** Where the parts of the application lie, in a checkout and in a package. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";

/** Files that the host opens by itself. */
export interface Places {
  readonly page: string;
  readonly preload: string;
  readonly engine: string;
  readonly examples: string;
  readonly licences: string;
}

/** Entries run by other processes lie outside the archive of a package. */
function unpacked(path: string): string {
  const outside = path.replace(/app\.asar(?=[\\/])/, "app.asar.unpacked");
  return existsSync(outside) ? outside : path;
}

/** All places, from where the bundle of the main process lies (`dist/main`). */
export function findPlaces(bundleFolder: string): Places {
  const dist = join(bundleFolder, "..");
  return {
    page: join(dist, "renderer"),
    preload: join(bundleFolder, "preload.cjs"),
    engine: unpacked(join(bundleFolder, "engine.cjs")),
    licences: join(bundleFolder, "third-party.LEGAL.txt"),
    examples: app.isPackaged
      ? join(process.resourcesPath, "examples")
      : join(dist, "..", "examples"),
  };
}
