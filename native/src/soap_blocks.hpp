// Vectors of LPR_WIDTH doubles and the register-blocked products of the SOAP kernel. Everything is
// in an unnamed namespace: each instruction set must keep its own copy (see soap_kernel.hpp).
#pragma once

#include "soap_kernel.hpp"

namespace lpr {
namespace {

using Index = std::size_t;

constexpr Index W = LPR_WIDTH;
typedef double Vec __attribute__((vector_size(LPR_WIDTH * 8)));
typedef double UnalignedVec __attribute__((vector_size(LPR_WIDTH * 8), aligned(8), may_alias));

inline Vec load(const double* from) {
  return *reinterpret_cast<const UnalignedVec*>(from);
}
inline void store(double* to, Vec value) {
  *reinterpret_cast<UnalignedVec*>(to) = value;
}
inline Vec broadcast(double value) {
  return value - Vec{};
}

// Register blocks: MAX_ROWS x MAX_VECTORS accumulators fit the register file (32 registers with
// AVX-512 and NEON, 16 otherwise).
#if LPR_WIDTH == 8
constexpr Index MAX_ROWS = 12;
#else
constexpr Index MAX_ROWS = 6;
#endif
constexpr Index MAX_VECTORS = 2;

// c[row][n] += sum_j left[row * SOAP_CHUNK + j] right[j * rightStride + n], ROWS x VECTORS block.
template <Index ROWS, Index VECTORS>
void accumulateBlock(const double* left, const double* right, Index rightStride, Index count,
                     double* c, Index cStride) {
  Vec sum[ROWS][VECTORS];
  for (Index row = 0; row < ROWS; row++) {
    for (Index v = 0; v < VECTORS; v++)
      sum[row][v] = load(c + row * cStride + v * W);
  }
  for (Index j = 0; j < count; j++) {
    Vec factor[VECTORS];
    for (Index v = 0; v < VECTORS; v++)
      factor[v] = load(right + j * rightStride + v * W);
    for (Index row = 0; row < ROWS; row++) {
      const Vec y = broadcast(left[row * SOAP_CHUNK + j]);
      for (Index v = 0; v < VECTORS; v++)
        sum[row][v] += y * factor[v];
    }
  }
  for (Index row = 0; row < ROWS; row++) {
    for (Index v = 0; v < VECTORS; v++)
      store(c + row * cStride + v * W, sum[row][v]);
  }
}

using AccumulateBlock = void (*)(const double*, const double*, Index, Index, double*, Index);

template <Index VECTORS>
AccumulateBlock accumulateOf(Index rows) {
  switch (rows) {
  case 1:
    return accumulateBlock<1, VECTORS>;
  case 2:
    return accumulateBlock<2, VECTORS>;
  case 3:
    return accumulateBlock<3, VECTORS>;
  case 4:
    return accumulateBlock<4, VECTORS>;
  case 5:
    return accumulateBlock<5, VECTORS>;
#if LPR_WIDTH == 8
  case 6:
    return accumulateBlock<6, VECTORS>;
  case 7:
    return accumulateBlock<7, VECTORS>;
  case 8:
    return accumulateBlock<8, VECTORS>;
  case 9:
    return accumulateBlock<9, VECTORS>;
  case 10:
    return accumulateBlock<10, VECTORS>;
  case 11:
    return accumulateBlock<11, VECTORS>;
#endif
  default:
    return accumulateBlock<MAX_ROWS, VECTORS>;
  }
}

// to[row][n'] = scale sum_m left[m][row] right[m][n'], ROWS x VECTORS block.
template <Index ROWS, Index VECTORS>
void contractBlock(const double* left, const double* right, Index stride, Index count, double scale,
                   double* to) {
  Vec sum[ROWS][VECTORS] = {};
  for (Index m = 0; m < count; m++) {
    Vec factor[VECTORS];
    for (Index v = 0; v < VECTORS; v++)
      factor[v] = load(right + m * stride + v * W);
    for (Index row = 0; row < ROWS; row++) {
      const Vec value = broadcast(left[m * stride + row]);
      for (Index v = 0; v < VECTORS; v++)
        sum[row][v] += value * factor[v];
    }
  }
  for (Index row = 0; row < ROWS; row++) {
    for (Index v = 0; v < VECTORS; v++)
      store(to + row * stride + v * W, scale * sum[row][v]);
  }
}

template <Index VECTORS>
void contractRows(const double* left, const double* right, Index stride, Index count, double scale,
                  double* to, Index nMax) {
  constexpr Index ROWS = LPR_WIDTH == 8 ? 8 : 4;
  Index n = 0;
  for (; n + ROWS <= nMax; n += ROWS)
    contractBlock<ROWS, VECTORS>(left + n, right, stride, count, scale, to + n * stride);
  for (; n < nMax; n++)
    contractBlock<1, VECTORS>(left + n, right, stride, count, scale, to + n * stride);
}

} // namespace
} // namespace lpr
