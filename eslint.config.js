/** Lint rules: strict from the first day, exceptions by kind of file and with their reason. */
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Hot loops and parsers index typed arrays they have just sized. */
const INDEXING = [
  "src/numerics/**",
  "src/descriptors/**",
  "src/structures/**",
  "src/formats/**",
  "src/models/**",
  "src/rigidity/**",
  "src/projection/**",
  "src/analysis/**",
  "renderer/scene/{ambientOcclusion,atomProjection,drawnScope,lassoPath,structureBuffers}.ts",
  "renderer/mapView/{densityRaster,mapIndex,pointRaster}.ts",
  "renderer/figure/renderAtoms.ts",
  "test/**",
];

const NODE_GLOBALS = Object.fromEntries(
  [
    "process",
    "console",
    "Buffer",
    "URL",
    "fetch",
    "AbortSignal",
    "AbortController",
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "performance",
    "TextDecoder",
    "TextEncoder",
    "structuredClone",
  ].map((name) => [name, "readonly"]),
);
const COMMONJS_GLOBALS = Object.fromEntries(
  ["require", "module", "__dirname", "__filename"].map((name) => [name, "readonly"]),
);

const SIZE_RULES = {
  "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ["error", 15],
  "max-depth": ["error", 4],
};

const GENERAL_RULES = {
  ...SIZE_RULES,
  "no-console": "error",
  "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
  "no-restricted-syntax": [
    "error",
    { selector: "ExportDefaultDeclaration", message: "Use a named export." },
    { selector: "TSEnumDeclaration", message: "Use a union of strings." },
  ],
  eqeqeq: "error",
  "prefer-const": "error",
};

const TYPED_RULES = {
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { considerDefaultExhaustiveForUnions: true },
  ],
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  // Indexing is checked by the compiler (noUncheckedIndexedAccess); both ways of writing it are fine.
  "@typescript-eslint/prefer-for-of": "off",
  // `array[index] = value` with a non-null read beside it is the idiom of this code base.
  "@typescript-eslint/dot-notation": "off",
};

export default defineConfig(
  globalIgnores([
    "dist/",
    "out/",
    "release/",
    "native/build/",
    "native/prebuilds/",
    ".electron/",
    "test-results/",
    "playwright-report/",
    "test/golden/",
  ]),
  js.configs.recommended,
  { rules: GENERAL_RULES, linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "tsconfig.src.json",
          "tsconfig.main.json",
          "tsconfig.preload.json",
          "tsconfig.renderer.json",
          "tsconfig.test.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: TYPED_RULES,
  },
  {
    files: INDEXING,
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["renderer/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
  },
  {
    // A component is one function: its length is that of its markup.
    files: ["renderer/**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true }] },
  },
  {
    files: ["test/**"],
    // One describe block holds many tests.
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: NODE_GLOBALS },
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { globals: { ...NODE_GLOBALS, ...COMMONJS_GLOBALS }, sourceType: "commonjs" },
  },
  {
    // Tools look for the default export of their configuration.
    files: ["*.config.js", "*.config.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
);
