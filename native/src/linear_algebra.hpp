// Level-3 BLAS on row-major matrices, and the BLAS library's settings.
#pragma once

#include "matrix.hpp"
#include "status.hpp"

#include <string>

namespace lpr {

void setBlasThreads(int count);

// For example "OpenBLAS 0.3.21 (SkylakeX)".
std::string blasDescription();

// C <- alpha op(A) op(B) + beta C; shapes already checked.
Status gemm(double alpha, const Matrix& a, bool transposeA, const Matrix& b, bool transposeB,
            double beta, const Matrix& c);

// Solves op(T) X = B in place of B.
Status solveTriangular(bool lower, bool transpose, const Matrix& t, const Matrix& b);

} // namespace lpr
