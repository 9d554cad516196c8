/** What a report about a fault needs to say of the host. Names of people and places are left out. */
import { cpus, freemem, homedir, totalmem, userInfo } from "node:os";
import { app } from "electron";
import { aboutInfo } from "./about.ts";
import type { Log } from "./log.ts";

const LOG_LINES = 60;

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}

/** The home folder becomes `~`, and the name of the user `user`, wherever they stand. */
export function withoutPerson(text: string, home: string, user: string): string {
  const short = home.length > 1 ? text.replaceAll(home, "~") : text;
  if (user.length < 3 || user === "root") return short;
  const escaped = user.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return short.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "gu"), "user");
}

function processLines(): readonly string[] {
  return app.getAppMetrics().map(({ type, name, memory }) => {
    const kilobytes = memory.workingSetSize;
    return `  ${name ?? type}: ${gigabytes(kilobytes * 1024)}`;
  });
}

/** Versions, machine, memory of every process, and the end of the log. */
export function hostDiagnostics(log: Log): string {
  const { version, electron, chrome, node, platform } = aboutInfo();
  const processors = cpus();
  const lines = [
    `LPR Studio ${version}`,
    `Electron ${electron}, Chromium ${chrome}, Node ${node}`,
    `Platform: ${platform}`,
    `Processor: ${processors[0]?.model.trim() ?? "unknown"}, ${processors.length} threads`,
    `Memory: ${gigabytes(freemem())} free of ${gigabytes(totalmem())}`,
    "Processes:",
    ...processLines(),
    "",
    `Log, last ${LOG_LINES} lines:`,
    ...log.tail(LOG_LINES),
  ];
  return withoutPerson(lines.join("\n"), homedir(), userInfo().username);
}
