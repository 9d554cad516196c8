import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { projectJsonSchema } from "../../../src/project/schema.ts";

it("publishes the current schema in docs (else: npm run schema)", () => {
  const path = fileURLToPath(new URL("../../../docs/lpr-project.schema.json", import.meta.url));
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(
    JSON.parse(JSON.stringify(projectJsonSchema())),
  );
});
