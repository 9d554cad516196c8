#include "factorizations.hpp"

#include "lapack.hpp"

#include <algorithm>
#include <climits>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace lpr {

namespace {

// LAPACK neither promises to end nor to report when it is given NaN.
bool isFinite(const Matrix& matrix) {
  const double* begin = matrix.data;
  return std::all_of(begin, begin + matrix.size(),
                     [](double value) { return std::isfinite(value); });
}

// Turns the answer of a workspace query into a length; 0 when LAPACK's integer cannot hold it.
int workLength(double answer) {
  return answer >= static_cast<double>(INT_MAX) ? 0 : std::max(1, static_cast<int>(answer));
}

void transposeInPlace(const Matrix& a) {
  constexpr std::size_t tile = 32;
  const std::size_t n = a.rows;
  for (std::size_t rowStart = 0; rowStart < n; rowStart += tile) {
    for (std::size_t colStart = 0; colStart <= rowStart; colStart += tile) {
      for (std::size_t i = rowStart; i < std::min(n, rowStart + tile); i++) {
        for (std::size_t j = colStart; j < std::min(i, colStart + tile); j++)
          std::swap(a.data[i * n + j], a.data[j * n + i]);
      }
    }
  }
}

} // namespace

Status pivotedCholesky(const Matrix& a, double relativeTolerance, std::int32_t* pivots,
                       std::size_t& rank) {
  static_assert(sizeof(int) == sizeof(std::int32_t), "LAPACK's default integer");
  rank = 0;
  if (a.rows > INT_MAX / 2)
    return Status::tooLarge;
  if (!isFinite(a))
    return Status::notFinite;
  const int n = static_cast<int>(a.rows);
  if (n == 0)
    return Status::ok;
  double largest = 0;
  for (int i = 0; i < n; i++)
    largest = std::max(largest, a.data[static_cast<std::size_t>(i) * a.cols + i]);
  const double tolerance = relativeTolerance * largest; // dpstrf wants an absolute one
  if (largest <= tolerance) { // dpstrf would take its first step regardless
    std::fill_n(a.data, a.size(), 0.0);
    std::iota(pivots, pivots + n, 0);
    return Status::ok;
  }
  std::vector<double> work(2 * a.rows);
  int found = 0;
  int info = 0;
  // The upper factor U of the column-major view (A = UᵀU) is L in row-major order.
  dpstrf_("U", &n, a.data, &n, pivots, &found, &tolerance, work.data(), &info LPR_CHAR_LENGTHS(1));
  rank = static_cast<std::size_t>(found);
  for (std::size_t i = 0; i < a.rows; i++) {
    pivots[i] -= 1;
    const std::size_t kept = std::min(i + 1, rank);
    std::fill(a.data + i * a.cols + kept, a.data + (i + 1) * a.cols, 0.0);
  }
  return Status::ok;
}

namespace {

// Householder QR of the column-major h x n matrix `stack`; R is left in its upper triangle.
Status factorStack(std::vector<double>& stack, int h, int n) {
  std::vector<double> tau(static_cast<std::size_t>(n));
  double answer = 0;
  const int query = -1;
  int info = 0;
  dgeqrf_(&h, &n, stack.data(), &h, tau.data(), &answer, &query, &info);
  const int length = workLength(answer);
  if (length == 0)
    return Status::tooLarge;
  std::vector<double> work(static_cast<std::size_t>(length));
  dgeqrf_(&h, &n, stack.data(), &h, tau.data(), work.data(), &length, &info);
  return Status::ok;
}

// Row-major rows of a to column-major rows of a stack whose columns have length `height`.
void copyTransposed(const double* rows, std::size_t count, std::size_t cols, double* to,
                    std::size_t height) {
  constexpr std::size_t tile = 16;
  for (std::size_t start = 0; start < count; start += tile) {
    const std::size_t end = std::min(count, start + tile);
    for (std::size_t j = 0; j < cols; j++) {
      for (std::size_t i = start; i < end; i++)
        to[j * height + i] = rows[i * cols + j];
    }
  }
}

} // namespace

Status qrUpper(const Matrix& a, const Matrix& r) {
  const std::size_t n = a.cols;
  // Tall matrices are taken in slices below the R found so far: bounded work space for an eighth
  // more work. (dgelqf on the transposed view would need no copy, but is 2-3 times slower.)
  constexpr std::size_t sliceFactor = 8;
  if (n > INT_MAX / (sliceFactor + 1))
    return Status::tooLarge;
  if (!isFinite(a))
    return Status::notFinite;
  if (n == 0)
    return Status::ok;
  std::fill_n(r.data, r.size(), 0.0);
  std::vector<double> stack;
  for (std::size_t done = 0; done < a.rows;) {
    const std::size_t kept = done == 0 ? 0 : n;
    const std::size_t slice = std::min((sliceFactor + 1) * n - kept, a.rows - done);
    const std::size_t height = kept + slice;
    stack.resize(height * n);
    copyTransposed(r.data, kept, n, stack.data(), height);
    copyTransposed(a.data + done * n, slice, n, stack.data() + kept, height);
    const Status status = factorStack(stack, static_cast<int>(height), static_cast<int>(n));
    if (status != Status::ok)
      return status;
    for (std::size_t i = 0; i < n; i++) {
      const double sign = stack[i * height + i] < 0 ? -1.0 : 1.0;
      for (std::size_t j = i; j < n; j++)
        r.data[i * n + j] = sign * stack[j * height + i];
    }
    done += slice;
  }
  return Status::ok;
}

Status symmetricEigen(const Matrix& a, double* values) {
  if (a.rows > INT_MAX)
    return Status::tooLarge;
  if (!isFinite(a))
    return Status::notFinite;
  const int n = static_cast<int>(a.rows);
  if (n == 0)
    return Status::ok;
  double answer = 0;
  int integers = 0;
  const int query = -1;
  int info = 0;
  dsyevd_("V", "L", &n, a.data, &n, values, &answer, &query, &integers, &query,
          &info LPR_CHAR_LENGTHS(1, 1));
  const int length = workLength(answer);
  if (length == 0 || integers < 1)
    return Status::tooLarge;
  std::vector<double> work(static_cast<std::size_t>(length));
  std::vector<int> integerWork(static_cast<std::size_t>(integers));
  dsyevd_("V", "L", &n, a.data, &n, values, work.data(), &length, integerWork.data(), &integers,
          &info LPR_CHAR_LENGTHS(1, 1));
  if (info != 0)
    return Status::noConvergence;
  transposeInPlace(a);
  return Status::ok;
}

Status thinSvd(const Matrix& a, const Matrix& u, double* values, const Matrix& vt) {
  if (a.rows > INT_MAX || a.cols > INT_MAX)
    return Status::tooLarge;
  if (!isFinite(a))
    return Status::notFinite;
  const int m = static_cast<int>(a.rows);
  const int n = static_cast<int>(a.cols);
  const int k = std::min(m, n);
  if (k == 0)
    return Status::ok;
  // Column-major Aᵀ = U' S V'ᵀ, hence A = V' S U'ᵀ: V'ᵀ (k x m, column-major) is our U in row-major
  // order and U' (n x k, column-major) is our Vᵀ. No transposition is needed.
  std::vector<int> integerWork(8 * static_cast<std::size_t>(k));
  double answer = 0;
  const int query = -1;
  int info = 0;
  dgesdd_("S", &n, &m, a.data, &n, values, vt.data, &n, u.data, &k, &answer, &query,
          integerWork.data(), &info LPR_CHAR_LENGTHS(1));
  const int length = workLength(answer);
  if (length == 0)
    return Status::tooLarge;
  std::vector<double> work(static_cast<std::size_t>(length));
  dgesdd_("S", &n, &m, a.data, &n, values, vt.data, &n, u.data, &k, work.data(), &length,
          integerWork.data(), &info LPR_CHAR_LENGTHS(1));
  return info == 0 ? Status::ok : Status::noConvergence;
}

} // namespace lpr
