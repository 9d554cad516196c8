/** A name for a file, without what some system forbids in one. */
export function safeFileName(name: string): string {
  const cleaned = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-").replace(/^[.\s-]+|[.\s]+$/gu, "");
  return cleaned === "" ? "Untitled" : cleaned;
}
