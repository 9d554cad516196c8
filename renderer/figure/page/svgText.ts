/** Numbers and names as XML has them. */

/** Enough digits for 0.1 µm on the page. */
const DIGITS = 4;

/** A length in mm without needless digits. */
export function formatLength(value: number): string {
  const text = value.toFixed(DIGITS);
  const trimmed = text.replace(/\.?0+$/, "");
  return trimmed === "-0" || trimmed === "" ? "0" : trimmed;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Characters that XML 1.0 forbids even as entities. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text for content and attributes. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "\uFFFD").replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
}
