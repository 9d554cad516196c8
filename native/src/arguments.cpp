#include "arguments.hpp"

#include <cmath>
#include <new>

namespace lpr {

namespace {

std::string describe(std::size_t rows, std::size_t cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

// A typed array over any buffer, SharedArrayBuffer included: Napi::TypedArray would ask for the
// ArrayBuffer, which Node 20's N-API does not hand out for shared memory.
template <typename T>
Span<T> readTypedArray(const Napi::Value& value, const std::string& name, napi_typedarray_type type,
                       const char* typeName) {
  const Napi::Env env = value.Env();
  require(env, value.IsTypedArray(), INVALID_PARAMETER, name + " must be a " + typeName);
  napi_typedarray_type found = napi_int8_array;
  std::size_t length = 0;
  void* data = nullptr;
  const napi_status status =
      napi_get_typedarray_info(env, value, &found, &length, &data, nullptr, nullptr);
  require(env, status == napi_ok && found == type, INVALID_PARAMETER,
          name + " must be a " + typeName);
  return {static_cast<T*>(data), length};
}

} // namespace

void fail(Napi::Env env, const char* code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  throw error;
}

void require(Napi::Env env, bool condition, const char* code, const std::string& message) {
  if (!condition)
    fail(env, code, message);
}

void requireOk(Napi::Env env, Status status, const std::string& subject) {
  switch (status) {
  case Status::ok:
    return;
  case Status::notFinite:
    fail(env, "NO_CONVERGENCE", subject + ": the matrix holds a value that is not finite");
  case Status::zeroDiagonal:
    fail(env, "NOT_POSITIVE_DEFINITE",
         subject + ": the triangular factor has a zero on its diagonal");
  case Status::noConvergence:
    fail(env, "NO_CONVERGENCE", subject + ": the LAPACK iteration did not converge");
  case Status::tooLarge:
    fail(env, "OUT_OF_MEMORY", subject + ": the problem exceeds LAPACK's 32-bit indices");
  }
}

Napi::Value guarded(const Napi::CallbackInfo& info,
                    Napi::Value (*body)(const Napi::CallbackInfo&)) {
  try {
    return body(info);
  } catch (const std::bad_alloc&) {
    fail(info.Env(), "OUT_OF_MEMORY", "not enough memory for the native work space");
  }
}

double readNumber(const Napi::Value& value, const std::string& name) {
  require(value.Env(), value.IsNumber(), INVALID_PARAMETER, name + " must be a number");
  const double number = value.As<Napi::Number>().DoubleValue();
  require(value.Env(), std::isfinite(number), INVALID_PARAMETER, name + " must be finite");
  return number;
}

std::int64_t readInteger(const Napi::Value& value, const std::string& name, std::int64_t minimum,
                         std::int64_t maximum) {
  const double number = readNumber(value, name);
  const bool valid = number == std::floor(number) && number >= static_cast<double>(minimum) &&
                     number <= static_cast<double>(maximum);
  require(value.Env(), valid, INVALID_PARAMETER,
          name + " must be an integer from " + std::to_string(minimum) + " to " +
              std::to_string(maximum));
  return static_cast<std::int64_t>(number);
}

bool readBoolean(const Napi::Value& value, const std::string& name) {
  require(value.Env(), value.IsBoolean(), INVALID_PARAMETER, name + " must be true or false");
  return value.As<Napi::Boolean>().Value();
}

std::string readString(const Napi::Value& value, const std::string& name) {
  require(value.Env(), value.IsString(), INVALID_PARAMETER, name + " must be a string");
  return value.As<Napi::String>().Utf8Value();
}

Napi::Object readObject(const Napi::Value& value, const std::string& name) {
  require(value.Env(), value.IsObject(), INVALID_PARAMETER, name + " must be an object");
  return value.As<Napi::Object>();
}

Span<double> readFloat64Array(const Napi::Value& value, const std::string& name) {
  return readTypedArray<double>(value, name, napi_float64_array, "Float64Array");
}

Span<std::int32_t> readInt32Array(const Napi::Value& value, const std::string& name) {
  return readTypedArray<std::int32_t>(value, name, napi_int32_array, "Int32Array");
}

Span<std::uint8_t> readUint8Array(const Napi::Value& value, const std::string& name) {
  return readTypedArray<std::uint8_t>(value, name, napi_uint8_array, "Uint8Array");
}

Matrix readMatrix(const Napi::Value& value, const std::string& name) {
  constexpr std::int64_t most = std::int64_t{1} << 31;
  const Napi::Object object = readObject(value, name);
  const auto rows =
      static_cast<std::size_t>(readInteger(object.Get("rows"), name + ".rows", 0, most));
  const auto cols =
      static_cast<std::size_t>(readInteger(object.Get("cols"), name + ".cols", 0, most));
  const Span<double> data = readFloat64Array(object.Get("data"), name + ".data");
  require(value.Env(), data.length == rows * cols, INCOMPATIBLE_SHAPE,
          name + " is " + describe(rows, cols) + " but has " + std::to_string(data.length) +
              " values");
  return {rows, cols, data.data};
}

void requireShape(Napi::Env env, const Matrix& matrix, std::size_t rows, std::size_t cols,
                  const std::string& name) {
  require(env, matrix.rows == rows && matrix.cols == cols, INCOMPATIBLE_SHAPE,
          name + " is " + describe(matrix.rows, matrix.cols) + ", expected " +
              describe(rows, cols));
}

void requireOffsets(Napi::Env env, Span<std::int32_t> offsets, std::size_t end,
                    const std::string& name) {
  require(env, offsets.length >= 1 && offsets.data[0] == 0, INCOMPATIBLE_SHAPE,
          name + " must begin with 0");
  for (std::size_t i = 1; i < offsets.length; i++) {
    require(env, offsets.data[i] >= offsets.data[i - 1], INCOMPATIBLE_SHAPE,
            name + " must not decrease (entry " + std::to_string(i) + ")");
  }
  const auto last = static_cast<std::size_t>(offsets.data[offsets.length - 1]);
  require(env, last == end, INCOMPATIBLE_SHAPE,
          name + " ends at " + std::to_string(last) + ", expected " + std::to_string(end));
}

} // namespace lpr
