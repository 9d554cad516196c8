// Row-major views on memory that JavaScript owns.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lpr {

struct Matrix {
  std::size_t rows;
  std::size_t cols;
  double* data;

  std::size_t size() const { return rows * cols; }
};

} // namespace lpr
