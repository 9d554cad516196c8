/** Starts the built application in a real Electron, with settings of its own, for Playwright. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type ElectronApplication, type Page } from "playwright";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A running application and its window. */
export interface LaunchedStudio {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Fresh for every launch unless one was given. */
  readonly userData: string;
  /** Lines the page wrote to its console as errors, uncaught exceptions included. */
  readonly pageErrors: readonly string[];
  close(): Promise<void>;
}

/** See {@link launchStudio}. */
export interface LaunchOptions {
  /** Files and options for the application, such as `--example`. */
  readonly args?: readonly string[];
  /** Keeps settings between launches of one test. */
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
}

let electronPath: string | undefined;

/** The Electron that `npm start` would use. */
function findElectron(): string {
  electronPath ??= execFileSync(process.execPath, [join(root, "scripts/ensureElectron.mjs")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
  return electronPath;
}

function sandboxArguments(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), ...extra };
}

/** How a person would start the application a second time, beside a running one. */
export function electronCommand(
  files: readonly string[],
  userData: string,
): { command: string; args: string[]; env: Record<string, string> } {
  return {
    command: findElectron(),
    args: [...sandboxArguments(), root, ...files],
    env: environment({ LPR_STUDIO_USER_DATA: userData }),
  };
}

/** Opens the application and waits for its page to load. */
export async function launchStudio(options: LaunchOptions = {}): Promise<LaunchedStudio> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), "lpr-studio-test-"));
  const app = await _electron.launch({
    executablePath: findElectron(),
    args: [
      ...sandboxArguments(),
      // Mesa's software renderer: bigger textures and several times faster than SwiftShader.
      "--ignore-gpu-blocklist",
      root,
      ...(options.args ?? []),
    ],
    cwd: root,
    env: environment({ ...options.env, LPR_STUDIO_USER_DATA: userData }),
    timeout: 60_000,
  });
  const page = await app.firstWindow();
  const pageErrors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") pageErrors.push(message.text());
  });
  page.on("pageerror", (error) => {
    pageErrors.push(error.message);
  });
  await page.waitForLoadState("load");
  return {
    app,
    page,
    userData,
    pageErrors,
    async close() {
      // Destroyed rather than closed: a test never stops at "Close without saving?".
      await app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.destroy();
      });
      await app.close();
      if (options.userData === undefined) rmSync(userData, { recursive: true, force: true });
    },
  };
}
