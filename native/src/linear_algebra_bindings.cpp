#include "arguments.hpp"
#include "bindings.hpp"
#include "cpu_features.hpp"
#include "factorizations.hpp"
#include "linear_algebra.hpp"

#include <algorithm>

namespace lpr {

namespace {

void requireSquare(Napi::Env env, const Matrix& matrix, const std::string& name) {
  requireShape(env, matrix, matrix.rows, matrix.rows, name);
}

} // namespace

// describe(): { blas, instructionSet }
Napi::Value describeNative(const Napi::CallbackInfo& info) {
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("blas", blasDescription());
  result.Set("instructionSet", instructionSetName(bestInstructionSet()));
  return result;
}

// setThreads(count)
Napi::Value setThreadsBinding(const Napi::CallbackInfo& info) {
  setBlasThreads(static_cast<int>(readInteger(info[0], "count", 1, 1024)));
  return info.Env().Undefined();
}

// gemm(alpha, a, transposeA, b, transposeB, beta, c)
Napi::Value gemmBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const double alpha = readNumber(info[0], "alpha");
  const Matrix a = readMatrix(info[1], "a");
  const bool transposeA = readBoolean(info[2], "transposeA");
  const Matrix b = readMatrix(info[3], "b");
  const bool transposeB = readBoolean(info[4], "transposeB");
  const double beta = readNumber(info[5], "beta");
  const Matrix c = readMatrix(info[6], "c");
  const std::size_t inner = transposeA ? a.rows : a.cols;
  const std::size_t innerB = transposeB ? b.cols : b.rows;
  require(env, inner == innerB, INCOMPATIBLE_SHAPE,
          "op(a) has " + std::to_string(inner) + " columns but op(b) has " +
              std::to_string(innerB) + " rows");
  requireShape(env, c, transposeA ? a.cols : a.rows, transposeB ? b.rows : b.cols, "c");
  requireOk(env, gemm(alpha, a, transposeA, b, transposeB, beta, c), "gemm");
  return env.Undefined();
}

// pivotedCholesky(a (overwritten by L), relativeTolerance, pivots): rank
Napi::Value pivotedCholeskyBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Matrix a = readMatrix(info[0], "a");
  const double tolerance = readNumber(info[1], "relativeTolerance");
  const Span<std::int32_t> pivots = readInt32Array(info[2], "pivots");
  requireSquare(env, a, "a");
  require(env, tolerance >= 0, INVALID_PARAMETER, "relativeTolerance must not be negative");
  require(env, pivots.length == a.rows, INCOMPATIBLE_SHAPE,
          "pivots has " + std::to_string(pivots.length) + " entries, expected " +
              std::to_string(a.rows));
  std::size_t rank = 0;
  requireOk(env, pivotedCholesky(a, tolerance, pivots.data, rank), "pivotedCholesky");
  return Napi::Number::New(env, static_cast<double>(rank));
}

// qrUpper(a, r)
Napi::Value qrUpperBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Matrix a = readMatrix(info[0], "a");
  const Matrix r = readMatrix(info[1], "r");
  require(env, a.rows >= a.cols, INCOMPATIBLE_SHAPE,
          "a is " + std::to_string(a.rows) + " x " + std::to_string(a.cols) +
              ", expected at least as many rows as columns");
  requireShape(env, r, a.cols, a.cols, "r");
  requireOk(env, qrUpper(a, r), "qrUpper");
  return env.Undefined();
}

// solveTriangular("lower" | "upper", transpose, t, b (overwritten))
Napi::Value solveTriangularBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string triangle = readString(info[0], "triangle");
  require(env, triangle == "lower" || triangle == "upper", INVALID_PARAMETER,
          "triangle is \"" + triangle + "\", expected \"lower\" or \"upper\"");
  const bool transpose = readBoolean(info[1], "transpose");
  const Matrix t = readMatrix(info[2], "t");
  const Matrix b = readMatrix(info[3], "b");
  requireSquare(env, t, "t");
  requireShape(env, b, t.rows, b.cols, "b");
  requireOk(env, solveTriangular(triangle == "lower", transpose, t, b), "solveTriangular");
  return env.Undefined();
}

// symmetricEigen(a (overwritten by the vectors), values)
Napi::Value symmetricEigenBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Matrix a = readMatrix(info[0], "a");
  const Span<double> values = readFloat64Array(info[1], "values");
  requireSquare(env, a, "a");
  require(env, values.length == a.rows, INCOMPATIBLE_SHAPE,
          "values has " + std::to_string(values.length) + " entries, expected " +
              std::to_string(a.rows));
  requireOk(env, symmetricEigen(a, values.data), "symmetricEigen");
  return env.Undefined();
}

// thinSvd(a (overwritten), u, values, vt)
Napi::Value thinSvdBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Matrix a = readMatrix(info[0], "a");
  const Matrix u = readMatrix(info[1], "u");
  const Span<double> values = readFloat64Array(info[2], "values");
  const Matrix vt = readMatrix(info[3], "vt");
  const std::size_t k = std::min(a.rows, a.cols);
  requireShape(env, u, a.rows, k, "u");
  requireShape(env, vt, k, a.cols, "vt");
  require(env, values.length == k, INCOMPATIBLE_SHAPE,
          "values has " + std::to_string(values.length) + " entries, expected " +
              std::to_string(k));
  requireOk(env, thinSvd(a, u, values.data, vt), "thinSvd");
  return env.Undefined();
}

} // namespace lpr
