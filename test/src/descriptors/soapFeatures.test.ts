import { describe, expect, it } from "vitest";
import {
  soapFeatureColumn,
  soapFeatureLabel,
  soapFeatures,
} from "../../../src/descriptors/soapFeatures.ts";
import { countSoapFeatures } from "../../../src/numerics/soapLayout.ts";

describe("soapFeatures", () => {
  it.each([
    ["full", 1],
    ["full", 3],
    ["symmetric", 1],
    ["symmetric", 4],
  ] as const)("lists the columns of the %s layout of %i species in order", (layout, nSpecies) => {
    const shape = { nMax: 3, lMax: 2, layout };
    const species = Uint8Array.of(1, 6, 14, 33).slice(0, nSpecies);
    const features = soapFeatures(shape, species);
    expect(features.length).toBe(countSoapFeatures(3, 2, nSpecies, layout));
    features.forEach((feature, column) => {
      expect(soapFeatureColumn(shape, species, feature)).toBe(column);
    });
    expect(new Set(features.map(soapFeatureLabel)).size).toBe(features.length);
  });

  it("counts the published sizes: 576 of one species and 324 of them distinct for n = l = 8", () => {
    expect(countSoapFeatures(8, 8, 1, "full")).toBe(576);
    expect(countSoapFeatures(8, 8, 1, "symmetric")).toBe(324);
    expect(countSoapFeatures(8, 8, 2, "full")).toBe(1728);
    expect(countSoapFeatures(8, 8, 2, "symmetric")).toBe(1224);
  });

  it("finds (n', n) of one species where (n, n') is stored", () => {
    const shape = { nMax: 3, lMax: 1, layout: "symmetric" } as const;
    const species = Uint8Array.of(6, 14);
    const feature = { speciesA: 14, nA: 0, speciesB: 14, nB: 2, l: 1 };
    const mirrored = { ...feature, nA: 2, nB: 0 };
    expect(soapFeatureColumn(shape, species, mirrored)).toBe(
      soapFeatureColumn(shape, species, feature),
    );
    expect(soapFeatureLabel(feature)).toBe("Si0 Si2 l1");
  });

  it("refuses features that are not there", () => {
    const shape = { nMax: 3, lMax: 1, layout: "full" } as const;
    const species = Uint8Array.of(6, 14);
    const feature = { speciesA: 6, nA: 0, speciesB: 14, nB: 2, l: 1 };
    for (const wrong of [{ speciesA: 8 }, { speciesA: 14, speciesB: 6 }, { nB: 3 }, { l: 2 }]) {
      expect(() => soapFeatureColumn(shape, species, { ...feature, ...wrong })).toThrow(
        expect.objectContaining({ code: "INVALID_PARAMETER" }),
      );
    }
  });
});
