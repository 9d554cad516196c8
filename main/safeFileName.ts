/** Bytes of UTF-8: file systems take 255, and endings and numbers may follow. */
const MOST_BYTES = 200;

/** A name for a file, without what some system forbids in one, and no longer than one may be. */
export function safeFileName(name: string): string {
  let cut = name.slice(0, MOST_BYTES);
  while (Buffer.byteLength(cut) > MOST_BYTES) cut = cut.slice(0, -1);
  const cleaned = cut
    .replace(/[\uD800-\uDBFF]$/, "")
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-")
    .replace(/^[.\s-]+|[.\s]+$/gu, "");
  return cleaned === "" ? "Untitled" : cleaned;
}
