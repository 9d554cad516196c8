// Prepares tables and work space, then runs the kernel of the chosen instruction set.
#include "soap_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <vector>

namespace lpr {

namespace {

constexpr double PI = 3.14159265358979323846;
constexpr std::size_t ALIGNMENT = 64;

struct Kernel {
  SoapKernel run;
  std::size_t width;
};

Kernel kernelOf(InstructionSet set) {
  switch (set) {
#if defined(LPR_HAS_avx512)
  case InstructionSet::avx512:
    return {soapKernel_avx512, 8};
#endif
#if defined(LPR_HAS_avx2)
  case InstructionSet::avx2:
    return {soapKernel_avx2, 4};
#endif
  default:
    return {soapKernel_baseline, 2};
  }
}

struct AlignedDelete {
  void operator()(double* memory) const {
    ::operator delete[](memory, std::align_val_t{ALIGNMENT});
  }
};
using AlignedDoubles = std::unique_ptr<double[], AlignedDelete>;

AlignedDoubles alignedDoubles(std::size_t count) {
  void* memory = ::operator new[](count * sizeof(double), std::align_val_t{ALIGNMENT});
  double* values = static_cast<double*>(memory);
  std::fill_n(values, count, 0.0);
  return AlignedDoubles(values);
}

// Q_lm = a_lm (z Q_{l-1,m} - b_lm Q_{l-2,m}), starting from Q_mm, such that Y_lm = Q_lm(z) times
// Re or Im of (x + iy)^m on the unit sphere is orthonormal. No division by sin(theta) anywhere.
struct Legendre {
  std::vector<double> a, b, start;

  explicit Legendre(std::size_t lMax)
      : a((lMax + 1) * (lMax + 1)), b((lMax + 1) * (lMax + 1)), start(lMax + 1) {
    start[0] = std::sqrt(1 / (4 * PI));
    for (std::size_t m = 1; m <= lMax; m++) {
      const double ratio = (2.0 * static_cast<double>(m) + 1) / (2.0 * static_cast<double>(m));
      start[m] = start[m - 1] * std::sqrt(m == 1 ? 2 * ratio : ratio);
    }
    for (std::size_t m = 0; m <= lMax; m++) {
      for (std::size_t l = m + 1; l <= lMax; l++) {
        const double ll = static_cast<double>(l * l);
        const double mm = static_cast<double>(m * m);
        const double previous = static_cast<double>((l - 1) * (l - 1));
        a[m * (lMax + 1) + l] = std::sqrt((4 * ll - 1) / (ll - mm));
        b[m * (lMax + 1) + l] = std::sqrt((previous - mm) / (4 * previous - 1));
      }
    }
    // l = m + 1 has no Q_{l-2,m}; for m = 0 the formula would be 0 / -1.
    for (std::size_t m = 0; m < lMax; m++)
      b[m * (lMax + 1) + m + 1] = 0;
  }
};

std::size_t largestNeighborhood(const SoapBatch& batch) {
  std::size_t largest = 0;
  for (std::size_t i = 0; i < batch.environments; i++)
    largest = std::max(largest, static_cast<std::size_t>(batch.offsets[i + 1] - batch.offsets[i]));
  return largest;
}

} // namespace

std::size_t soapFeatureCount(const SoapPlan& plan) {
  const auto n = static_cast<std::size_t>(plan.nMax);
  const auto l = static_cast<std::size_t>(plan.lMax) + 1;
  const auto species = static_cast<std::size_t>(plan.nSpecies);
  const std::size_t same = plan.symmetric ? n * (n + 1) / 2 : n * n;
  return (species * same + species * (species - 1) / 2 * n * n) * l;
}

void soapPowerSpectrum(const SoapBatch& batch, const SoapPlan& plan, InstructionSet set,
                       const Matrix& out) {
  if (batch.environments == 0)
    return;
  const Kernel kernel = kernelOf(set);
  const auto nMax = static_cast<std::size_t>(plan.nMax);
  const auto lCount = static_cast<std::size_t>(plan.lMax) + 1;
  const auto species = static_cast<std::size_t>(plan.nSpecies);
  const std::size_t paddedN = (nMax + kernel.width - 1) / kernel.width * kernel.width;
  const Legendre legendre(lCount - 1);
  SoapWorkspace work{};
  work.paddedN = paddedN;
  work.legendreA = legendre.a.data();
  work.legendreB = legendre.b.data();
  work.legendreStart = legendre.start.data();
  // The last row is read up to a vector beyond its end.
  const AlignedDoubles radial = alignedDoubles(SOAP_CHUNK * lCount * nMax + paddedN);
  const AlignedDoubles harmonics = alignedDoubles(lCount * lCount * SOAP_CHUNK);
  const AlignedDoubles coefficients = alignedDoubles(species * lCount * lCount * paddedN);
  const AlignedDoubles products = alignedDoubles(lCount * nMax * paddedN);
  const AlignedDoubles neighbors = alignedDoubles(4 * largestNeighborhood(batch));
  std::vector<std::int32_t> groupEnds(species + 1);
  work.radial = radial.get();
  work.harmonics = harmonics.get();
  work.coefficients = coefficients.get();
  work.products = products.get();
  work.neighbors = neighbors.get();
  work.groupEnds = groupEnds.data();
  kernel.run(batch, plan, work, out.data);
}

} // namespace lpr
