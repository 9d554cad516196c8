import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isPageUrl, resolvePageFile } from "../../main/pageAddress.ts";

const folder = join("/", "srv", "page");

describe("addresses of the page", () => {
  it("are those of the application's own host and scheme only", () => {
    expect(isPageUrl("app://studio/")).toBe(true);
    expect(isPageUrl("app://studio/index.html?x#y")).toBe(true);
    for (const address of [
      "app://other/",
      "app://studio.evil/",
      "https://studio/",
      "file:///srv/page/index.html",
      "about:blank",
      "",
      "not an address",
    ]) {
      expect(isPageUrl(address), address).toBe(false);
    }
  });

  it("stand for files of the page's folder", () => {
    expect(resolvePageFile(folder, "app://studio/")).toBe(join(folder, "index.html"));
    expect(resolvePageFile(folder, "app://studio/assets/a%20b.js")).toBe(
      join(folder, "assets", "a b.js"),
    );
  });

  it("never lead out of it", () => {
    for (const path of ["..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/x", "a%00.js", "..%5cx", "%zz"]) {
      const file = resolvePageFile(folder, `app://studio/${path}`);
      expect(file === null || file.startsWith(folder + "/"), path).toBe(true);
    }
    expect(resolvePageFile(folder, "app://studio/..%2fpage2%2fx.js")).toBeNull();
    expect(resolvePageFile(folder, "app://other/index.html")).toBeNull();
  });
});
