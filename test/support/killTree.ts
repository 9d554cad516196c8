/** Ends an application as a crash does: every process at once, no handler runs, nothing is flushed. */
import { readdirSync, readFileSync } from "node:fs";
import type { LaunchedStudio } from "./launchStudio.ts";

/** Kills all processes of a running application. Reads /proc. */
export async function killAll({ app }: LaunchedStudio): Promise<void> {
  const main = app.process();
  const gone = new Promise((resolve) => main.once("exit", resolve));
  const pids = [...processTree(main.pid ?? -1)];
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await gone;
}

function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while the list was read.
    }
  }
  const below = (pid: number): readonly number[] => [
    pid,
    ...(children.get(pid) ?? []).flatMap(below),
  ];
  return below(root);
}
