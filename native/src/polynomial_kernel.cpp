#include "polynomial_kernel.hpp"

#include "lapack.hpp"

#include <algorithm>
#include <climits>
#include <cstring>
#include <vector>

namespace lpr {

namespace {

// One product tile is TILE_ROWS x (at most) TILE_COLS: 256 KiB, within the L2 cache. The row count
// is always exactly TILE_ROWS (short tiles are padded with zeros), so that the digits of an entry
// do not depend on how a caller splits the rows of x into shards.
constexpr std::size_t TILE_ROWS = 64;
constexpr std::size_t TILE_COLS = 512;
// Up to this many columns one pass of dot products beats packing for dgemm.
constexpr std::size_t FEW_COLUMNS = 4;
constexpr std::size_t SPECIES_COUNT = 256;

using RowLists = std::vector<std::vector<std::uint32_t>>;

RowLists rowsBySpecies(const LabelledRows& rows) {
  RowLists lists(SPECIES_COUNT);
  for (std::size_t i = 0; i < rows.features.rows; i++)
    lists[rows.species[i]].push_back(static_cast<std::uint32_t>(i));
  return lists;
}

void raise(double* values, std::size_t count, std::uint32_t zeta, std::vector<double>& scratch) {
  if (zeta == 1)
    return;
  // x^zeta by squaring, a row at a time so that every step vectorises.
  while ((zeta & 1u) == 0) {
    for (std::size_t j = 0; j < count; j++)
      values[j] *= values[j];
    zeta >>= 1;
  }
  if (zeta == 1)
    return;
  scratch.assign(values, values + count);
  double* square = scratch.data();
  for (zeta >>= 1; zeta != 0; zeta >>= 1) {
    const bool take = (zeta & 1u) != 0;
    for (std::size_t j = 0; j < count; j++) {
      square[j] *= square[j];
      if (take)
        values[j] *= square[j];
    }
  }
}

// Rows of one species, contiguous: a view where they already are, a copy where not.
class PackedRows {
public:
  PackedRows(const Matrix& features, const std::vector<std::uint32_t>& rows) {
    const std::size_t depth = features.cols;
    if (rows.back() - rows.front() + 1 == rows.size()) {
      data_ = features.data + rows.front() * depth;
      return;
    }
    copy_.resize(rows.size() * depth);
    for (std::size_t i = 0; i < rows.size(); i++)
      std::copy_n(features.data + rows[i] * depth, depth, copy_.data() + i * depth);
    data_ = copy_.data();
  }

  const double* data() const { return data_; }

private:
  std::vector<double> copy_;
  const double* data_ = nullptr;
};

double dot(const double* a, const double* b, std::size_t count) {
  // Eight fixed partial sums: vectorisable without -ffast-math and always added in one order.
  double partial[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  std::size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (std::size_t lane = 0; lane < 8; lane++)
      partial[lane] += a[k + lane] * b[k + lane];
  }
  for (; k < count; k++)
    partial[k & 7] += a[k] * b[k];
  return ((partial[0] + partial[4]) + (partial[2] + partial[6])) +
         ((partial[1] + partial[5]) + (partial[3] + partial[7]));
}

// Calls sink(rowOfX, columnsOfY, values, count) for every row of every tile of equal species, rows
// of one species in ascending order.
template <typename Sink>
void forEachTile(const LabelledRows& x, const LabelledRows& y, std::uint32_t zeta, Sink sink) {
  const std::size_t depth = x.features.cols;
  const RowLists xLists = rowsBySpecies(x);
  const RowLists yLists = rowsBySpecies(y);
  std::vector<double> rows(TILE_ROWS * depth);
  std::vector<double> tile(TILE_ROWS * std::min(TILE_COLS, y.features.rows));
  std::vector<double> scratch;
  for (std::size_t species = 0; species < SPECIES_COUNT; species++) {
    const auto& xRows = xLists[species];
    const auto& yRows = yLists[species];
    if (xRows.empty() || yRows.empty())
      continue;
    const PackedRows packed(y.features, yRows);
    for (std::size_t start = 0; start < xRows.size(); start += TILE_ROWS) {
      const std::size_t height = std::min(TILE_ROWS, xRows.size() - start);
      const bool few = yRows.size() <= FEW_COLUMNS;
      const double* left = rows.data();
      const bool contiguous = xRows[start + height - 1] - xRows[start] + 1 == height;
      if (contiguous && (height == TILE_ROWS || few)) {
        left = x.features.data + xRows[start] * depth;
      } else {
        for (std::size_t i = 0; i < height; i++)
          std::copy_n(x.features.data + xRows[start + i] * depth, depth, rows.data() + i * depth);
        std::fill(rows.begin() + static_cast<std::ptrdiff_t>(height * depth), rows.end(), 0.0);
      }
      for (std::size_t col = 0; col < yRows.size(); col += TILE_COLS) {
        const std::size_t width = std::min(TILE_COLS, yRows.size() - col);
        const double* right = packed.data() + col * depth;
        if (depth == 0) {
          std::fill(tile.begin(), tile.end(), 0.0);
        } else if (few) {
          for (std::size_t i = 0; i < height; i++) {
            for (std::size_t j = 0; j < width; j++)
              tile[i * width + j] = dot(left + i * depth, right + j * depth, depth);
          }
        } else {
          cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, static_cast<int>(TILE_ROWS),
                      static_cast<int>(width), static_cast<int>(depth), 1.0, left,
                      static_cast<int>(depth), right, static_cast<int>(depth), 0.0, tile.data(),
                      static_cast<int>(width));
        }
        for (std::size_t i = 0; i < height; i++) {
          double* values = tile.data() + i * width;
          raise(values, width, zeta, scratch);
          sink(xRows[start + i], yRows.data() + col, values, width);
        }
      }
    }
  }
}

bool fits(const LabelledRows& x, const LabelledRows& y) {
  return x.features.rows <= UINT32_MAX && y.features.rows <= UINT32_MAX &&
         x.features.cols <= INT_MAX;
}

} // namespace

Status polynomialKernel(const LabelledRows& x, const LabelledRows& y, std::uint32_t zeta,
                        const Matrix& out) {
  if (!fits(x, y))
    return Status::tooLarge;
  std::fill_n(out.data, out.size(), 0.0);
  if (out.size() == 0)
    return Status::ok;
  forEachTile(
      x, y, zeta,
      [&out](std::size_t row, const std::uint32_t* cols, const double* values, std::size_t count) {
        double* target = out.data + row * out.cols;
        for (std::size_t j = 0; j < count; j++)
          target[cols[j]] = values[j];
      });
  return Status::ok;
}

Status polynomialKernelSums(const LabelledRows& x, const std::int32_t* offsets, std::size_t groups,
                            const LabelledRows& y, std::uint32_t zeta, const Matrix& out) {
  if (!fits(x, y))
    return Status::tooLarge;
  std::fill_n(out.data, out.size(), 0.0);
  if (out.size() == 0 || x.features.rows == 0)
    return Status::ok;
  std::vector<std::size_t> groupOf(x.features.rows);
  for (std::size_t group = 0; group < groups; group++) {
    for (auto row = offsets[group]; row < offsets[group + 1]; row++)
      groupOf[static_cast<std::size_t>(row)] = group;
  }
  // A column belongs to one species, whose rows arrive in ascending order: the order of every sum
  // is fixed.
  forEachTile(x, y, zeta,
              [&out, &groupOf](std::size_t row, const std::uint32_t* cols, const double* values,
                               std::size_t count) {
                double* target = out.data + groupOf[row] * out.cols;
                for (std::size_t j = 0; j < count; j++)
                  target[cols[j]] += values[j];
              });
  return Status::ok;
}

} // namespace lpr
