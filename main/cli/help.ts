/** What `--help` prints. */

const GENERAL = `lpr-studio — local prediction rigidity from the command line

Usage:
  lpr-studio run PROJECT --out DIR      compute a project, write tables and structures
  lpr-studio soap FILE --hypers JSON --out X.npy
                                        SOAP power spectra of every atom
  lpr-studio lpr --train X.npy --structures IDX.npy --targets T.npy
                 --regularizer MU --out LPR.npy
                                        LPR from any features
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
                   sr_variance_<variant>, local_energy_<variant>, coordination, map
  <dataset>.npz    the same as arrays; lpr is variants × environments, float64

Options:
  --out DIR                 folder for the results, made when missing
  --backend NAME            auto (default), native or reference
  --threads N               worker threads (default: all processors, at most 16)
  --memory-limit GIB        limit for the arrays (default: half of the memory)
  --no-cache                neither use nor store remembered results
  --quiet                   no progress
  --help

Remembered results are in LPR_STUDIO_CACHE_DIR, by default the user's cache folder.
`;

const SOAP = `Usage: lpr-studio soap FILE --hypers JSON --out X.npy [options]

Writes the L2-normalised SOAP power spectrum of every atom of an extended XYZ file (environments ×
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

const VALIDATE = `Usage: lpr-studio validate PROJECT

Checks a project file: keys, values, names, that the files can be read and that every selector
and variant can be resolved. Says what is wrong, with path and line.
`;

/** Help of a command, or the overview. */
export function helpText(command: string | undefined): string {
  const texts: Readonly<Record<string, string>> = {
    run: RUN,
    soap: SOAP,
    lpr: LPR,
    validate: VALIDATE,
  };
  return texts[command ?? ""] ?? GENERAL;
}
