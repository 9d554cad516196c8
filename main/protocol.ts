/** Serves the page from `dist/renderer` under `app://studio/`. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { protocol, type Session } from "electron";
import { PAGE_SCHEME, resolvePageFile } from "./pageAddress.ts";
import { CONTENT_SECURITY_POLICY } from "./security.ts";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/** Must run before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

async function answer(folder: string, address: string): Promise<Response> {
  const path = resolvePageFile(folder, address);
  const type = path === null ? undefined : MEDIA_TYPES[extname(path)];
  if (path === null || type === undefined) return new Response("Not found", { status: 404 });
  try {
    const body = new Uint8Array(await readFile(path));
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
      },
    });
  } catch {
    return new Response("Not found", { status: 404 });
  }
}

/** Answers every request for the page's scheme from `folder`. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answer(folder, request.url));
}
