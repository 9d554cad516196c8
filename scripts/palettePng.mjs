/** Small PNG files: at most 256 colours, found by median cut, and the best compression of zlib. */
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32 === undefined ? crcOf(body) : crc32(body), body.length + 4);
  return framed;
}

/** CRC of ISO 3309, for releases of Node whose zlib does not offer it. */
function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Every colour that occurs, with its pixels counted. Transparent pixels are one colour. */
function countColors(rgba, isCounted) {
  const counts = new Map();
  for (let i = 0; i < rgba.length; i += 4) {
    if (!isCounted(i / 4)) continue;
    const key = rgba[i + 3] === 0 ? 0 : rgba.readUInt32BE(i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ key, count, parts: partsOf(key) }));
}

function partsOf(key) {
  return [key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255];
}

/** The channel along which a box is longest, and how long. */
function longestSide(box) {
  const spans = [0, 1, 2, 3].map((channel) => {
    const values = box.map(({ parts }) => parts[channel]);
    const low = values.reduce((a, b) => Math.min(a, b));
    return values.reduce((a, b) => Math.max(a, b)) - low;
  });
  const span = Math.max(...spans);
  return { span, channel: spans.indexOf(span) };
}

/** Halves the box with the largest spread, weighed by its pixels, until there are enough. */
function medianCut(colors, size) {
  const boxes = [{ colors, ...longestSide(colors) }];
  const weight = (box) => box.span ** 2 * Math.sqrt(box.colors.reduce((n, c) => n + c.count, 0));
  while (boxes.length < size) {
    const largest = boxes.reduce((a, b) => (weight(b) > weight(a) ? b : a));
    if (largest.span === 0) break;
    const sorted = largest.colors.sort(
      (a, b) => a.parts[largest.channel] - b.parts[largest.channel],
    );
    const half = sorted.reduce((n, c) => n + c.count, 0) / 2;
    let passed = 0;
    let cut = sorted.findIndex(({ count }) => (passed += count) >= half);
    cut = Math.min(sorted.length - 1, cut + 1);
    boxes.splice(boxes.indexOf(largest), 1);
    for (const part of [sorted.slice(0, cut), sorted.slice(cut)]) {
      boxes.push({ colors: part, ...longestSide(part) });
    }
  }
  return boxes.map((box) => box.colors);
}

function meanOf(box) {
  const total = box.reduce((n, { count }) => n + count, 0);
  return [0, 1, 2, 3].map((channel) =>
    Math.round(box.reduce((sum, c) => sum + c.parts[channel] * c.count, 0) / total),
  );
}

/**
 * A picture as PNG bytes with a palette.
 * @param picture - `{ width, height, data }`, 8-bit RGBA
 * @param size - colours, at most 256
 * @param fine - rectangles with colour ramps, which share 3/8 of the colours
 */
export function encodePalettePng({ width, height, data }, size = 256, fine = []) {
  const isFine = (pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return fine.some(
      (r) => x >= r.x - 1 && x <= r.x + r.width && y >= r.y - 1 && y <= r.y + r.height,
    );
  };
  const nFine = fine.length > 0 ? Math.floor((3 * size) / 8) : 0;
  const boxes = medianCut(
    countColors(data, (pixel) => !isFine(pixel)),
    size - nFine,
  );
  if (nFine > 0) boxes.push(...medianCut(countColors(data, isFine), nFine));
  const indexOf = new Map(boxes.flatMap((box, k) => box.map(({ key }) => [key, k])));
  const palette = boxes.map(meanOf);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const key = data[at + 3] === 0 ? 0 : data.readUInt32BE(at);
      rows[y * (width + 1) + 1 + x] = indexOf.get(key);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(([r, g, b]) => [r, g, b]))),
    chunk("tRNS", Buffer.from(palette.map(([, , , alpha]) => alpha))),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
