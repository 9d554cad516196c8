/** Settings remembered between sessions. */
import { z } from "zod";
import type { StudioSettings } from "../../src/contract/api.ts";
import { readJsonIfPresent, writeFileAtomically } from "../atomicFile.ts";

/** Also checks what the window sends. */
export const settingsSchema = z.strictObject({ theme: z.enum(["system", "light", "dark"]) });

const DEFAULTS: StudioSettings = { theme: "system" };

/** Keeps {@link StudioSettings} in one JSON file. */
export class SettingsStore {
  readonly #path: string;
  #settings: StudioSettings;

  constructor(path: string) {
    this.#path = path;
    const parsed = settingsSchema.safeParse(readJsonIfPresent(path));
    this.#settings = parsed.success ? parsed.data : DEFAULTS;
  }

  read(): StudioSettings {
    return this.#settings;
  }

  async write(settings: StudioSettings): Promise<void> {
    this.#settings = settings;
    await writeFileAtomically(this.#path, `${JSON.stringify(settings, null, 2)}\n`);
  }
}
