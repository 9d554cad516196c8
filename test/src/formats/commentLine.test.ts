import { describe, expect, it } from "vitest";
import { parseCommentLine } from "../../../src/formats/commentLine.ts";

function parse(line: string): Record<string, unknown> {
  const pairs = parseCommentLine(line);
  if (!(pairs instanceof Map)) throw new Error(pairs.message);
  return Object.fromEntries(pairs);
}

describe("parseCommentLine", () => {
  it.each([
    ["a=1 b=-2.5e-3 c=text", { a: 1, b: -0.0025, c: "text" }],
    ["  a = 1   b= 2 c =3 ", { a: 1, b: 2, c: 3 }],
    ["flag other=F on=T", { flag: true, other: false, on: true }],
    ['v="1 2 3" w="1 2.5" b="T F T"', { v: [1, 2, 3], w: [1, 2.5], b: [true, false, true] }],
    ["v={1 2 3} w='4 5'", { v: [1, 2, 3], w: [4, 5] }],
    ["v=1,2,3", { v: [1, 2, 3] }],
    ['label="sp2 rich" one="7"', { label: "sp2 rich", one: 7 }],
    ['text="say \\"hi\\" \\\\ there\\nnext"', { text: 'say "hi" \\ there\nnext' }],
    ["\"quoted key\"=1 'other key'=2", { "quoted key": 1, "other key": 2 }],
    [
      "m=[[1, 2], [3, 4]]",
      {
        m: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ['m=[1] t=[T, F] s=["a b", c]', { m: [1], t: [true, false], s: ["a b", "c"] }],
    [
      "m=[[1.5,2],[3,nan]]",
      {
        m: [
          [1.5, 2],
          [3, Number.NaN],
        ],
      },
    ],
    [
      'j="_JSON [[1, 2], [3, 4]]"',
      {
        j: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ['j="_JSON {\\"a\\": 1}"', { j: '_JSON {"a": 1}' }],
    ['j="_JSON [1, 2"', { j: "_JSON [1, 2" }],
    ["deep=[[[1]]]", { deep: "[[[1]]]" }],
    ["ragged=[[1], [2, 3]]", { ragged: "[[1], [2, 3]]" }],
    ["empty= x", { empty: "x" }],
    ['none=""', { none: "" }],
    ["a=1 a=2", { a: 2 }],
    ["eq=x=y", { eq: "x=y" }],
    ["d=1.5D+02 inf=inf n=NaN", { d: 150, inf: Infinity, n: Number.NaN }],
    ["big=123456789012345678901234567890", { big: 1.2345678901234568e29 }],
    ["date=2024-01-02 version=1.2.3", { date: "2024-01-02", version: "1.2.3" }],
    ["käse=größe", { käse: "größe" }],
    ["a=1, b=2", { a: 1, b: 2 }],
  ])("reads %s", (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it("says what is wrong and at which character", () => {
    expect(parseCommentLine('a=1 b="open')).toEqual({
      message: 'a " that is never closed by "',
      column: 7,
    });
    expect(parseCommentLine("a=[1 2")).toEqual({
      message: "a [ that is never closed by ]",
      column: 3,
    });
    expect(parseCommentLine("=1")).toEqual({ message: 'a "=" without a key before it', column: 1 });
  });
});
