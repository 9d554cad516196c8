import { describe, expect, it } from "vitest";
import { parseArguments } from "../../../main/ipc/argumentSchemas.ts";
import { CHANNELS, EVENT_CHANNELS } from "../../../src/contract/channels.ts";
import type { StudioApi } from "../../../src/contract/api.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const project = { version: 1, datasets: {} };

const question = {
  request: {
    variant: "baseline",
    atoms: { kind: "worst", fraction: 0.05, target: 0 },
    candidates: [{ dataset: "train", structures: [1, 2] }],
    count: 10,
    by: "gain",
    random: { repeats: 20, seed: 1 },
  },
  crystals: { prototypes: ["diamond"], count: 20, strain: 0.1, seed: 1 },
};

function suggest(change: object, crystals: object | null = question.crystals): readonly unknown[] {
  const asked = { request: { ...question.request, ...change }, crystals };
  return [{ kind: "suggest", document: project, projectPath: null, question: asked }];
}

const GOOD: Readonly<Partial<Record<keyof StudioApi, readonly unknown[]>>> = {
  about: [],
  licences: [],
  diagnostics: [],
  showLogFolder: [],
  writeSettings: [{ theme: "dark", panes: { tree: 300 } }],
  listExamples: [],
  openExample: ["a-si/a-si"],
  openRecent: ["/a/b.xyz"],
  openDropped: [["/a/b.xyz"]],
  saveProject: [{ document: project, path: null, saveAs: true, overwrite: false }],
  rereadProject: ["/p.lpr.json"],
  locateFile: ["films.xyz"],
  searchFolder: [{ wanted: [{ name: "films.xyz", hash: null }], beside: null }],
  chooseFeatures: [],
  startJob: [{ kind: "compute", document: project, projectPath: null }],
  exportPng: [{ png: PNG, suggestedName: "film.png" }],
  exportTable: [{ csv: "atom,lpr\n", suggestedName: "scatter.csv" }],
  saveStructures: [{ text: "1\n\nC 0 0 0\n", suggestedName: "a.xyz", inUse: ["/b.xyz"] }],
  exportStructures: [
    [
      { name: "suggestions.xyz", text: "" },
      { name: "POSCAR-01-β-tin.vasp", text: "" },
    ],
  ],
  copyImage: [PNG],
  copySvg: ['<?xml version="1.0"?><svg/>'],
  copyText: [""],
  openExternal: ["paper"],
  windowCommand: ["close"],
  noteProject: [{ path: null, name: "Untitled", edited: true }],
  newWindow: [],
  journalProject: [{ path: "/p.lpr.json", name: "p", edits: 3, document: { version: 1 } }],
  recoveries: [],
  restoreRecovery: [{ id: "0b0e7d8e-6b1f-4c55-9a55-6f2f0d9f9a11", inNewWindow: false }],
  discardRecovery: ["0b0e7d8e-6b1f-4c55-9a55-6f2f0d9f9a11"],
  postponeRecoveries: [],
};

const BAD: readonly (readonly [keyof StudioApi, readonly unknown[]])[] = [
  ["about", [1]],
  ["writeSettings", [{ theme: "pink" }]],
  ["writeSettings", [{ panes: { tree: -1 } }]],
  ["writeSettings", [{ panes: { left: 200 } }]],
  ["writeSettings", [{ theme: "dark", more: 1 }]],
  ["openExample", [""]],
  ["openExample", ["a-si/a-si", "gaas/gaas"]],
  ["openExample", [{ id: "a-si/a-si" }]],
  ["openRecent", []],
  ["openRecent", [["/a"]]],
  ["openDropped", [[]]],
  ["openDropped", ["/a"]],
  ["saveProject", [{ document: project, path: 3, saveAs: true, overwrite: false }]],
  ["saveProject", [{ document: null, path: null, saveAs: true, overwrite: false }]],
  ["startJob", [{ kind: "delete", document: project, projectPath: null }]],
  ["startJob", [{ kind: "load", document: [], projectPath: null }]],
  ["startJob", [{ kind: "suggest", document: project, projectPath: null }]],
  [
    "startJob",
    [{ kind: "features", document: project, projectPath: null, question: { path: "" } }],
  ],
  ["startJob", [{ kind: "load", document: project, projectPath: null, question }]],
  ["startJob", suggest({ atoms: { kind: "listed", indices: [] } })],
  ["startJob", suggest({ atoms: { kind: "listed", indices: [0.5] } })],
  ["startJob", suggest({ atoms: { kind: "worst", fraction: 0 } })],
  ["startJob", suggest({ count: 0 })],
  ["startJob", suggest({}, { ...question.crystals, prototypes: ["unobtainium"] })],
  ["startJob", suggest({}, { ...question.crystals, strain: 0.5 })],
  ["saveStructures", [{ text: "", suggestedName: "a.xyz", inUse: [] }]],
  ["saveStructures", [{ text: "1", suggestedName: "a.xyz" }]],
  ["exportStructures", [[]]],
  ["exportStructures", [[{ name: "../suggestions.xyz", text: "" }]]],
  ["exportStructures", [[{ name: "POSCAR-1-a/b.vasp", text: "" }]]],
  ["exportStructures", [[{ name: "run.sh", text: "" }]]],
  ["copySvg", ["<p>not a drawing</p>"]],
  ["exportPng", [{ png: Uint8Array.of(1, 2, 3), suggestedName: "a.png" }]],
  ["exportPng", [{ png: [...PNG], suggestedName: "a.png" }]],
  ["exportTable", [{ csv: "", suggestedName: "a.csv" }]],
  ["exportTable", [{ csv: "a", suggestedName: "a.csv", path: "/etc/passwd" }]],
  ["copyText", [5]],
  ["openExternal", ["https://example.org"]],
  ["windowCommand", ["reload"]],
  ["noteProject", [{ path: null, name: "p", edited: "yes" }]],
  ["journalProject", [{ path: null, name: "p", edits: 0, document: {} }]],
  ["restoreRecovery", [{ id: "../settings", inNewWindow: false }]],
  ["discardRecovery", ["../settings"]],
  ["searchFolder", [{ wanted: [{ name: "a.xyz", hash: "sha256:00" }], beside: null }]],
  ["searchFolder", [{ wanted: [], beside: null }]],
];

describe("arguments from the window", () => {
  it("pass as they are when right", () => {
    for (const [method, args] of Object.entries(GOOD)) {
      expect(parseArguments(method as keyof StudioApi, args), method).toEqual(args);
    }
  });

  it("may ask for suggestions with or without crystals", () => {
    for (const asked of [suggest({}), suggest({ atoms: { kind: "listed", indices: [3] } }, null)]) {
      expect(parseArguments("startJob", asked)).toEqual(asked);
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

  it("takes names of any length, so that work under them is kept and saved", () => {
    const name = "n".repeat(5000);
    const names = {
      noteProject: [{ path: null, name, edited: true }],
      journalProject: [{ path: null, name, edits: 1, document: { version: 1 } }],
      saveStructures: [{ text: "1\n\nC 0 0 0\n", suggestedName: `${name}.xyz`, inUse: [] }],
      exportTable: [{ csv: "a", suggestedName: `${name}.csv` }],
    } as const;
    for (const [method, args] of Object.entries(names)) {
      expect(parseArguments(method as keyof typeof names, args)).toEqual(args);
    }
  });
});
