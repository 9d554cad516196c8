/** The faces of exported figures, known to the page under their own names for the live preview. */
import { FIGURE_FONTS, type FigureFont } from "../../../src/project/figure.ts";
import { loadTypefaces } from "../../figure/export/loadTypefaces.ts";
import type { Typefaces } from "../../figure/page/typefaces.ts";

async function showFamily(typefaces: Typefaces, family: FigureFont): Promise<void> {
  for (const bold of [false, true]) {
    const { familyName, bytes } = typefaces.get({ family, bold });
    const weight = bold ? "700" : "400";
    const face = new FontFace(familyName, Uint8Array.from(bytes).buffer, { weight });
    document.fonts.add(await face.load());
  }
}

let known: Promise<Typefaces> | null = null;

/** All faces, once the page can show them. */
export function pageTypefaces(): Promise<Typefaces> {
  known ??= loadTypefaces().then(async (typefaces) => {
    await Promise.all(FIGURE_FONTS.map((family) => showFamily(typefaces, family)));
    return typefaces;
  });
  return known;
}
