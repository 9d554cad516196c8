/**
 * A page as PDF 1.7: real text in embedded subsets of the fonts, vector lines and points, one image
 * for each raster at its own resolution. Same page, same bytes.
 */
import * as fontkit from "@cantoo/fontkit";
import {
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
  type PDFFont,
  type PDFRef,
} from "@cantoo/pdf-lib";
import { zlibSync } from "fflate";
import {
  leavesOf,
  POINT,
  type FigurePageList,
  type PageFont,
  type PageRaster,
  type Rasters,
} from "./displayList.ts";
import { PdfContent, type PdfResources } from "./pdfContent.ts";
import { filterRows, isOpaque } from "./pngWriter.ts";
import type { Typefaces } from "./typefaces.ts";

/** What else goes into the file. */
export interface PdfOptions {
  readonly typefaces: Typefaces;
  readonly rasters: Rasters;
  /** Name and version of the program. */
  readonly creator: string;
  /** What the figure shows; empty: nothing is said. */
  readonly subject: string;
  /** Provenance: keyword (Latin letters) → text. */
  readonly texts: Readonly<Record<string, string>>;
}

const DEFLATE_LEVEL = 6;

/** The bytes of a PDF file. */
export async function writePdf(page: FigurePageList, options: PdfOptions): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const sheet = document.addPage([page.width / POINT, page.height / POINT]);
  const fonts = await embedFonts(document, page, options.typefaces);
  const images = new Map<string, PDFRef>();
  for (const item of leavesOf(page.items)) {
    const raster = item.kind === "image" ? options.rasters.get(item.raster) : undefined;
    if (item.kind !== "image" || raster === undefined || images.has(item.raster)) continue;
    images.set(item.raster, embedRaster(document, raster));
  }
  const names = new Map<string, string>();
  for (const [key, font] of fonts) {
    const name = `F${String(names.size + 1)}`;
    names.set(key, name);
    sheet.node.setFontDictionary(PDFName.of(name), font.ref);
  }
  const imageNames = new Map<string, string>();
  for (const [key, ref] of images) {
    const name = `I${String(imageNames.size + 1)}`;
    imageNames.set(key, name);
    sheet.node.setXObject(PDFName.of(name), ref);
  }
  const resources: PdfResources = {
    typefaces: options.typefaces,
    pageHeight: page.height,
    fontName: (font) => names.get(fontKey(font)) ?? "",
    encode: (font, text) => encodeText(fonts.get(fontKey(font)), text),
    imageName: (raster) => imageNames.get(raster) ?? null,
  };
  const content = new PdfContent(resources);
  if (page.background !== null) {
    content.item({
      kind: "rect",
      x: 0,
      y: 0,
      width: page.width,
      height: page.height,
      fill: page.background,
    });
  }
  for (const item of page.items) content.item(item);
  const stream = zlibSync(new TextEncoder().encode(content.text()), { level: DEFLATE_LEVEL });
  const { context } = document;
  const ref = context.register(
    PDFRawStream.of(context.obj({ Filter: "FlateDecode", Length: stream.length }), stream),
  );
  sheet.node.addContentStream(ref);
  describe(document, page.title, options);
  return document.save({ useObjectStreams: false, addDefaultPage: false });
}

function fontKey({ family, bold }: PageFont): string {
  return `${family}-${bold ? "bold" : "regular"}`;
}

/** Prefixes that mark a subset (ISO 32000-1, 9.6.4). */
const SUBSET_TAGS = ["LPRSTA", "LPRSTB", "LPRSTC", "LPRSTD", "LPRSTE", "LPRSTF"] as const;

async function embedFonts(
  document: PDFDocument,
  page: FigurePageList,
  typefaces: Typefaces,
): Promise<ReadonlyMap<string, PDFFont>> {
  const fonts = new Map<string, PDFFont>();
  for (const item of leavesOf(page.items)) {
    if (item.kind !== "text" || fonts.has(fontKey(item.font))) continue;
    const { bytes, font } = typefaces.get(item.font);
    const tag = SUBSET_TAGS[fonts.size] ?? SUBSET_TAGS[0];
    const customName = `${tag}+${font.postscriptName ?? "Font"}`;
    fonts.set(fontKey(item.font), await document.embedFont(bytes, { subset: true, customName }));
  }
  return fonts;
}

/** One character after the other, so that nothing is joined or replaced. */
function encodeText(font: PDFFont | undefined, text: string): string {
  if (font === undefined) return "";
  return Array.from(text, (character) => font.encodeText(character).asString()).join("");
}

function embedRaster(document: PDFDocument, raster: PageRaster): PDFRef {
  const { context } = document;
  const { width, height } = raster;
  const common = {
    Type: "XObject",
    Subtype: "Image",
    Width: width,
    Height: height,
    BitsPerComponent: 8,
  };
  const parameters = (colors: number) => ({
    Predictor: 15,
    Colors: colors,
    BitsPerComponent: 8,
    Columns: width,
  });
  let mask: PDFRef | null = null;
  if (!isOpaque(raster)) {
    const alpha = zlibSync(filterRows(alphaOf(raster), 1), { level: DEFLATE_LEVEL });
    const dictionary = context.obj({
      ...common,
      ColorSpace: "DeviceGray",
      Filter: "FlateDecode",
      DecodeParms: parameters(1),
      Length: alpha.length,
    });
    mask = context.register(PDFRawStream.of(dictionary, alpha));
  }
  const colors = zlibSync(filterRows(raster, 3), { level: DEFLATE_LEVEL });
  const dictionary = context.obj({
    ...common,
    ColorSpace: "DeviceRGB",
    Filter: "FlateDecode",
    DecodeParms: parameters(3),
    Length: colors.length,
    ...(mask === null ? {} : { SMask: mask }),
  });
  return context.register(PDFRawStream.of(dictionary, colors));
}

/** Alpha in the place of red. */
function alphaOf({ width, height, pixels }: PageRaster): PageRaster {
  const alpha = new Uint8Array(pixels.length);
  for (let k = 0; k < pixels.length; k += 4) alpha[k] = pixels[k + 3] ?? 0;
  return { width, height, pixels: alpha };
}

function describe(document: PDFDocument, title: string, options: PdfOptions): void {
  const { context } = document;
  const entries: Record<string, PDFHexString> = {
    Title: PDFHexString.fromText(title),
    Creator: PDFHexString.fromText(options.creator),
    Producer: PDFHexString.fromText(options.creator),
  };
  if (options.subject !== "") entries["Subject"] = PDFHexString.fromText(options.subject);
  for (const [keyword, text] of Object.entries(options.texts)) {
    entries[keyword] = PDFHexString.fromText(text);
  }
  context.trailerInfo.Info = context.register(context.obj(entries));
  const packet = new TextEncoder().encode(xmpPacket(title, options));
  const metadata = PDFRawStream.of(
    context.obj({ Type: "Metadata", Subtype: "XML", Length: packet.length }),
    packet,
  );
  document.catalog.set(PDFName.of("Metadata"), context.register(metadata));
  document.catalog.set(PDFName.of("Lang"), PDFString.of("en"));
}

function xml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** ISO 16684-1. */
function xmpPacket(title: string, { creator, subject, texts }: PdfOptions): string {
  const alternative = (name: string, text: string): string =>
    `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${xml(text)}</rdf:li></rdf:Alt></dc:${name}>`;
  const own = Object.entries(texts).map(
    ([name, text]) => `<lpr:${name}>${xml(text)}</lpr:${name}>`,
  );
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:lpr="https://lpr-studio.org/figure">',
    alternative("title", title),
    ...(subject === "" ? [] : [alternative("description", subject)]),
    `<xmp:CreatorTool>${xml(creator)}</xmp:CreatorTool>`,
    ...own,
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
    '<?xpacket end="w"?>',
  ].join("\n");
}
