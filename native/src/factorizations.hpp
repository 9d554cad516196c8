// LAPACK factorisations of row-major matrices.
#pragma once

#include "matrix.hpp"
#include "status.hpp"

namespace lpr {

// Overwrites the symmetric `a` by its pivoted lower factor (zeros above the diagonal and beyond
// column `rank`). pivots: length a.rows, 0-based.
Status pivotedCholesky(const Matrix& a, double relativeTolerance, std::int32_t* pivots,
                       std::size_t& rank);

// Upper factor of `a` (m x n, m >= n, not modified) with a non-negative diagonal.
Status qrUpper(const Matrix& a, const Matrix& r);

// Overwrites the symmetric `a` by its eigenvectors (column j belongs to values[j], ascending).
Status symmetricEigen(const Matrix& a, double* values);

// Overwrites `a` (m x n); u: m x k, values: k, vt: k x n with k = min(m, n).
Status thinSvd(const Matrix& a, const Matrix& u, double* values, const Matrix& vt);

} // namespace lpr
