// What a compute function reports instead of throwing.
#pragma once

namespace lpr {

enum class Status {
  ok,
  notFinite,     // an input holds NaN or infinity
  zeroDiagonal,  // a triangular factor is singular
  noConvergence, // an iteration of LAPACK gave up
  tooLarge,      // LAPACK's 32-bit integers cannot address the problem
};

} // namespace lpr
