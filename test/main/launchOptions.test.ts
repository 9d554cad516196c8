import { describe, expect, it } from "vitest";
import { parseLaunchOptions } from "../../main/launchOptions.ts";

describe("launch options", () => {
  it("take files relative to the folder, in a package and in a checkout", () => {
    expect(parseLaunchOptions(["studio", "a.xyz", "/b/c.xyz"], true, "/home")).toEqual({
      files: ["/home/a.xyz", "/b/c.xyz"],
      example: false,
      picture: null,
      figures: null,
    });
    expect(parseLaunchOptions(["electron", ".", "a.xyz"], false, "/home").files).toEqual([
      "/home/a.xyz",
    ]);
  });

  it("skip the switches of Chromium and of test drivers", () => {
    const argv = ["electron", "--no-sandbox", "-r", "/loader.js", "--inspect=0", ".", "--example"];
    expect(parseLaunchOptions(argv, false, "/home")).toEqual({
      files: [],
      example: true,
      picture: null,
      figures: null,
    });
  });

  it("name the picture to write", () => {
    const argv = ["electron", ".", "--example", "--picture=out/a.png"];
    expect(parseLaunchOptions(argv, false, "/home").picture).toBe("/home/out/a.png");
  });
});
