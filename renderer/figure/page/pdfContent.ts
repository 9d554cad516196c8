/** The content stream of a page: operators of ISO 32000-1, annex A. */
import {
  HALO,
  POINT,
  strokesOf,
  type CirclesItem,
  type PageColor,
  type PageFont,
  type PageItem,
  type PageRect,
  type PageStroke,
  type TextItem,
} from "./displayList.ts";
import { glyphsOf, type Typefaces } from "./typefaces.ts";

/** Names and encodings that the stream refers to. */
export interface PdfResources {
  readonly typefaces: Typefaces;
  /** mm. */
  readonly pageHeight: number;
  readonly fontName: (font: PageFont) => string;
  /** Hexadecimal glyph codes. */
  readonly encode: (font: PageFont, text: string) => string;
  readonly imageName: (raster: string) => string | null;
}

const DIGITS = 3;
/** Of the control points of a quarter of a circle. */
const KAPPA = 0.5522847498;

function number(value: number): string {
  const text = value.toFixed(DIGITS).replace(/\.?0+$/, "");
  return text === "-0" || text === "" ? "0" : text;
}

/** Three numbers of 0…1. */
function components(color: PageColor): string {
  const part = (at: number): string => number(Number.parseInt(color.slice(at, at + 2), 16) / 255);
  return `${part(1)} ${part(3)} ${part(5)}`;
}

export class PdfContent {
  private readonly resources: PdfResources;
  private readonly lines: string[] = [];

  constructor(resources: PdfResources) {
    this.resources = resources;
  }

  text(): string {
    return this.lines.join("\n");
  }

  item(item: PageItem): void {
    switch (item.kind) {
      case "group":
        for (const one of item.items) this.item(one);
        break;
      case "clip":
        this.lines.push("q", `${this.rectangle(item.area)} re W n`);
        for (const one of item.items) this.item(one);
        this.lines.push("Q");
        break;
      case "text":
        this.words(item);
        break;
      case "line": {
        const path = this.chain(item.points, false);
        for (const stroke of strokesOf(item)) this.stroke(path, stroke);
        break;
      }
      case "polygon":
        this.shape(this.chain(item.points, true), item.fill, item.stroke);
        break;
      case "rect":
        this.shape(`${this.rectangle(item)} re`, item.fill, item.stroke);
        break;
      case "circles":
        this.circles(item);
        break;
      case "image": {
        const name = this.resources.imageName(item.raster);
        if (name === null) break;
        const [x, y] = this.at(item.x, item.y + item.height);
        const size = `${number(item.width / POINT)} 0 0 ${number(item.height / POINT)}`;
        this.lines.push("q", `${size} ${x} ${y} cm`, `/${name} Do`, "Q");
      }
    }
  }

  private at(x: number, y: number): readonly [string, string] {
    return [number(x / POINT), number((this.resources.pageHeight - y) / POINT)];
  }

  private rectangle({ x, y, width, height }: PageRect): string {
    const [left, bottom] = this.at(x, y + height);
    return `${left} ${bottom} ${number(width / POINT)} ${number(height / POINT)}`;
  }

  private chain(points: ArrayLike<number>, isClosed: boolean): string {
    const parts: string[] = [];
    let isDown = false;
    for (let k = 0; k + 1 < points.length; k += 2) {
      const x = points[k] ?? NaN;
      const y = points[k + 1] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y)) {
        isDown = false;
        continue;
      }
      parts.push(`${this.at(x, y).join(" ")} ${isDown ? "l" : "m"}`);
      isDown = true;
    }
    return isClosed ? `${parts.join(" ")} h` : parts.join(" ");
  }

  private pen({ color, width, dash = [], cap }: PageStroke): string {
    const round = cap === "round" ? "1 J 1 j" : "0 J 0 j";
    return `${components(color)} RG ${number(width)} w [${dash.map(number).join(" ")}] 0 d ${round}`;
  }

  private stroke(path: string, stroke: PageStroke): void {
    if (path !== "") this.lines.push(this.pen(stroke), `${path} S`);
  }

  private shape(path: string, fill: PageColor | null, stroke: PageStroke | undefined): void {
    if (fill !== null) this.lines.push(`${components(fill)} rg`);
    if (stroke !== undefined) this.lines.push(this.pen(stroke));
    const paint =
      fill === null ? (stroke === undefined ? "n" : "S") : stroke === undefined ? "f" : "B";
    this.lines.push(`${path} ${paint}`);
  }

  private circles({ centers, radius, colors, palette, outline }: CirclesItem): void {
    const r = radius / POINT;
    const k = r * KAPPA;
    if (outline !== undefined) this.lines.push(this.pen(outline));
    let current = -1;
    for (let i = 0; i < colors.length; i += 1) {
      const color = colors[i] ?? 0;
      if (color !== current) this.lines.push(`${components(palette[color] ?? HALO)} rg`);
      current = color;
      const x = (centers[2 * i] ?? 0) / POINT;
      const y = (this.resources.pageHeight - (centers[2 * i + 1] ?? 0)) / POINT;
      const arc = (...offsets: readonly (readonly [number, number])[]): string =>
        offsets.map(([dx, dy]) => `${number(x + dx)} ${number(y + dy)}`).join(" ");
      this.lines.push(
        `${arc([r, 0])} m ${arc([r, k], [k, r], [0, r])} c ${arc([-k, r], [-r, k], [-r, 0])} c ` +
          `${arc([-r, -k], [-k, -r], [0, -r])} c ${arc([k, -r], [r, -k], [r, 0])} c ` +
          (outline === undefined ? "f" : "b"),
      );
    }
  }

  private words(item: TextItem): void {
    const { font, size, text, color, turn = 0, halo = 0 } = item;
    const { typefaces } = this.resources;
    const width = typefaces.widthOf(text, font, size) / POINT;
    const back = item.anchor === "start" ? 0 : item.anchor === "middle" ? width / 2 : width;
    const angle = (turn * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const x = item.x / POINT - back * cos;
    const y = (this.resources.pageHeight - item.y) / POINT - back * sin;
    const matrix = `${number(cos)} ${number(sin)} ${number(-sin)} ${number(cos)} ${number(x)} ${number(y)}`;
    if (halo > 0) this.halo(item, matrix, halo);
    this.lines.push(
      "BT",
      `${components(color)} rg`,
      `/${this.resources.fontName(font)} ${number(size)} Tf`,
      `${matrix} Tm`,
      `<${this.resources.encode(font, text)}> Tj`,
      "ET",
    );
  }

  /** Outlines rather than text, which would be found twice. */
  private halo(
    { font, size, text, haloColor = HALO }: TextItem,
    matrix: string,
    halo: number,
  ): void {
    const face = this.resources.typefaces.get(font);
    const unit = size / face.unitsPerEm;
    this.lines.push(
      "q",
      `${matrix} cm`,
      this.pen({ color: haloColor, width: (2 * halo) / POINT, cap: "round" }),
    );
    for (const { offset, commands } of glyphsOf(face, text)) {
      const left = offset * size;
      let [px, py] = [0, 0];
      const path = commands.map(({ command, args }) => {
        const at = (k: number): readonly [number, number] => [
          left + (args[k] ?? 0) * unit,
          (args[k + 1] ?? 0) * unit,
        ];
        const write = (...points: readonly (readonly [number, number])[]): string =>
          points.map(([a, b]) => `${number(a)} ${number(b)}`).join(" ");
        if (command === "closePath") return "h";
        const end = at(args.length - 2);
        let operator: string;
        if (command === "moveTo") operator = `${write(end)} m`;
        else if (command === "lineTo") operator = `${write(end)} l`;
        else if (command === "bezierCurveTo") operator = `${write(at(0), at(2), end)} c`;
        else {
          const [qx, qy] = at(0);
          const first = [px + (2 / 3) * (qx - px), py + (2 / 3) * (qy - py)] as const;
          const second = [
            end[0] + (2 / 3) * (qx - end[0]),
            end[1] + (2 / 3) * (qy - end[1]),
          ] as const;
          operator = `${write(first, second, end)} c`;
        }
        [px, py] = end;
        return operator;
      });
      if (path.length > 0) this.lines.push(`${path.join(" ")} S`);
    }
    this.lines.push("Q");
  }
}
