import { describe, expect, it } from "vitest";
import { MODEL_PRESETS, standardModel } from "../../../src/project/modelPresets.ts";
import { validateProject } from "../../../src/project/schema.ts";

describe("the model presets", () => {
  it("are valid in a project, have distinct ids and name their source", () => {
    for (const preset of MODEL_PRESETS) {
      const project = {
        version: 1,
        datasets: { train: { path: "train.xyz" } },
        descriptor: preset.descriptor,
        model: preset.model(["train"]),
      };
      expect(() => validateProject(project)).not.toThrow();
      expect(preset.source).not.toBe("");
    }
    expect(new Set(MODEL_PRESETS.map(({ id }) => id)).size).toBe(MODEL_PRESETS.length);
  });

  it("are chosen by the species, whatever their order", () => {
    expect(standardModel([6]).id).toBe("carbon");
    expect(standardModel([14]).id).toBe("silicon");
    expect(standardModel([33, 31]).id).toBe("gallium-arsenide");
    expect(standardModel([31, 33]).id).toBe("gallium-arsenide");
    expect(standardModel([1, 6]).id).toBe("general");
    expect(standardModel([]).id).toBe("general");
  });
});
