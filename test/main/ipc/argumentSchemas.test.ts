import { describe, expect, it } from "vitest";
import { parseArguments } from "../../../main/ipc/argumentSchemas.ts";
import { CHANNELS, EVENT_CHANNELS } from "../../../src/contract/channels.ts";
import type { StudioApi } from "../../../src/contract/api.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const project = { version: 1, datasets: {} };

const GOOD: Readonly<Partial<Record<keyof StudioApi, readonly unknown[]>>> = {
  about: [],
  writeSettings: [{ theme: "dark" }],
  listExamples: [],
  openExample: ["a-si/a-si"],
  openRecent: ["/a/b.xyz"],
  openDropped: [["/a/b.xyz"]],
  saveProject: [{ document: project, path: null, saveAs: true }],
  startJob: [{ kind: "compute", document: project, projectPath: null }],
  exportPng: [{ png: PNG, suggestedName: "film.png" }],
  copyImage: [PNG],
  copyText: [""],
  openExternal: ["paper"],
  windowCommand: ["close"],
  setEdited: [true],
};

const BAD: readonly (readonly [keyof StudioApi, readonly unknown[]])[] = [
  ["about", [1]],
  ["writeSettings", [{ theme: "pink" }]],
  ["writeSettings", [{ theme: "dark", more: 1 }]],
  ["openExample", [""]],
  ["openExample", ["a-si/a-si", "gaas/gaas"]],
  ["openExample", [{ id: "a-si/a-si" }]],
  ["openRecent", []],
  ["openRecent", [["/a"]]],
  ["openDropped", [[]]],
  ["openDropped", ["/a"]],
  ["saveProject", [{ document: project, path: 3, saveAs: true }]],
  ["saveProject", [{ document: null, path: null, saveAs: true }]],
  ["startJob", [{ kind: "delete", document: project, projectPath: null }]],
  ["startJob", [{ kind: "load", document: [], projectPath: null }]],
  ["exportPng", [{ png: Uint8Array.of(1, 2, 3), suggestedName: "a.png" }]],
  ["exportPng", [{ png: [...PNG], suggestedName: "a.png" }]],
  ["copyText", [5]],
  ["openExternal", ["https://example.org"]],
  ["windowCommand", ["reload"]],
  ["setEdited", ["yes"]],
];

describe("arguments from the window", () => {
  it("pass as they are when right", () => {
    for (const [method, args] of Object.entries(GOOD)) {
      expect(parseArguments(method as keyof StudioApi, args), method).toEqual(args);
    }
  });

  it.each(BAD)("are refused when wrong: %s %j", (method, args) => {
    expect(() => parseArguments(method, args)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }) as Error,
    );
  });

  it("travel on channels of their own", () => {
    const names = [...Object.values(CHANNELS), ...Object.values(EVENT_CHANNELS)];
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.startsWith("lpr:"))).toBe(true);
  });
});
