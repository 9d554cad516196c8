/** `--hypers`: SOAP hyperparameters as JSON text or the name of a file that holds it. */
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { parseSoapHyperparameters } from "../../src/descriptors/parseHyperparameters.ts";
import { parseJson } from "../../src/project/jsonText.ts";
import { readInput } from "./readInput.ts";

/** @throws StudioError `INVALID_FILE`, `INVALID_PROJECT`, `INVALID_PARAMETER` */
export async function readHyperparameters(given: string): Promise<SoapHyperparameters> {
  if (given.trimStart().startsWith("{")) {
    return parseSoapHyperparameters(parseJson(given, "--hypers"));
  }
  const text = new TextDecoder().decode(await readInput(given));
  return parseSoapHyperparameters(parseJson(text, given));
}
