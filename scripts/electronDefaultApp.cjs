/**
 * The default app of a bare Electron: loads the application whose folder or entry file is given on
 * the command line, after any `-r module`. Electron's own one is missing from the stand-in.
 */
const { app } = require("electron");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const args = process.argv.slice(1);
let target = null;
while (args.length > 0 && target === null) {
  const argument = args.shift();
  if (argument === "-r" || argument === "--require") require(path.resolve(args.shift()));
  else if (!argument.startsWith("-")) target = path.resolve(argument);
}

if (target === null) {
  process.stderr.write("electron: name the folder or file of an application.\n");
  app.exit(1);
} else {
  const isFolder = fs.statSync(target).isDirectory();
  const folder = isFolder ? target : path.dirname(target);
  const manifestPath = path.join(folder, "package.json");
  let entry = target;
  if (fs.existsSync(manifestPath)) {
    const manifest = JSON.parse(fs.readFileSync(manifestPath, "utf8"));
    if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name);
    if (manifest.version) app.setVersion(manifest.version);
    if (isFolder) entry = path.join(folder, manifest.main ?? "index.js");
  }
  app.setAppPath(folder);
  // Electron's own default app does the same: process.argv then reads as in plain Node.
  if (entry.endsWith(".mjs")) import(pathToFileURL(entry).href);
  else require(entry);
}
