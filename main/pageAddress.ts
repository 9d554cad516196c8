/** Addresses of the page, `app://studio/…`, and the files they stand for. */
import { join, normalize, sep } from "node:path";

/** Scheme and host of the page. */
export const PAGE_SCHEME = "app";
const PAGE_HOST = "studio";
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;

/** Whether an address belongs to the application. */
export function isPageUrl(address: string): boolean {
  try {
    const { protocol, host } = new URL(address);
    return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST;
  } catch {
    return false;
  }
}

/** The file an address stands for, or null when it would leave the folder. */
export function resolvePageFile(folder: string, address: string): string | null {
  if (!isPageUrl(address)) return null;
  let name: string;
  try {
    name = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (name.includes("\0") || name.includes("\\")) return null;
  const path = normalize(join(folder, name === "/" ? "index.html" : name));
  return path.startsWith(folder + sep) ? path : null;
}
