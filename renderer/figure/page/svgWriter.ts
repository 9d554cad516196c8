/** A page as SVG 1.1: real text, embedded fonts, one image for each raster. Same page, same bytes. */
import { encodeBase64 } from "./base64.ts";
import {
  leavesOf,
  HALO,
  POINT,
  strokesOf,
  type CirclesItem,
  type FigurePageList,
  type PageFont,
  type PageItem,
  type PageRect,
  type PageStroke,
  type Rasters,
  type TextItem,
} from "./displayList.ts";
import { encodePng } from "./pngWriter.ts";
import { escapeXml, formatLength as mm } from "./svgText.ts";
import type { Typefaces } from "./typefaces.ts";
import { makeWebFont } from "./webFont.ts";

/** What else goes into the file. */
export interface SvgOptions {
  readonly typefaces: Typefaces;
  readonly rasters: Rasters;
  /** Provenance: keyword → text; empty for a preview. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** The text of an SVG file. */
export function writeSvg(page: FigurePageList, options: SvgOptions): string {
  const writer = new SvgItems(options);
  const body = page.items.map((item) => writer.item(item)).join("");
  const { width, height } = page;
  const ground =
    page.background === null
      ? ""
      : `<rect width="${mm(width)}" height="${mm(height)}" fill="${page.background}"/>\n`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ',
    `width="${mm(width)}mm" height="${mm(height)}mm" viewBox="0 0 ${mm(width)} ${mm(height)}">\n`,
    `<title>${escapeXml(page.title)}</title>\n`,
    metadataOf(options.texts ?? {}),
    `<defs>\n${fontStyles(page, options.typefaces)}${writer.definitions()}</defs>\n`,
    ground,
    body,
    "</svg>\n",
  ].join("");
}

/**
 * Some items of a page without a document around them, for a live preview in a page that knows the
 * faces by their own names. Images are left empty. `prefix` keeps names of clips apart.
 */
export function svgOfItems(
  items: readonly PageItem[],
  typefaces: Typefaces,
  prefix: string,
): string {
  const writer = new SvgItems({ typefaces, rasters: new Map() }, prefix);
  const body = items.map((item) => writer.item(item)).join("");
  return `<defs>${writer.definitions()}</defs>${body}`;
}

/** Name of a face in the styles; never that of an installed font of other widths. */
function familyOf(typefaces: Typefaces, font: PageFont): string {
  return typefaces.get(font).familyName;
}

function fontStyles(page: FigurePageList, typefaces: Typefaces): string {
  const used = new Map<string, { readonly font: PageFont; readonly characters: Set<string> }>();
  for (const item of leavesOf(page.items)) {
    if (item.kind !== "text") continue;
    const key = `${item.font.family} ${String(item.font.bold)}`;
    const entry = used.get(key) ?? { font: item.font, characters: new Set<string>() };
    for (const character of item.text) entry.characters.add(character);
    used.set(key, entry);
  }
  const faces = [...used.values()].map(({ font, characters }) => {
    const data = encodeBase64(makeWebFont(typefaces.get(font), [...characters].sort().join("")));
    return (
      `@font-face{font-family:"${familyOf(typefaces, font)}";font-weight:${font.bold ? "700" : "400"};` +
      `src:url("data:font/ttf;base64,${data}") format("truetype")}\n`
    );
  });
  const plain = "text{font-kerning:none;font-variant-ligatures:none;white-space:pre}\n";
  return `<style>\n${faces.join("")}${plain}</style>\n`;
}

function metadataOf(texts: Readonly<Record<string, string>>): string {
  const entries = Object.entries(texts);
  if (entries.length === 0) return "";
  const lines = entries.map(
    ([keyword, text]) => `<lpr:${keyword}>${escapeXml(text)}</lpr:${keyword}>\n`,
  );
  return `<metadata xmlns:lpr="https://lpr-studio.org/figure">\n${lines.join("")}</metadata>\n`;
}

function strokeOf(stroke: PageStroke | undefined): string {
  if (stroke === undefined) return "";
  const dash =
    stroke.dash === undefined
      ? ""
      : ` stroke-dasharray="${stroke.dash.map((length) => mm(length * POINT)).join(" ")}"`;
  const cap = stroke.cap === "round" ? ' stroke-linecap="round" stroke-linejoin="round"' : "";
  return ` stroke="${stroke.color}" stroke-width="${mm(stroke.width * POINT)}"${dash}${cap}`;
}

/** `M x y L x y …`; a pair of NaN lifts the pen. */
function pathOf(points: ArrayLike<number>, isClosed: boolean): string {
  let path = "";
  let isDown = false;
  for (let k = 0; k + 1 < points.length; k += 2) {
    const x = points[k] ?? NaN;
    const y = points[k + 1] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      isDown = false;
      continue;
    }
    path += `${isDown ? "L" : "M"}${mm(x)} ${mm(y)}`;
    isDown = true;
  }
  return isClosed && path !== "" ? `${path}Z` : path;
}

function rectAttributes({ x, y, width, height }: PageRect): string {
  return `x="${mm(x)}" y="${mm(y)}" width="${mm(width)}" height="${mm(height)}"`;
}

class SvgItems {
  private readonly options: SvgOptions;
  private readonly clips: string[] = [];

  private readonly prefix: string;

  constructor(options: SvgOptions, prefix = "") {
    this.options = options;
    this.prefix = prefix;
  }

  definitions(): string {
    return this.clips.join("");
  }

  item(item: PageItem): string {
    switch (item.kind) {
      case "text":
        return this.text(item);
      case "line": {
        const path = pathOf(item.points, false);
        return strokesOf(item)
          .map((stroke) => `<path d="${path}" fill="none"${strokeOf(stroke)}/>\n`)
          .join("");
      }
      case "polygon": {
        return `<path d="${pathOf(item.points, true)}" fill="${item.fill ?? "none"}"${strokeOf(item.stroke)}/>\n`;
      }
      case "rect":
        return `<rect ${rectAttributes(item)} fill="${item.fill ?? "none"}"${strokeOf(item.stroke)}/>\n`;
      case "circles":
        return circles(item);
      case "image":
        return this.image(item, item.raster);
      case "clip": {
        const id = `${this.prefix}clip${String(this.clips.length + 1)}`;
        this.clips.push(`<clipPath id="${id}"><rect ${rectAttributes(item.area)}/></clipPath>\n`);
        return `<g clip-path="url(#${id})">\n${this.items(item.items)}</g>\n`;
      }
      case "group":
        return `<g id="${escapeXml(item.id)}" role="img" aria-label="${escapeXml(item.label)}">\n${this.items(item.items)}</g>\n`;
    }
  }

  private items(items: readonly PageItem[]): string {
    return items.map((one) => this.item(one)).join("");
  }

  private text(item: TextItem): string {
    const { font, size, x, y, anchor, color, turn = 0, halo = 0, haloColor = HALO } = item;
    const place = `x="${mm(x)}" y="${mm(y)}"`;
    const turned = turn === 0 ? "" : ` transform="rotate(${String(-turn)} ${mm(x)} ${mm(y)})"`;
    const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
    const weight = font.bold ? ' font-weight="700"' : "";
    const family = familyOf(this.options.typefaces, font);
    const behind =
      halo === 0
        ? ""
        : ` paint-order="stroke" stroke="${haloColor}" stroke-width="${mm(2 * halo)}" stroke-linejoin="round"`;
    return `<text ${place} font-family="${family}, ${FALLBACK[font.family]}" font-size="${mm(size * POINT)}"${weight}${anchored}${turned} fill="${color}"${behind}>${escapeXml(item.text)}</text>\n`;
  }

  private image(rect: PageRect, name: string): string {
    const raster = this.options.rasters.get(name);
    // A preview may be drawn before its pixels are there.
    if (raster === undefined) return `<rect ${rectAttributes(rect)} fill="none"/>\n`;
    const data = encodeBase64(encodePng(raster));
    return `<image ${rectAttributes(rect)} preserveAspectRatio="none" xlink:href="data:image/png;base64,${data}"/>\n`;
  }
}

const FALLBACK = {
  inter: "Helvetica, Arial, sans-serif",
  arimo: "Arial, Helvetica, sans-serif",
  tinos: "Times, serif",
} as const;

/** Discs of one colour that follow each other share a group, which keeps files small. */
function circles({ centers, radius, colors, palette, outline }: CirclesItem): string {
  let text = "";
  let current = -1;
  for (let k = 0; k < colors.length; k += 1) {
    const color = colors[k] ?? 0;
    if (color !== current) {
      text += `${current < 0 ? "" : "</g>\n"}<g fill="${palette[color] ?? "none"}"${strokeOf(outline)}>\n`;
      current = color;
    }
    text += `<circle cx="${mm(centers[2 * k] ?? 0)}" cy="${mm(centers[2 * k + 1] ?? 0)}" r="${mm(radius)}"/>\n`;
  }
  return current < 0 ? "" : `${text}</g>\n`;
}
