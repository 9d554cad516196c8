/** True on the platform whose `Mod` is ⌘. */
export function isMac(): boolean {
  return typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS");
}

const MAC_KEYS: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧", Enter: "↩" };
const OTHER_KEYS: Readonly<Record<string, string>> = { Mod: "Ctrl", Escape: "Esc" };

/** `Mod+Shift+S` as people of the platform write it. */
export function formatShortcut(shortcut: string, mac: boolean = isMac()): string {
  const parts = shortcut.split("+");
  const names = mac ? MAC_KEYS : OTHER_KEYS;
  return parts.map((part) => names[part] ?? part).join(mac ? "" : " ");
}
