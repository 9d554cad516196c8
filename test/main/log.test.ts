import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLog } from "../../main/log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-log-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("puts a full log aside while it writes, and keeps three of them", () => {
  const log = openLog(join(folder, "main.log"), 200);
  for (let i = 0; i < 60; i++) log.write(`line ${String(i)}`);
  expect(readdirSync(folder).toSorted()).toEqual([
    "main.log",
    "main.log.1",
    "main.log.2",
    "main.log.3",
  ]);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(200);
  }
  expect(log.tail(5).map((line) => line.slice(25))).toEqual([
    "line 55",
    "line 56",
    "line 57",
    "line 58",
    "line 59",
  ]);
});

it("goes on with the log of the session before", () => {
  const path = join(folder, "main.log");
  openLog(path).write("before");
  const log = openLog(path);
  log.write("after");
  expect(log.tail(10)).toHaveLength(2);
});
