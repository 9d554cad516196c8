// What the SOAP kernel of one instruction set needs; filled by soap_dispatch.cpp.
//
// soap_kernel.cpp is compiled with other machine flags than the rest, so it must not instantiate a
// template or inline function of the standard library: the linker could keep that copy for callers
// on an older processor. Hence plain pointers and no containers here.
#pragma once

#include "soap.hpp"

namespace lpr {

// Neighbours handled at once; a multiple of every vector width.
constexpr std::size_t SOAP_CHUNK = 16;

struct SoapWorkspace {
  std::size_t paddedN; // nMax rounded up to the vector width
  // Recurrence coefficients of the normalised Legendre functions, [m * (lMax + 1) + l].
  const double* legendreA;
  const double* legendreB;
  const double* legendreStart; // Q_mm, length lMax + 1
  // SOAP_CHUNK * (lMax + 1) * nMax, and room for one more vector. Not padded: where nMax is no
  // multiple of the vector width, the lanes beyond nMax carry finite numbers that are never used.
  double* radial;
  double* harmonics;    // (lMax + 1)^2 * SOAP_CHUNK
  double* coefficients; // nSpecies * (lMax + 1)^2 * paddedN
  double* products;     // (lMax + 1) * nMax * paddedN
  // Neighbours within the cutoff, grouped by species: x, y, z (unit vector), r.
  double* neighbors;       // 4 * largest neighbourhood
  std::int32_t* groupEnds; // nSpecies + 1
};

using SoapKernel = void (*)(const SoapBatch&, const SoapPlan&, const SoapWorkspace&, double* out);

void soapKernel_baseline(const SoapBatch&, const SoapPlan&, const SoapWorkspace&, double* out);
void soapKernel_avx2(const SoapBatch&, const SoapPlan&, const SoapWorkspace&, double* out);
void soapKernel_avx512(const SoapBatch&, const SoapPlan&, const SoapWorkspace&, double* out);

} // namespace lpr
