/**
 * The faces of a page, read from the files that are embedded: widths and outlines come from the
 * font itself, so that a page has the same layout in the window, in Node and on any system.
 * Letters are placed by their plain advances, without kerning, ligatures or alternates, which every
 * format can reproduce exactly.
 */
import { create, type Font, type Glyph, type PathCommand } from "@cantoo/fontkit";
import { StudioError } from "../../../src/errors.ts";
import type { FigureFont } from "../../../src/project/figure.ts";
import { POINT, type PageFont } from "./displayList.ts";

/** One face. */
export interface Typeface {
  /** Of the font itself, e.g. `Inter`. */
  readonly familyName: string;
  readonly bytes: Uint8Array;
  readonly font: Font;
  readonly unitsPerEm: number;
  /** Of one em. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
}

/** Files of the families: the TTF bytes of the upright and the bold face. */
export type TypefaceFiles = Readonly<
  Record<FigureFont, { readonly regular: Uint8Array; readonly bold: Uint8Array }>
>;

/** All faces; one is read when it is first asked for. */
export class Typefaces {
  private readonly files: TypefaceFiles;
  private readonly faces = new Map<string, Typeface>();

  constructor(files: TypefaceFiles) {
    this.files = files;
  }

  get({ family, bold }: PageFont): Typeface {
    const key = `${family}-${bold ? "bold" : "regular"}`;
    const known = this.faces.get(key);
    if (known !== undefined) return known;
    const face = readTypeface(this.files[family][bold ? "bold" : "regular"]);
    this.faces.set(key, face);
    return face;
  }

  /** Width of a line of text, mm. */
  widthOf(text: string, font: PageFont, size: number): number {
    const face = this.get(font);
    let units = 0;
    for (const character of text) units += glyphOf(face, character).advanceWidth;
    return (units / face.unitsPerEm) * size * POINT;
  }

  /** Height of capital letters, mm. */
  capHeightOf(font: PageFont, size: number): number {
    return this.get(font).capHeight * size * POINT;
  }
}

function readTypeface(bytes: Uint8Array): Typeface {
  const font = create(bytes);
  if (!("glyphForCodePoint" in font)) {
    throw new StudioError("INTERNAL", "a font file of the program holds several fonts");
  }
  const { unitsPerEm, ascent, descent, capHeight, familyName } = font;
  return {
    familyName: familyName ?? "sans-serif",
    bytes,
    font,
    unitsPerEm,
    ascent: ascent / unitsPerEm,
    descent: descent / unitsPerEm,
    capHeight: capHeight / unitsPerEm,
  };
}

/** The glyph of a character; the empty box where the face lacks it. */
export function glyphOf(face: Typeface, character: string): Glyph {
  const glyph = face.font.glyphForCodePoint(character.codePointAt(0) ?? 0) ?? face.font.getGlyph(0);
  if (glyph === null) throw new StudioError("INTERNAL", `${face.familyName} has no empty box`);
  return glyph;
}

/** The characters of a text that a face has no glyph for, each once. */
export function missingCharacters(face: Typeface, text: string): readonly string[] {
  return [...new Set(text)].filter(
    (character) => !face.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}

/** A glyph and how far from the start of the line it stands, in em. */
export interface PlacedGlyph {
  readonly offset: number;
  /** In font units, y upwards. */
  readonly commands: readonly PathCommand[];
}

/** Outlines of a line of text. */
export function glyphsOf(face: Typeface, text: string): readonly PlacedGlyph[] {
  let offset = 0;
  return Array.from(text, (character) => {
    const glyph = glyphOf(face, character);
    const placed = { offset: offset / face.unitsPerEm, commands: glyph.path.commands };
    offset += glyph.advanceWidth;
    return placed;
  });
}
