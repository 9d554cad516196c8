/**
 * Property tests draw the same cases every time, so that a failure is a failure for everybody.
 * `FAST_CHECK_SEED` explores others.
 */
import fc from "fast-check";

const DEFAULT_SEED = 20_231_116;

fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? DEFAULT_SEED) });
