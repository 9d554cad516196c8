const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Bytes turned into text at a time; a multiple of three. */
const BLOCK = 3 * 8192;

/** Base64 of RFC 4648 with padding, of arrays of any length. */
export function encodeBase64(bytes: Uint8Array): string {
  const blocks: string[] = [];
  for (let start = 0; start < bytes.length; start += BLOCK) {
    blocks.push(encodeBlock(bytes.subarray(start, start + BLOCK)));
  }
  return blocks.join("");
}

function encodeBlock(bytes: Uint8Array): string {
  let text = "";
  for (let k = 0; k < bytes.length; k += 3) {
    const left = bytes.length - k;
    const word = ((bytes[k] ?? 0) << 16) | ((bytes[k + 1] ?? 0) << 8) | (bytes[k + 2] ?? 0);
    for (let part = 0; part < 4; part += 1) {
      text += part > left ? "=" : (ALPHABET[(word >> (18 - 6 * part)) & 63] ?? "");
    }
  }
  return text;
}
