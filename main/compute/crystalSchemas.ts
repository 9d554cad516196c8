/** What the window may send about designed crystals over the engine port. */
import { z } from "zod";
import type {
  CrystalEffectRequest,
  CrystalFilesRequest,
  CrystalTrialRequest,
} from "../../src/contract/crystals.ts";
import type { EngineMethods } from "../../src/contract/enginePort.ts";
import type { CrystalDesign } from "../../src/crystals/crystalDesign.ts";
import { PROTOTYPE_NAMES } from "../../src/crystals/prototypes.ts";
import { parseSoapHyperparameters } from "../../src/descriptors/parseHyperparameters.ts";
import { parseParams } from "../parseParams.ts";

const MAX_CRYSTALS = 1000;
const MAX_LENGTH = 1000;

const session = z.string().min(1).max(200);
const length = z.number().min(0).max(MAX_LENGTH);
const component = z.number().min(-1).max(1);

const design = z.strictObject({
  prototype: z.enum([...PROTOTYPE_NAMES]),
  species: z.array(z.string().max(3)).min(1).max(2),
  lattice: z
    .strictObject({ a: length.optional(), c: length.optional(), u: component.optional() })
    .nullable(),
  strain: z.tuple([component, component, component, component, component, component]),
  internal: z.array(component).max(3),
}) satisfies z.ZodType<CrystalDesign>;

// Its numbers are checked by the parser of hyperparameters, which can say what is wrong.
const descriptor = z
  .unknown()
  .transform((value) => (value === null ? null : parseSoapHyperparameters(value, "descriptor")));

const trial = z.strictObject({ design, descriptor });

const effect = z.strictObject({ session, design }) satisfies z.ZodType<CrystalEffectRequest>;

const files = z.strictObject({
  crystals: z
    .array(
      z.strictObject({
        design,
        title: z.string().max(1000),
        info: z.record(z.string().max(200), z.union([z.string().max(10_000), z.number()])),
      }),
    )
    .min(1)
    .max(MAX_CRYSTALS),
  descriptor,
  withPoscar: z.boolean(),
});

const close = z.strictObject({ session }) satisfies z.ZodType<
  EngineMethods["crystalClose"]["params"]
>;

/** @throws StudioError `INVALID_PARAMETER` */
export function parseCrystalTrial(params: unknown): CrystalTrialRequest {
  return parseParams("crystalTrial", trial, params);
}

/** @throws StudioError `INVALID_PARAMETER` */
export function parseCrystalEffect(params: unknown): CrystalEffectRequest {
  return parseParams("crystalEffect", effect, params);
}

/** @throws StudioError `INVALID_PARAMETER` */
export function parseCrystalFiles(params: unknown): CrystalFilesRequest {
  return parseParams("crystalFiles", files, params);
}

/** @throws StudioError `INVALID_PARAMETER` */
export function parseCrystalClose(params: unknown): EngineMethods["crystalClose"]["params"] {
  return parseParams("crystalClose", close, params);
}
