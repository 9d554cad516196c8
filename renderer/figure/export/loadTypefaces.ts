/** The font files of the program, fetched when the first figure is drawn. */
import arimoBold from "@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf?url";
import arimoRegular from "@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf?url";
import interBold from "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf?url";
import interRegular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url";
import tinosBold from "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf?url";
import tinosRegular from "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf?url";
import { StudioError } from "../../../src/errors.ts";
import { Typefaces } from "../page/typefaces.ts";

async function bytesOf(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new StudioError("INTERNAL", `a font of the program is missing: ${url}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function family(regular: string, bold: string) {
  const [upright, heavy] = await Promise.all([bytesOf(regular), bytesOf(bold)]);
  return { regular: upright, bold: heavy };
}

let known: Promise<Typefaces> | undefined;

/** All faces; read once. */
export function loadTypefaces(): Promise<Typefaces> {
  known ??= Promise.all([
    family(interRegular, interBold),
    family(arimoRegular, arimoBold),
    family(tinosRegular, tinosBold),
  ]).then(([inter, arimo, tinos]) => new Typefaces({ inter, arimo, tinos }));
  return known;
}
