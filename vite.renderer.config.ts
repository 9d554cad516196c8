/** Bundles the page into `dist/renderer`. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome114",
    // The window, and the page of the hidden one that draws figures for the command line.
    rolldownOptions: { input: ["renderer/index.html", "renderer/figures.html"] },
    // Fonts and images stay files: the page's policy allows its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
  },
});
