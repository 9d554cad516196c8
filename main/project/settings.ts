/** Settings remembered between sessions. */
import { z } from "zod";
import type { SettingsChange, StudioSettings } from "../../src/contract/api.ts";
import { readJsonIfPresent, writeFileAtomically } from "../atomicFile.ts";

/** Larger than any screen. */
const MOST_PX = 10_000;
const paneSize = z.number().min(1).max(MOST_PX).optional();
const theme = z.enum(["system", "light", "dark"]);
const panes = z.strictObject({ tree: paneSize, inspector: paneSize, drawer: paneSize });

/** Checks what the window sends. */
export const settingsChangeSchema = z.strictObject({
  theme: theme.optional(),
  panes: panes.optional(),
});

/** What cannot be read is the standard, one setting at a time. */
const storedSchema = z.object({
  theme: theme.catch("system"),
  panes: panes.catch({}),
});

const DEFAULTS: StudioSettings = { theme: "system", panes: {} };

/** Keeps {@link StudioSettings} in one JSON file. */
export class SettingsStore {
  readonly #path: string;
  #settings: StudioSettings;

  constructor(path: string) {
    this.#path = path;
    const parsed = storedSchema.safeParse(readJsonIfPresent(path));
    this.#settings = parsed.success ? parsed.data : DEFAULTS;
  }

  read(): StudioSettings {
    return this.#settings;
  }

  /** Settings that are not named stay as they are. */
  async change({ theme, panes }: SettingsChange): Promise<StudioSettings> {
    const { theme: oldTheme, panes: oldPanes } = this.#settings;
    this.#settings = { theme: theme ?? oldTheme, panes: panes ?? oldPanes };
    await writeFileAtomically(this.#path, `${JSON.stringify(this.#settings, null, 2)}\n`);
    return this.#settings;
  }
}
