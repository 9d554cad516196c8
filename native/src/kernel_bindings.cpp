#include "arguments.hpp"
#include "bindings.hpp"
#include "polynomial_kernel.hpp"

namespace lpr {

namespace {

constexpr std::int64_t LARGEST_ZETA = 1000;

LabelledRows readRows(const Napi::Value& features, const Napi::Value& species,
                      const std::string& name) {
  const Matrix matrix = readMatrix(features, name);
  const Span<std::uint8_t> labels = readUint8Array(species, name + "Species");
  require(features.Env(), labels.length == matrix.rows, INCOMPATIBLE_SHAPE,
          name + "Species has " + std::to_string(labels.length) + " entries, expected " +
              std::to_string(matrix.rows));
  return {matrix, labels.data};
}

void requireSameDepth(Napi::Env env, const LabelledRows& x, const LabelledRows& y) {
  require(env, x.features.cols == y.features.cols, INCOMPATIBLE_SHAPE,
          "x has " + std::to_string(x.features.cols) + " features but y has " +
              std::to_string(y.features.cols));
}

} // namespace

// polynomialKernel(x, xSpecies, y, ySpecies, zeta, out)
Napi::Value polynomialKernelBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const LabelledRows x = readRows(info[0], info[1], "x");
  const LabelledRows y = readRows(info[2], info[3], "y");
  const auto zeta = static_cast<std::uint32_t>(readInteger(info[4], "zeta", 1, LARGEST_ZETA));
  const Matrix out = readMatrix(info[5], "out");
  requireSameDepth(env, x, y);
  requireShape(env, out, x.features.rows, y.features.rows, "out");
  requireOk(env, polynomialKernel(x, y, zeta, out), "polynomialKernel");
  return env.Undefined();
}

// polynomialKernelSums(x, xSpecies, offsets, y, ySpecies, zeta, out)
Napi::Value polynomialKernelSumsBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const LabelledRows x = readRows(info[0], info[1], "x");
  const Span<std::int32_t> offsets = readInt32Array(info[2], "offsets");
  const LabelledRows y = readRows(info[3], info[4], "y");
  const auto zeta = static_cast<std::uint32_t>(readInteger(info[5], "zeta", 1, LARGEST_ZETA));
  const Matrix out = readMatrix(info[6], "out");
  requireSameDepth(env, x, y);
  requireOffsets(env, offsets, x.features.rows, "offsets");
  const std::size_t groups = offsets.length - 1;
  requireShape(env, out, groups, y.features.rows, "out");
  requireOk(env, polynomialKernelSums(x, offsets.data, groups, y, zeta, out),
            "polynomialKernelSums");
  return env.Undefined();
}

} // namespace lpr
