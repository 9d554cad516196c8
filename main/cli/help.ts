/** What `--help` prints. */

const GENERAL = `lpr-studio — local prediction rigidity from the command line

Usage:
  lpr-studio run PROJECT --out DIR      compute a project, write tables and structures
  lpr-studio render PROJECT --figure NAME --out F.pdf
                                        figures of a project, as in the window
  lpr-studio soap FILE --hypers JSON --out X.npy
                                        SOAP power spectra of every atom
  lpr-studio lpr --train X.npy --structures IDX.npy --targets T.npy
                 --regularizer MU --out LPR.npy
                                        LPR from any features
  lpr-studio convert FILE --out OUT.xyz
                                        any structure file to extended XYZ or POSCAR
  lpr-studio crystals --prototypes LIST --species LIST --out FILE.xyz
                                        single-environment structures to compute next
  lpr-studio suggest PROJECT --out DIR  which structures to compute next
  lpr-studio what-if PROJECT --add LIST --out DIR
                                        the LPR if other structures were in the training set
  lpr-studio toy [--scenario NAME]      the toy model behind Figs. 1–3 of the LPR paper, as data
  lpr-studio validate PROJECT           check a project and its files
  lpr-studio COMMAND --help             all options of a command
  lpr-studio --version

Exit codes: 0 done, 1 failure, 2 wrong usage, 130 interrupted.
Progress goes to the error stream, data to files or the output stream.
`;

const RUN = `Usage: lpr-studio run PROJECT --out DIR [options]

Computes the rigidity of every target of a project file (*.lpr.json) under every variant and
writes into DIR, whole or not at all:
  summary.json     per variant and target: percentiles, mean, harmonic mean of LPR, enhancement
                   over the first variant, energy errors, diagnostics, timings, hashes
  <dataset>.xyz    the target structures with columns lpr_<variant>, enhancement_<variant>,
                   sr_variance_<variant>, local_energy_<variant>, coordination, map, and what the
                   project asks for: pp_variance, committee_variance, similarity
  <dataset>.npz    the same as arrays; lpr is variants × environments, float64

Options:
  --out DIR                 folder for the results, made when missing
  --backend NAME            auto (default), native or reference
  --threads N               worker threads (default: all processors, at most 16)
  --memory-limit GIB        limit for the arrays (default: half of the memory)
  --chemiscope              also write <dataset>.chemiscope.json.gz for chemiscope.org
  --no-cache                neither use nor store remembered results
  --quiet                   no progress
  --help

Remembered results are in LPR_STUDIO_CACHE_DIR, by default the user's cache folder.
`;

const RENDER = `Usage: lpr-studio render PROJECT --figure NAME --out FILE [FILE …] [options]
       lpr-studio render PROJECT --preset NAME --out FILE [FILE …] [options]
       lpr-studio render PROJECT --figure all --out DIR [--format pdf,svg] [options]
       lpr-studio render PROJECT --list

Draws figures of a project with the application itself, without showing a window: the same picture
as there. Starts what it needs, a virtual screen (xvfb) included where there is no display, and
stops it. What is not computed is computed, or taken from remembered results. The end of a FILE
decides its format: .pdf and .svg with real text, lines and points and one image a 3-D panel,
.png and .tiff with their resolution.

Options:
  --figure NAME             a figure of the project, or all of them
  --preset NAME             a figure made of the project, or all that it is suitable for: see --list
  --out FILE|DIR            where to write; more files may follow
  --format LIST             with "all": pdf (default), svg, png, tiff, separated by commas
  --dpi N                   of images, PNG and TIFF: 36 to 2400 (default: 600)
  --csv                     also write the plotted numbers beside it
  --xyz                     also write the structures of its 3-D panels beside it, with the numbers
                            they are coloured by as columns (extended XYZ, for ASE and OVITO)
  --tile N                  side of the tiles in which 3-D panels are drawn, 64 to 8192 px (default:
                            2048); the picture is the same up to rounding
  --threads N               worker threads of the computation (default: all processors, at most 16)
  --list                    figures of the project, and presets with what the project lacks for them
  --no-cache                neither use nor store remembered results
  --quiet                   no progress
  --help
`;

const SOAP = `Usage: lpr-studio soap FILE --hypers JSON --out X.npy [options]

Writes the L2-normalised SOAP power spectrum of every atom of a structure file (environments ×
features, float64): species pair, n, n', l with l fastest.

Options:
  --hypers JSON             hyperparameters, as text ('{"type":"soap",…}') or the name of a file
  --out X.npy
  --backend NAME            auto (default), native or reference
  --threads N               worker threads (default: all processors, at most 16)
  --quiet                   no progress
  --help
`;

const LPR = `Usage: lpr-studio lpr --train X.npy --structures IDX.npy --targets T.npy
                      --regularizer MU --out LPR.npy [options]

LPR of a linear model on anybody's features. Row i of X belongs to training structure IDX[i].

Options:
  --train X.npy             features of the training environments (environments × features)
  --structures IDX.npy      index of the structure of each of these rows
  --targets T.npy           features of the environments wanted (environments × features)
  --regularizer MU          R = MU · identity, MU ≥ 0
  --rows sum|sqrt|mean      how a structure's row is scaled (default sum)
  --out LPR.npy             one value for each row of T, float64
  --backend NAME            auto (default), native or reference
  --help
`;

const TOY = `Usage: lpr-studio toy [options]

The toy model of Chong et al. (2023), Sec. III: polynomials of degree 8 trained on totals of groups.
Prints JSON: groups, LPR and prediction profiles, fits with one prediction held away from its
optimum, and the parabola of the loss whose curvature is the LPR. With --out it writes instead:
  profile.csv               x, target, prediction and LPR before and after a group is added
  constrained.csv           predictions with ỹ(x) held at its optimum + epsilon
  parabola.csv              loss against epsilon, re-minimised and from the LPR
  summary.json              everything but the curves

Options:
  --scenario NAME           four-groups (default, Fig. 1), single-environment (Fig. 2),
                            two-phases (Fig. 3a) or two-types (Fig. 3b)
  --regularizer MU          μ, from 1e-16 to 1e16 (default 1e-4)
  --rows sum|mean|sqrt      how a group's row is scaled (default mean)
  --at X                    the x held, from -1 to 1 (default: the members of the training set with
                            the smallest and the largest LPR)
  --out DIR                 folder for the files, made when missing
  --json                    with --out: print the JSON too
  --help
`;

const CRYSTALS = `Usage: lpr-studio crystals --prototypes LIST --species LIST --out FILE.xyz [options]

Writes crystals whose atoms all have the same environment (one for each species of a compound):
prototypes with strained cells, each verified by symmetry analysis and by equal SOAP vectors,
filtered and without duplicates, ready for reference calculations. A table of the verdicts goes to
the error stream.

Prototypes of elements: diamond, lonsdaleite, graphene (a sheet), graphene-vacuum (the same in a
periodic cell), graphite-aa, graphite-abc, simple-cubic, bcc, fcc, hcp, beta-tin, a7 (gray arsenic);
graphite-ab has two environments and is always rejected. Of compounds: zincblende, wurtzite,
rocksalt, cesium-chloride.

Options:
  --prototypes LIST         names, with commas
  --species LIST            symbols, with commas; compounds take each pair
  --count N                 structures in all, prototypes in turn (default 100)
  --strain E                strain components up to ±E, at most 0.33 (default 0)
  --strain-kinds LIST       uniaxial, biaxial, shear, volumetric, random (default random)
  --any-strain              also draw strains that split the orbit, and reject them
  --internal Å              displace along free internal coordinates by up to this (default 0)
  --no-ideal                leave out the undistorted crystals
  --seed N                  default 1
  --bond Å                  shortest distance of the undistorted crystals
  --atom-volume Å³          their volume per atom, in place of --bond; both default to a table of
                            measured lattices, else to a rule for bond lengths (see --json)
  --volume MIN:MAX          keep structures with a volume per atom in this range, Å³
  --shortest Å              keep structures without shorter distances
  --shortest-relative X     the same in sums of covalent radii (default 0.8 without --shortest)
  --hypers JSON             SOAP hyperparameters, as text or the name of a file (default: cutoff
                            5 Å, width 0.5 Å, sigma 0.5 Å, nMax 8, lMax 6)
  --symprec Å               symmetry tolerance (default 1e-5)
  --duplicates D            kernel distance below which crystals are duplicates (default 1e-3)
  --zeta Z                  exponent of that kernel (default 1)
  --out FILE.xyz            extended XYZ
  --poscar DIR              a POSCAR file for each structure as well
  --json                    print a summary with all verdicts
  --backend NAME            auto (default), native or reference
  --quiet                   no progress
  --help
`;

const SUGGEST = `Usage: lpr-studio suggest PROJECT --out DIR [options]

Which structures should be computed next? Ranks candidates by how much each would raise the LPR of
some target atoms if it were in the training set (the exact gain in mean log LPR; no energies are
needed), chooses the best few together, and compares with random choices. Writes into DIR:
  suggestions.json          all numbers: ranking, choices, random choices, LPR before and after
  suggestions.xyz           the chosen structures, best first, with rank, gain and total_gain

Which atoms:
  --worst SHARE             those of lowest LPR, such as 5% or 0.05 (default 5%)
  --atoms FILE.npy          atom indices or a mask, over all targets or within --target
  --target INDEX            only atoms of this target structure, from 0 over all targets
  --variant NAME            the training set as it is (default: the first variant)

Which candidates (at least one of these):
  --from LIST               datasets of the project, with commas, such as train[0:100],diamond
  --pool FILE               structures of any file
  --crystals LIST           generated single-environment crystals of these prototypes (see crystals)
                            of the species of the targets
  --crystal-count N         how many of them (default 100)
  --strain E                their strain components, up to ±E, at most 0.33 (default 0)
  --seed N                  of the crystals and of the random choices (default 1)

How to choose:
  --count K                 structures to choose (default 10)
  --by gain|gain-per-atom   what is maximised (default gain)
  --max-similarity X        leave out candidates this similar to a chosen one, 0 to 1 (default: none)
  --random REPEATS          random choices to compare with (default 20; 0 for none)

Options:
  --out DIR                 folder for the results, made when missing
  --poscar                  a POSCAR file for each chosen structure as well
  --add-variant NAME        with --save: a variant that adds the chosen structures to --variant
  --save PROJECT2.lpr.json  the project with that variant
  --backend NAME            auto (default), native or reference
  --threads N               worker threads (default: all processors, at most 16)
  --memory-limit GIB        limit for the arrays (default: half of the memory)
  --quiet                   no progress
  --help
`;

const WHAT_IF = `Usage: lpr-studio what-if PROJECT --out DIR [changes] [options]

The LPR of the targets if some structures were in the training set of a variant, and others not, by a
low-rank update of the factor of H; the model (active set, regulariser, weights of a network) stays as
it is. No energies are needed. Writes into DIR:
  what-if.json     per target: LPR before and after, gain, atoms that lost LPR, error estimate
  what-if.npz      lpr (2 × atoms: before, after), enhancement, target, atom

Changes (at least one; lists with commas, such as train[0:3],diamond):
  --add LIST                structures that come in; diamond[4]*3 counts three times
  --remove LIST             structures that leave, however often they are in; with *N, N of them
  --replace LIST            structures that come in for as many random ones of the variant
  --seed N                  of these random ones (default 0)

Options:
  --variant NAME            the training set as it is (default: the first variant)
  --target INDEX            only this target structure, from 0 over all targets
  --refit                   also factor exactly this training set, compare, and write that
  --out DIR                 folder for the results, made when missing
  --backend NAME            auto (default), native or reference
  --threads N               worker threads (default: all processors, at most 16)
  --memory-limit GIB        limit for the arrays (default: half of the memory)
  --quiet                   no progress
  --help
`;

const CONVERT = `Usage: lpr-studio convert FILE --out OUT [options]

Reads extended XYZ, POSCAR or CONTCAR, LAMMPS data, LAMMPS text dumps or CIF, also gzipped (the
content decides which), and writes what the name of OUT ends in: .xyz or .xyz.gz (extended XYZ,
with all columns) or .poscar or .vasp (VASP 5, one structure).

Options:
  --out OUT
  --structures SLICE        which structures: a Python slice such as 0:10 or ::5, or an index
                            (default: all)
  --types C,Si              elements of the LAMMPS atom types 1, 2, …, for files that do not say
  --quiet                   no progress
  --help
`;

const VALIDATE = `Usage: lpr-studio validate PROJECT

Checks a project file: keys, values, names, that the files can be read and that every selector
and variant can be resolved. Says what is wrong, with path and line.
`;

/** Help of a command, or the overview. */
export function helpText(command: string | undefined): string {
  const texts: Readonly<Record<string, string>> = {
    run: RUN,
    render: RENDER,
    soap: SOAP,
    lpr: LPR,
    crystals: CRYSTALS,
    suggest: SUGGEST,
    "what-if": WHAT_IF,
    toy: TOY,
    convert: CONVERT,
    validate: VALIDATE,
  };
  return texts[command ?? ""] ?? GENERAL;
}
