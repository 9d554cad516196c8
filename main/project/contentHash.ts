/** Content hashes of files, `sha256:<hex>`, as project documents and results carry them. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Hash of the bytes of a file, read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest("hex")}`;
}

/** Hash of a text as it lies in a file. */
export function hashText(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}
