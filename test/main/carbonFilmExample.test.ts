import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PathGrants } from "../../main/project/pathGrants.ts";
import { ProjectStore } from "../../main/project/projectStore.ts";

const folder = fileURLToPath(new URL("../../examples/carbon-films", import.meta.url));

describe("the carbon-film example", () => {
  it("opens without remarks: its files are there and have the hashes the project states", async () => {
    const store = new ProjectStore(new PathGrants());
    const project = await store.openTemplate(join(folder, "carbon-films.lpr.json"));
    expect(project.remarks).toEqual([]);
    expect(project.document.variants?.map((variant) => variant.name)).toEqual([
      "baseline",
      "+10 diamond-like",
      "+10 graphite-like",
      "+5 +5 mixed",
    ]);
  });

  it("stays small", () => {
    const bytes = readdirSync(folder)
      .map((name) => statSync(join(folder, name)))
      .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(bytes).toBeLessThan(6_000_000);
  });
});
