/** What a page may do: show the files of this application, and nothing else. */
import { app, type Session, type WebContents, type WebPreferences } from "electron";
import { isPageUrl } from "./pageAddress.ts";

/**
 * Sent with every file of the page. Inline styles are allowed because the user-interface library
 * writes them; scripts are not, in any form but files of our own.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The preferences that keep Node out of the page. */
export const PAGE_PREFERENCES: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

/** Denies every permission, download, and request that leaves the application. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.on("will-download", (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const { protocol } = new URL(details.url);
    const allowed = isPageUrl(details.url) || ["devtools:", "blob:", "data:"].includes(protocol);
    answer({ cancel: !allowed });
  });
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  const refuse = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
  };
  contents.on("will-navigate", refuse);
  contents.on("will-redirect", refuse);
  contents.on("will-attach-webview", refuse);
}

/** Applies the navigation rules to every page the application ever makes. */
export function guardAllContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    guardContents(contents);
  });
}
