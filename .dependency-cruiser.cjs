/** Directions of imports. The compiler guards the runtimes; this guards the layers. */
// src/toy is the one computation of the page: it is pure, takes a few milliseconds, and is drawn anew
// in every frame of a drag, for which the engine's answer would come too late.
// src/rigidity/trend.ts is a computation of the window on purpose: the trend under a scatter chart is
// that of the points drawn, which only the window knows.
// src/crystals/prototypes.ts is the table of crystals that can be offered, designKnobs.ts of what can be
// turned on them: a dialog needs both before the engine answers.
const ALLOWED_IN_RENDERER =
  "^src/(contract|structures|errors|units|project|toy)|^src/(analysis/result|analysis/questions/suggestion|crystals/prototypes|crystals/designKnobs|descriptors/hyperparameters|rigidity/trend)\\.ts$";

/** Lower layers of the science core, which know nothing of the higher ones. */
const LAYERS = [
  ["numerics", "structures|formats|descriptors|models|rigidity|projection|project|analysis"],
  ["structures", "formats|descriptors|models|rigidity|projection|project|analysis"],
  ["formats", "descriptors|models|rigidity|projection|project|analysis"],
  ["descriptors", "formats|models|rigidity|projection|project|analysis"],
  ["models", "formats|rigidity|projection|analysis"],
  ["rigidity", "formats|projection|analysis"],
  ["projection", "formats|rigidity|analysis"],
];

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: {
        circular: true,
        viaOnly: {
          dependencyTypesNot: ["type-only"],
        },
      },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "\\.(d\\.ts|config\\.ts)$|^test/|^main/preload/" },
      to: {},
    },
    {
      name: "src-is-pure",
      severity: "error",
      from: { path: "^src" },
      to: { path: "^(main|renderer|native|test)" },
    },
    {
      name: "src-without-node",
      severity: "error",
      from: { path: "^src" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "src-few-packages",
      severity: "error",
      from: { path: "^src" },
      to: { path: "node_modules", pathNot: "node_modules/(zod|fflate|ml-matrix)/" },
    },
    ...LAYERS.map(([layer, higher]) => ({
      name: `src-${layer}-looks-down`,
      severity: "error",
      from: { path: `^src/${layer}/` },
      to: { path: `^src/(${higher})/`, dependencyTypesNot: ["type-only"] },
    })),
    {
      name: "tasks-know-no-stages",
      severity: "error",
      from: { path: "^src/analysis/tasks/" },
      to: { path: "^src/analysis/(stages|questions)/" },
    },
    {
      name: "stages-know-no-questions",
      severity: "error",
      from: { path: "^src/analysis/stages/" },
      to: { path: "^src/analysis/questions/" },
    },
    {
      name: "contract-has-no-code-of-others",
      severity: "error",
      from: { path: "^src/contract/" },
      to: { path: "^src/", pathNot: "^src/(contract/|errors)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "renderer-sees-the-contract",
      severity: "error",
      from: { path: "^renderer" },
      to: { path: "^(src|main|native|test)", pathNot: ALLOWED_IN_RENDERER },
    },
    {
      name: "renderer-without-node",
      severity: "error",
      from: { path: "^renderer" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "main-sees-src-and-native",
      severity: "error",
      from: { path: "^main" },
      to: { path: "^(renderer|test)" },
    },
    {
      name: "one-place-chooses-the-backend",
      severity: "error",
      from: { path: "^(main|renderer|src)", pathNot: "^main/compute/createBackend\\.ts$" },
      to: { path: "^native" },
    },
    {
      name: "native-sees-src",
      severity: "error",
      from: { path: "^native" },
      to: { path: "^(main|renderer|test)" },
    },
    {
      name: "electron-in-main-only",
      severity: "error",
      from: { pathNot: "^main" },
      to: { path: "node_modules/electron/" },
    },
    {
      name: "engine-and-command-line-without-electron",
      severity: "error",
      from: { path: "^main/(compute|cli)/" },
      to: { path: "node_modules/electron/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(native/(build|prebuilds)|dist|test/golden)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.test.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"] },
  },
};
