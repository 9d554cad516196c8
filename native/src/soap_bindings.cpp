#include "arguments.hpp"
#include "bindings.hpp"
#include "soap.hpp"

#include <algorithm>
#include <cmath>

namespace lpr {

namespace {

constexpr std::int64_t LARGEST_BASIS = 64;
constexpr std::int64_t LARGEST_SPECIES_COUNT = 128;

void requireLength(Napi::Env env, std::size_t found, std::size_t expected,
                   const std::string& name) {
  require(env, found == expected, INCOMPATIBLE_SHAPE,
          name + " has " + std::to_string(found) + " entries, expected " +
              std::to_string(expected));
}

void requireSpecies(Napi::Env env, Span<std::int32_t> species, int count, const std::string& name) {
  const bool valid = std::all_of(species.data, species.data + species.length,
                                 [count](std::int32_t s) { return s >= 0 && s < count; });
  require(env, valid, INCOMPATIBLE_SHAPE,
          name + " holds an index outside 0 to " + std::to_string(count - 1));
}

double readPositive(const Napi::Value& value, const std::string& name) {
  const double number = readNumber(value, name);
  require(value.Env(), number > 0, INVALID_PARAMETER, name + " must be positive");
  return number;
}

void readScaling(const Napi::Value& value, SoapPlan& plan) {
  plan.scaled = !value.IsNull();
  if (!plan.scaled)
    return;
  const Napi::Object scaling = readObject(value, "plan.radialScaling");
  plan.rate = readNumber(scaling.Get("rate"), "plan.radialScaling.rate");
  plan.scale = readPositive(scaling.Get("scale"), "plan.radialScaling.scale");
  plan.exponent = readNumber(scaling.Get("exponent"), "plan.radialScaling.exponent");
  require(value.Env(), plan.rate >= 0 && plan.exponent >= 0, INVALID_PARAMETER,
          "plan.radialScaling.rate and .exponent must not be negative");
}

void readTable(const Napi::Value& value, SoapPlan& plan) {
  const Napi::Object table = readObject(value, "plan.radialTable");
  plan.step = readPositive(table.Get("step"), "plan.radialTable.step");
  plan.knots = static_cast<std::size_t>(
      readInteger(table.Get("nKnots"), "plan.radialTable.nKnots", 2, std::int64_t{1} << 24));
  const Span<double> values = readFloat64Array(table.Get("values"), "plan.radialTable.values");
  const Span<double> derivatives =
      readFloat64Array(table.Get("derivatives"), "plan.radialTable.derivatives");
  const std::size_t expected =
      plan.knots * static_cast<std::size_t>(plan.lMax + 1) * static_cast<std::size_t>(plan.nMax);
  requireLength(value.Env(), values.length, expected, "plan.radialTable.values");
  requireLength(value.Env(), derivatives.length, expected, "plan.radialTable.derivatives");
  plan.values = values.data;
  plan.derivatives = derivatives.data;
  // The last knot may fall short of the cutoff by the rounding of step = cutoff / (nKnots - 1).
  const double covered = plan.step * static_cast<double>(plan.knots - 1);
  require(value.Env(), covered >= plan.cutoff * (1 - 1e-12), INCOMPATIBLE_SHAPE,
          "plan.radialTable covers " + std::to_string(covered) + " A, expected the cutoff " +
              std::to_string(plan.cutoff) + " A");
}

SoapPlan readPlan(const Napi::Value& value) {
  const Napi::Object object = readObject(value, "plan");
  SoapPlan plan{};
  plan.nMax = static_cast<int>(readInteger(object.Get("nMax"), "plan.nMax", 1, LARGEST_BASIS));
  plan.lMax = static_cast<int>(readInteger(object.Get("lMax"), "plan.lMax", 0, LARGEST_BASIS));
  plan.nSpecies = static_cast<int>(
      readInteger(object.Get("nSpecies"), "plan.nSpecies", 1, LARGEST_SPECIES_COUNT));
  plan.cutoff = readPositive(object.Get("cutoff"), "plan.cutoff");
  plan.cutoffWidth = readNumber(object.Get("cutoffWidth"), "plan.cutoffWidth");
  require(value.Env(), plan.cutoffWidth >= 0, INVALID_PARAMETER,
          "plan.cutoffWidth must not be negative");
  plan.centerWeight = readNumber(object.Get("centerWeight"), "plan.centerWeight");
  const std::string layout = readString(object.Get("layout"), "plan.layout");
  require(value.Env(), layout == "full" || layout == "symmetric", INVALID_PARAMETER,
          "plan.layout is \"" + layout + "\", expected \"full\" or \"symmetric\"");
  plan.symmetric = layout == "symmetric";
  readScaling(object.Get("radialScaling"), plan);
  readTable(object.Get("radialTable"), plan);
  const auto declared = readInteger(object.Get("nFeatures"), "plan.nFeatures", 0, INT32_MAX);
  require(value.Env(), static_cast<std::size_t>(declared) == soapFeatureCount(plan),
          INCOMPATIBLE_SHAPE,
          "plan.nFeatures is " + std::to_string(declared) + ", expected " +
              std::to_string(soapFeatureCount(plan)));
  return plan;
}

SoapBatch readBatch(const Napi::Value& value, const SoapPlan& plan) {
  const Napi::Env env = value.Env();
  const Napi::Object object = readObject(value, "batch");
  const auto environments = static_cast<std::size_t>(
      readInteger(object.Get("nEnvironments"), "batch.nEnvironments", 0, INT32_MAX));
  const Span<std::int32_t> offsets = readInt32Array(object.Get("offsets"), "batch.offsets");
  const Span<std::int32_t> centers =
      readInt32Array(object.Get("centerSpecies"), "batch.centerSpecies");
  const Span<std::int32_t> species =
      readInt32Array(object.Get("neighborSpecies"), "batch.neighborSpecies");
  const Span<double> vectors = readFloat64Array(object.Get("vectors"), "batch.vectors");
  requireLength(env, offsets.length, environments + 1, "batch.offsets");
  requireOffsets(env, offsets, species.length, "batch.offsets");
  requireLength(env, centers.length, environments, "batch.centerSpecies");
  requireLength(env, vectors.length, 3 * species.length, "batch.vectors");
  requireSpecies(env, centers, plan.nSpecies, "batch.centerSpecies");
  requireSpecies(env, species, plan.nSpecies, "batch.neighborSpecies");
  const bool finite = std::all_of(vectors.data, vectors.data + vectors.length,
                                  [](double component) { return std::isfinite(component); });
  require(env, finite, INVALID_PARAMETER, "batch.vectors holds a value that is not finite");
  return {environments, offsets.data, centers.data, species.data, vectors.data};
}

// For tests and benchmarks: an instruction set at or below the best one.
InstructionSet readInstructionSet(const Napi::Value& value) {
  const InstructionSet best = bestInstructionSet();
  if (value.IsUndefined())
    return best;
  const std::string name = readString(value, "instructionSet");
  for (const InstructionSet set :
       {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
    if (name == instructionSetName(set) && set <= best)
      return set;
  }
  fail(value.Env(), INVALID_PARAMETER,
       "instructionSet \"" + name + "\" is not available on this processor");
}

} // namespace

// soapPowerSpectrum(batch, plan, out, instructionSet?)
Napi::Value soapPowerSpectrumBinding(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const SoapPlan plan = readPlan(info[1]);
  const SoapBatch batch = readBatch(info[0], plan);
  const Matrix out = readMatrix(info[2], "out");
  requireShape(env, out, batch.environments, soapFeatureCount(plan), "out");
  soapPowerSpectrum(batch, plan, readInstructionSet(info[3]), out);
  return env.Undefined();
}

} // namespace lpr
