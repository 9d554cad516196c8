import { describe, expect, it } from "vitest";
import { parseSoapHyperparameters } from "../../../src/descriptors/parseHyperparameters.ts";

const VALID = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 8,
  lMax: 8,
};

describe("parseSoapHyperparameters", () => {
  it("returns what was written, options included", () => {
    expect(parseSoapHyperparameters(VALID)).toEqual(VALID);
    const full = {
      ...VALID,
      centerWeight: 0,
      radialScaling: { rate: 1, scale: 2, exponent: 4 },
      species: ["C", "Si"],
    };
    expect(parseSoapHyperparameters(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  it.each([
    [{ cutoff: -1 }, "descriptor.cutoff", /found -1, expected 0 < cutoff/],
    [{ cutoff: "3.7" }, "descriptor.cutoff", /found "3.7", expected a number/],
    [{ cutoff: undefined }, "descriptor.cutoff", /found nothing/],
    [{ cutoff: NaN }, "descriptor.cutoff", /found NaN/],
    [{ cutoffWidth: 4 }, "descriptor.cutoffWidth", /between 0 and the cutoff/],
    [{ sigma: 0 }, "descriptor.sigma", /found 0/],
    [{ sigma: 1e-4 }, "descriptor.sigma", /wider Gaussian/],
    [{ nMax: 2.5 }, "descriptor.nMax", /whole number from 1 to 24/],
    [{ nMax: 0 }, "descriptor.nMax", /found 0/],
    [{ lMax: 21 }, "descriptor.lMax", /from 0 to 20/],
    [{ basis: "GTO" }, "descriptor.basis", /found "GTO", expected "gto" or "dvr"/],
    [{ type: "acsf" }, "descriptor.type", /expected "soap"/],
    [{ centerWeight: -1 }, "descriptor.centerWeight", /≥ 0/],
    [{ species: ["C", "Xy"] }, "descriptor.species[1]", /found "Xy"/],
    [{ species: "C" }, "descriptor.species", /a list of element symbols/],
    [{ radialScaling: { rate: 1, scale: 0, exponent: 2 } }, "descriptor.radialScaling.scale", /0/],
    [{ radialScaling: { rate: 1, scale: 1 } }, "descriptor.radialScaling.exponent", /nothing/],
    [{ nmax: 8 }, "descriptor.nmax", /unknown key "nmax"/],
  ])("refuses %o and says where and why", (change, jsonPath, message) => {
    expect(() => parseSoapHyperparameters({ ...VALID, ...change }, "descriptor")).toThrow(
      expect.objectContaining({
        code: "INVALID_PARAMETER",
        message: expect.stringMatching(message) as unknown,
        location: { jsonPath },
      }),
    );
  });

  it("refuses anything that is not an object", () => {
    for (const json of [null, [], 3, "soap"]) {
      expect(() => parseSoapHyperparameters(json)).toThrow(/expected an object/);
    }
  });
});
