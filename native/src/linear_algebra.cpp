#include "linear_algebra.hpp"

#include "lapack.hpp"

#include <climits>
#include <cstring>

namespace lpr {

namespace {

bool fitsBlas(const Matrix& matrix) {
  return matrix.rows <= INT_MAX && matrix.cols <= INT_MAX;
}

// BLAS wants a leading dimension of at least 1 even for empty matrices.
int leading(std::size_t cols) {
  return cols == 0 ? 1 : static_cast<int>(cols);
}

void scale(const Matrix& c, double beta) {
  // beta = 0 must clear whatever was there, NaN included.
  for (std::size_t i = 0; i < c.size(); i++)
    c.data[i] = beta == 0 ? 0 : beta * c.data[i];
}

} // namespace

void setBlasThreads(int count) {
#if defined(LPR_ACCELERATE)
  (void)count; // Accelerate schedules its threads itself
#else
  openblas_set_num_threads(count);
#endif
}

std::string blasDescription() {
#if defined(LPR_ACCELERATE)
  return "Accelerate";
#else
  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...": name and version are the first two words.
  const char* config = openblas_get_config();
  const char* first = std::strchr(config, ' ');
  const char* second = first == nullptr ? nullptr : std::strchr(first + 1, ' ');
  std::string name = second == nullptr
                         ? std::string(config)
                         : std::string(config, static_cast<std::size_t>(second - config));
  return name + " (" + openblas_get_corename() + ")";
#endif
}

Status gemm(double alpha, const Matrix& a, bool transposeA, const Matrix& b, bool transposeB,
            double beta, const Matrix& c) {
  if (!fitsBlas(a) || !fitsBlas(b) || !fitsBlas(c))
    return Status::tooLarge;
  const std::size_t inner = transposeA ? a.rows : a.cols;
  if (c.size() == 0)
    return Status::ok;
  if (inner == 0) {
    scale(c, beta);
    return Status::ok;
  }
  cblas_dgemm(CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
              transposeB ? CblasTrans : CblasNoTrans, static_cast<int>(c.rows),
              static_cast<int>(c.cols), static_cast<int>(inner), alpha, a.data, leading(a.cols),
              b.data, leading(b.cols), beta, c.data, leading(c.cols));
  return Status::ok;
}

Status solveTriangular(bool lower, bool transpose, const Matrix& t, const Matrix& b) {
  if (!fitsBlas(t) || !fitsBlas(b))
    return Status::tooLarge;
  for (std::size_t i = 0; i < t.rows; i++) {
    if (t.data[i * t.cols + i] == 0)
      return Status::zeroDiagonal;
  }
  if (b.size() == 0)
    return Status::ok;
  cblas_dtrsm(CblasRowMajor, CblasLeft, lower ? CblasLower : CblasUpper,
              transpose ? CblasTrans : CblasNoTrans, CblasNonUnit, static_cast<int>(b.rows),
              static_cast<int>(b.cols), 1.0, t.data, leading(t.cols), b.data, leading(b.cols));
  return Status::ok;
}

} // namespace lpr
