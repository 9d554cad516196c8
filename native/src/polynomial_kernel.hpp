// Species-masked polynomial kernels between feature rows.
#pragma once

#include "matrix.hpp"
#include "status.hpp"

namespace lpr {

struct LabelledRows {
  Matrix features;             // rows x d
  const std::uint8_t* species; // length rows
};

// out[i, j] = [species equal] (x_i . y_j)^zeta, out: x.rows x y.rows.
Status polynomialKernel(const LabelledRows& x, const LabelledRows& y, std::uint32_t zeta,
                        const Matrix& out);

// The same, summed over rows offsets[A] ... offsets[A + 1] - 1 of x; out: groups x y.rows.
Status polynomialKernelSums(const LabelledRows& x, const std::int32_t* offsets, std::size_t groups,
                            const LabelledRows& y, std::uint32_t zeta, const Matrix& out);

} // namespace lpr
