/** The buffers of plain data that can be handed over without a copy. */

/**
 * Every distinct `ArrayBuffer` behind a typed array that covers it wholly. Shared memory needs no
 * transfer, and a view of a larger buffer must not take that away from others.
 */
export function transferableBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (value === null || typeof value !== "object") return;
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength && byteLength > 0) {
      found.add(buffer);
    }
    return;
  }
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return;
  for (const element of Object.values(value)) collect(element, found);
}
