// SOAP power spectra of a batch of environments.
#pragma once

#include "cpu_features.hpp"
#include "matrix.hpp"

namespace lpr {

struct SoapBatch {
  std::size_t environments;
  const std::int32_t* offsets;         // environments + 1
  const std::int32_t* centerSpecies;   // environments
  const std::int32_t* neighborSpecies; // pairs
  const double* vectors;               // 3 * pairs
};

struct SoapPlan {
  int nMax;
  int lMax;
  int nSpecies;
  double cutoff;
  double cutoffWidth;
  double centerWeight;
  bool scaled; // radial scaling u(r) = rate / (rate + (r / scale)^exponent)
  double rate;
  double scale;
  double exponent;
  double step;
  std::size_t knots;
  const double* values;      // [knot][l][n]
  const double* derivatives; // [knot][l][n]
  bool symmetric;
};

// Columns of the output of a plan.
std::size_t soapFeatureCount(const SoapPlan& plan);

// out: batch.environments x soapFeatureCount(plan). May throw std::bad_alloc.
void soapPowerSpectrum(const SoapBatch& batch, const SoapPlan& plan, InstructionSet set,
                       const Matrix& out);

} // namespace lpr
