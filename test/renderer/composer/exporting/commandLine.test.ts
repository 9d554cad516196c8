import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { quoted, renderCommandLine } from "../../../../renderer/composer/exporting/commandLine.ts";

const FIGURE = {
  project: "/home/me/films.lpr.json",
  figure: "Enhancement",
  formats: ["pdf"],
  dotsPerInch: 600,
  withData: false,
  withStructures: false,
} as const;

describe("the command line of a figure", () => {
  it("is as short as the names allow", () => {
    expect(renderCommandLine(FIGURE, "posix")).toBe(
      "npx lpr-studio render /home/me/films.lpr.json --figure Enhancement --out ./Enhancement.pdf --dpi 600",
    );
  });

  it("asks for the table and keeps odd names out of file names", () => {
    const line = renderCommandLine({ ...FIGURE, figure: "σ² / LPR", withData: true }, "posix");
    expect(line).toContain("--figure 'σ² / LPR' --out './σ² - LPR.pdf' --dpi 600 --csv");
    expect(line).not.toContain("--xyz");
    const both = renderCommandLine({ ...FIGURE, withData: true, withStructures: true }, "posix");
    expect(both).toMatch(/ --csv --xyz$/u);
    expect(renderCommandLine({ ...FIGURE, figure: "-x" }, "posix")).toContain("--figure='-x'");
  });

  // The shell itself is asked what it understands.
  it.each(["plain", "two words", "it's", 'a$b `c` "d"', "!x*?[y]", "-dash", "ä λ"])(
    "%s is one word to the shell",
    (word) => {
      const script = `printf '%s' ${quoted(word, "posix")}`;
      expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(word);
    },
  );

  it("uses double quotes on Windows", () => {
    expect(quoted("C:\\My films\\p.lpr.json", "windows")).toBe('"C:\\My films\\p.lpr.json"');
  });
});
