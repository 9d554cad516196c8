/** Files dropped anywhere: what will happen is said before, what happened after. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { writeNpy } from "../../src/formats/npy.ts";
import { diamondCell, extendedXyzText } from "../support/carbonCells.ts";
import { hoverFiles, letGo } from "../support/dropFiles.ts";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let folder: string;
let studio: LaunchedStudio;
let page: Page;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lpr-drop-"));
  const cells = (n: number): string =>
    extendedXyzText(Array.from({ length: n }, (_, i) => diamondCell(i)));
  write("film.xyz", cells(1));
  write("more.extxyz", cells(2));
  write("pool.xyz", cells(12));
  write("POSCAR", "C\n1\n4 0 0\n0 4 0\n0 0 4\nC\n2\nDirect\n0 0 0\n.25 .25 .25\n");
  write("graphene.cif", CIF);
  write("box.data", LAMMPS);
  write("empty.xyz", "");
  write("ugly.xyz", "3\nno lattice\nC 0 0\n");
  write(
    "film.npy",
    writeNpy(
      Float64Array.from({ length: 24 }, (_, i) => i),
      [8, 3],
    ),
  );
  write("p.lpr.json", JSON.stringify({ version: 1, datasets: { film: { path: "film.xyz" } } }));
  studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  page = studio.page;
});
test.afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true, force: true });
});

const CIF = `data_c
_cell_length_a 4
_cell_length_b 4
_cell_length_c 4
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
C1 C 0 0 0
C2 C 0.4 0 0
`;

const LAMMPS = `# cell

2 atoms
1 atom types
0 4 xlo xhi
0 4 ylo yhi
0 4 zlo zhi

Masses

1 12.011

Atoms # atomic

1 1 0 0 0
2 1 1.5 0 0
`;

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

const label = (): Locator => page.locator(".drop-label");
const section = (name: string): Locator =>
  page.locator(".tree-section", { has: page.getByRole("button", { name, exact: true }) });
const message = (): Locator => page.locator(".message");

async function drop(place: Locator, names: readonly string[], forecast: RegExp): Promise<void> {
  await hoverFiles(page, place, ...names.map((name) => join(folder, name)));
  await expect(label()).toHaveText(forecast);
  await letGo(page, place);
  await expect(label()).toBeHidden();
}

test("features without atoms are refused on the start screen, and so is a project with others", async () => {
  const start = page.locator(".start");
  await drop(start, ["film.npy"], /^Open: 1 file/);
  await expect(page.getByRole("alert").first()).toContainText("there are no atoms yet");
  await drop(start, ["p.lpr.json", "film.xyz"], /cannot be opened together.*drop it alone/);
  await expect(page.getByRole("alert").first()).toContainText("opened with other files");
  await expect(start).toBeVisible();
});

test("structures of several formats are opened together", async () => {
  const names = ["film.xyz", "POSCAR", "graphene.cif", "box.data"];
  await drop(page.locator(".start"), names, /^Open: 4 files.*POSCAR/);
  await expect(message()).toContainText("Added 4 files: 4 as targets");
  await expect(section("Targets").getByRole("listitem")).toHaveCount(4);
});

test("each place says its use: candidates, training set, targets", async () => {
  await drop(section("Data"), ["more.extxyz"], /^Add as candidates: 1 file/);
  await expect(message()).toContainText("Added 1 file: 1 as candidates");
  await expect(section("Targets").getByRole("listitem")).toHaveCount(4);
  await page.screenshot({ path: "test-results/screenshots/dropped-files.png" });
  await drop(section("Variants"), ["pool.xyz"], /^Use for training: 1 file/);
  await expect(message()).toContainText("Added 1 file: 1 for training");
  // The file and its use are one step.
  await page.keyboard.press("Control+z");
  await expect(section("Data")).not.toContainText("pool.xyz");
});

test("an empty and an ugly file are told; the good one beside them is there", async () => {
  await drop(section("Targets"), ["empty.xyz", "ugly.xyz", "pool.xyz"], /^Add to the targets: 3/);
  await expect(message()).toContainText("Added 3 files: 1 as targets, 2 not readable");
  const alert = page.getByRole("alert");
  await page.getByRole("button", { name: "empty.xyz was not opened" }).click();
  await expect(alert).toContainText(/empty/i);
  await page.getByRole("button", { name: "ugly.xyz was not opened" }).click();
  await expect(alert).toContainText(/ugly\.xyz: Line \d/);
  await page.screenshot({ path: "test-results/screenshots/dropped-ugly.png" });
});

test("features open the import on the atoms they fit", async () => {
  await drop(page.locator(".workbench"), ["film.npy"], /^Add to the project: 1 file/);
  const form = page.getByRole("dialog", { name: "Import features" });
  await expect(form.getByRole("combobox", { name: "For the atoms of" })).toContainText("film.xyz");
  await expect(form).toContainText("film.npy");
  await expect(form).toContainText("All of them are finite");
  await page.keyboard.press("Escape");
});

test("a project asks for unsaved work before it takes its place", async () => {
  await drop(page.locator(".workbench"), ["p.lpr.json"], /^Open the project.*In place of/);
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("p");
  await expect(section("Data").getByRole("listitem")).toHaveCount(1);
  expect(studio.pageErrors).toEqual([]);
});
