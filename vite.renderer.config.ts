/** Bundles the page into `dist/renderer`. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The command builds what changed from whatever folder it is called in. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("renderer"),
  base: "./",
  plugins: [react()],
  build: {
    outDir: here("dist/renderer"),
    emptyOutDir: true,
    target: "chrome114",
    // The window, and the page of the hidden one that draws figures for the command line.
    rolldownOptions: { input: [here("renderer/index.html"), here("renderer/figures.html")] },
    // Fonts and images stay files: the page's policy allows its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
  },
});
