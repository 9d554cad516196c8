import { describe, expect, it } from "vitest";
import {
  assembleReport,
  countVerdicts,
  readSections,
  section,
  type SectionContent,
} from "../../../scripts/reproduce/report.ts";

function content(name: string, ours: string): SectionContent {
  return {
    name,
    title: `Study ${name}`,
    remark: "Some data.",
    claims: [
      { place: "Fig. 1", paper: "It rises", ours, verdict: "reproduced" },
      {
        place: "Fig. 2",
        paper: "a | b",
        ours: "two\nlines",
        verdict: "not reproduced",
        remark: "why",
      },
      { place: "Fig. 3", paper: "It falls", ours: "—", verdict: "direction reproduced" },
    ],
    runs: [{ name: "run", command: "toy --scenario x", seconds: 1.5, summary: null }],
    circumstances: "_Here and now._",
  };
}

describe("the report of the reproduction", () => {
  it("writes one table row for each claim, whatever its text holds", () => {
    const rows = section(content("a", "×3"))
      .split("\n")
      .filter((line) => line.startsWith("| Fig."));
    expect(rows).toEqual([
      "| Fig. 1 | It rises | ×3 | **reproduced** |  |",
      "| Fig. 2 | a \\| b | two lines | **not reproduced** | why |",
      "| Fig. 3 | It falls | — | **direction reproduced** |  |",
    ]);
  });

  it("names the command of a run without summary", () => {
    expect(section(content("a", "×3"))).toContain("| run | `toy --scenario x` | — | — | 1.50 s |");
  });

  it("counts verdicts without mixing up those that contain each other", () => {
    expect(countVerdicts(section(content("a", "×3")))).toEqual({
      reproduced: 1,
      "direction reproduced": 1,
      "not reproduced": 1,
      "not evaluated": 0,
    });
  });

  it("keeps the sections of studies that were not run, and the order", () => {
    const first = assembleReport(
      ["a", "b"],
      new Map([
        ["b", section(content("b", "old b"))],
        ["a", section(content("a", "old a"))],
      ]),
      new Map(),
    );
    const second = assembleReport(
      ["a", "b"],
      new Map([["a", section(content("a", "new a"))]]),
      readSections(first),
    );
    expect(second).toContain("new a");
    expect(second).not.toContain("old a");
    expect(second).toContain("old b");
    expect(second.indexOf("new a")).toBeLessThan(second.indexOf("old b"));
    expect(second).toMatch(/\| \*\*all\*\* \| 2 \| 2 \| 2 \| 0 \|/);
  });

  it("drops sections of studies that no longer exist", () => {
    const earlier = assembleReport(
      ["gone"],
      new Map([["gone", section(content("gone", "x"))]]),
      new Map(),
    );
    expect(assembleReport(["a"], new Map(), readSections(earlier))).not.toContain("Study gone");
  });
});
