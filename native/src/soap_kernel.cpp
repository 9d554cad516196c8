// The SOAP kernel, compiled once per instruction set (LPR_SET, vectors of LPR_WIDTH doubles).
// See soap_kernel.hpp for why nothing of the standard library's templates may be used here.
#include "soap_kernel.hpp"
#include "soap_blocks.hpp"

#include <math.h>
#include <string.h>

namespace lpr {

namespace {

struct Sizes {
  Index nMax, lCount, padded, radialRow;
};

double power(double base, double exponent) {
  if (exponent < 0 || exponent > 64 || exponent != floor(exponent))
    return pow(base, exponent);
  double result = 1;
  for (unsigned left = static_cast<unsigned>(exponent); left != 0; left >>= 1) {
    if (left & 1u)
      result *= base;
    base *= base;
  }
  return result;
}

// Cutoff function times radial scaling.
double radialWeight(const SoapPlan& plan, double r) {
  double weight = 1;
  const double onset = plan.cutoff - plan.cutoffWidth;
  if (r > onset)
    weight = 0.5 + 0.5 * cos(3.14159265358979323846 * (r - onset) / plan.cutoffWidth);
  if (plan.scaled)
    weight *= plan.rate / (plan.rate + power(r / plan.scale, plan.exponent));
  return weight;
}

// Fills work.neighbors with [unit x, unit y, unit z, r], grouped by species.
void groupNeighbors(const SoapBatch& batch, const SoapPlan& plan, const SoapWorkspace& work,
                    Index environment) {
  const Index start = static_cast<Index>(batch.offsets[environment]);
  const Index end = static_cast<Index>(batch.offsets[environment + 1]);
  const Index species = static_cast<Index>(plan.nSpecies);
  std::int32_t* ends = work.groupEnds;
  memset(ends, 0, (species + 1) * sizeof(std::int32_t));
  for (Index pair = start; pair < end; pair++)
    ends[batch.neighborSpecies[pair] + 1]++;
  for (Index a = 0; a < species; a++)
    ends[a + 1] += ends[a];
  // ends[a] is the start of group a now and becomes its end while the group fills; groups keep
  // gaps where a neighbour turns out to lie beyond the cutoff, closed by r = -1.
  for (Index pair = start; pair < end; pair++) {
    const double* vector = batch.vectors + 3 * pair;
    const double r = sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    double* entry = work.neighbors + 4 * static_cast<Index>(ends[batch.neighborSpecies[pair]]++);
    // Coincident atoms have no direction; every R_nl(0) with l > 0 is zero, so none is needed.
    const double inverse = r > 0 ? 1 / r : 0;
    entry[0] = vector[0] * inverse;
    entry[1] = vector[1] * inverse;
    entry[2] = vector[2] * inverse;
    entry[3] = r <= plan.cutoff ? r : -1;
  }
}

// One chunk of neighbours of one species, taken from `entries`.
struct Chunk {
  double x[SOAP_CHUNK], y[SOAP_CHUNK], z[SOAP_CHUNK], r[SOAP_CHUNK];
  Index count;
};

// Fills the chunk with neighbours inside the cutoff; returns the first entry not yet looked at.
Index fillChunk(Chunk& chunk, const double* entries, Index from, Index end) {
  chunk.count = 0;
  for (; from < end && chunk.count < SOAP_CHUNK; from++) {
    const double* entry = entries + 4 * from;
    if (entry[3] < 0)
      continue;
    const Index j = chunk.count++;
    chunk.x[j] = entry[0];
    chunk.y[j] = entry[1];
    chunk.z[j] = entry[2];
    chunk.r[j] = entry[3];
  }
  for (Index j = chunk.count; j < SOAP_CHUNK; j++)
    chunk.x[j] = chunk.y[j] = chunk.z[j] = chunk.r[j] = 0;
  return from;
}

// work.radial[j][l][n] = weight(r_j) R_nl(r_j) by the cubic Hermite table.
void fillRadial(const Chunk& chunk, const SoapPlan& plan, const SoapWorkspace& work,
                const Sizes& sizes) {
  const double inverseStep = 1 / plan.step;
  const Index lastInterval = plan.knots - 2;
  for (Index j = 0; j < chunk.count; j++) {
    const double position = chunk.r[j] * inverseStep;
    Index k = static_cast<Index>(position);
    k = k < lastInterval ? k : lastInterval;
    const double t = position - static_cast<double>(k);
    const double s = 1 - t;
    const double weight = radialWeight(plan, chunk.r[j]);
    const double h00 = weight * (1 + 2 * t) * s * s;
    const double h10 = weight * plan.step * t * s * s;
    const double h01 = weight * (3 - 2 * t) * t * t;
    const double h11 = -weight * plan.step * t * t * s;
    const Index row = sizes.radialRow;
    const double* value = plan.values + k * row;
    const double* slope = plan.derivatives + k * row;
    double* to = work.radial + j * row;
    Index i = 0;
    for (; i + W <= row; i += W)
      store(to + i, load(value + i) * h00 + load(slope + i) * h10 + load(value + row + i) * h01 +
                        load(slope + row + i) * h11);
    for (; i < row; i++)
      to[i] = value[i] * h00 + slope[i] * h10 + value[row + i] * h01 + slope[row + i] * h11;
  }
}

// work.harmonics[l^2 + l + m][j] = Y_lm of the unit vectors, W neighbours at a time.
void fillHarmonics(const Chunk& chunk, const SoapWorkspace& work, const Sizes& sizes) {
  const Index lCount = sizes.lCount;
  for (Index j = 0; j < chunk.count; j += W) {
    const Vec x = load(chunk.x + j);
    const Vec y = load(chunk.y + j);
    const Vec z = load(chunk.z + j);
    Vec cosine = broadcast(1);
    Vec sine = Vec{};
    double* to = work.harmonics + j;
    for (Index m = 0; m < lCount; m++) {
      if (m > 0) {
        const Vec next = cosine * x - sine * y;
        sine = sine * x + cosine * y;
        cosine = next;
      }
      Vec before = Vec{};
      Vec current = broadcast(work.legendreStart[m]);
      const double* a = work.legendreA + m * lCount;
      const double* b = work.legendreB + m * lCount;
      for (Index l = m;;) {
        const Index center = l * l + l;
        store(to + (center + m) * SOAP_CHUNK, current * cosine);
        if (m > 0)
          store(to + (center - m) * SOAP_CHUNK, current * sine);
        if (++l == lCount)
          break;
        const Vec next = a[l] * (z * current - b[l] * before);
        before = current;
        current = next;
      }
    }
  }
}

// c_nlm += sum over the chunk: for each l a (2l + 1) x nMax product with the neighbours inside.
void accumulateChunk(Index count, const SoapWorkspace& work, const Sizes& sizes, double* c) {
  for (Index l = 0; l < sizes.lCount; l++) {
    const Index rows = 2 * l + 1;
    const Index blocks = (rows + MAX_ROWS - 1) / MAX_ROWS;
    for (Index block = 0; block < blocks; block++) {
      const Index first = rows * block / blocks;
      const Index height = rows * (block + 1) / blocks - first;
      const double* left = work.harmonics + (l * l + first) * SOAP_CHUNK;
      const double* right = work.radial + l * sizes.nMax;
      double* to = c + (l * l + first) * sizes.padded;
      Index n = 0;
      for (; n + MAX_VECTORS * W <= sizes.padded; n += MAX_VECTORS * W)
        accumulateOf<MAX_VECTORS>(height)(left, right + n, sizes.radialRow, count, to + n,
                                          sizes.padded);
      if (n < sizes.padded)
        accumulateOf<1>(height)(left, right + n, sizes.radialRow, count, to + n, sizes.padded);
    }
  }
}

// Coefficients of species a; false when the environment has none.
bool expandSpecies(const SoapBatch& batch, const SoapPlan& plan, const SoapWorkspace& work,
                   const Sizes& sizes, Index environment, Index a) {
  const Index size = sizes.lCount * sizes.lCount * sizes.padded;
  double* c = work.coefficients + a * size;
  const Index end = static_cast<Index>(work.groupEnds[a]);
  Index from = a == 0 ? 0 : static_cast<Index>(work.groupEnds[a - 1]);
  const bool central =
      static_cast<Index>(batch.centerSpecies[environment]) == a && plan.centerWeight != 0;
  if (from == end && !central)
    return false;
  memset(c, 0, size * sizeof(double));
  Chunk chunk;
  while (from < end) {
    from = fillChunk(chunk, work.neighbors, from, end);
    if (chunk.count == 0)
      break;
    fillRadial(chunk, plan, work, sizes);
    fillHarmonics(chunk, work, sizes);
    accumulateChunk(chunk.count, work, sizes, c);
  }
  if (central) {
    const double weight = plan.centerWeight * work.legendreStart[0];
    for (Index n = 0; n < sizes.nMax; n++)
      c[n] += weight * plan.values[n];
  }
  return true;
}

// work.products[l][n][n'] = sum_m ca[l, m][n] cb[l, m][n'] factor / sqrt(2l + 1).
void contractPair(const double* ca, const double* cb, double factor, const SoapWorkspace& work,
                  const Sizes& sizes) {
  for (Index l = 0; l < sizes.lCount; l++) {
    const Index offset = l * l * sizes.padded;
    const Index count = 2 * l + 1;
    const double scale = factor / sqrt(static_cast<double>(count));
    double* to = work.products + l * sizes.nMax * sizes.padded;
    Index n = 0;
    for (; n + MAX_VECTORS * W <= sizes.padded; n += MAX_VECTORS * W)
      contractRows<MAX_VECTORS>(ca + offset, cb + offset + n, sizes.padded, count, scale, to + n,
                                sizes.nMax);
    if (n < sizes.padded)
      contractRows<1>(ca + offset, cb + offset + n, sizes.padded, count, scale, to + n, sizes.nMax);
  }
}

// Reorders the products to n, n', l with l fastest; returns the end of what was written.
double* writePair(bool symmetric, const SoapWorkspace& work, const Sizes& sizes, double* out) {
  const Index lStride = sizes.nMax * sizes.padded;
  for (Index n = 0; n < sizes.nMax; n++) {
    for (Index other = symmetric ? n : 0; other < sizes.nMax; other++) {
      const double* from = work.products + n * sizes.padded + other;
      const double factor = symmetric && other != n ? 1.4142135623730951 : 1.0;
      for (Index l = 0; l < sizes.lCount; l++)
        out[l] = factor * from[l * lStride];
      out += sizes.lCount;
    }
  }
  return out;
}

void normalize(double* row, Index count) {
  double norm2 = 0;
  Vec sums = Vec{};
  Index i = 0;
  for (; i + W <= count; i += W) {
    const Vec value = load(row + i);
    sums += value * value;
  }
  for (Index lane = 0; lane < W; lane++)
    norm2 += sums[lane];
  for (; i < count; i++)
    norm2 += row[i] * row[i];
  if (norm2 == 0)
    return;
  const double inverse = 1 / sqrt(norm2);
  for (i = 0; i < count; i++)
    row[i] *= inverse;
}

// The bindings admit at most 128 species.
constexpr Index MAX_SPECIES = 128;

} // namespace

#define LPR_JOIN_(a, b) a##b
#define LPR_JOIN(a, b) LPR_JOIN_(a, b)

void LPR_JOIN(soapKernel_, LPR_SET)(const SoapBatch& batch, const SoapPlan& plan,
                                    const SoapWorkspace& work, double* out) {
  const Index lCount = static_cast<Index>(plan.lMax) + 1;
  const Index nMax = static_cast<Index>(plan.nMax);
  const Sizes sizes{nMax, lCount, work.paddedN, lCount * nMax};
  const Index species = static_cast<Index>(plan.nSpecies);
  const Index coefficientSize = lCount * lCount * work.paddedN;
  bool present[MAX_SPECIES];
  for (Index environment = 0; environment < batch.environments; environment++) {
    groupNeighbors(batch, plan, work, environment);
    for (Index a = 0; a < species; a++)
      present[a] = expandSpecies(batch, plan, work, sizes, environment, a);
    double* const row = out;
    for (Index a = 0; a < species; a++) {
      for (Index b = a; b < species; b++) {
        const bool symmetric = plan.symmetric && a == b;
        if (present[a] && present[b]) {
          contractPair(work.coefficients + a * coefficientSize,
                       work.coefficients + b * coefficientSize, a == b ? 1.0 : 1.4142135623730951,
                       work, sizes);
          out = writePair(symmetric, work, sizes, out);
        } else {
          const Index pairs = symmetric ? nMax * (nMax + 1) / 2 : nMax * nMax;
          memset(out, 0, pairs * lCount * sizeof(double));
          out += pairs * lCount;
        }
      }
    }
    normalize(row, static_cast<Index>(out - row));
  }
}

} // namespace lpr
