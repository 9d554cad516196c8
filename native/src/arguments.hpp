// Checked reading of JavaScript arguments. Every failure is a JS Error with a `code` that the
// loader turns into a StudioError.
#pragma once

#include "matrix.hpp"
#include "status.hpp"

#include <napi.h>

#include <string>

namespace lpr {

constexpr const char* INCOMPATIBLE_SHAPE = "INCOMPATIBLE_SHAPE";
constexpr const char* INVALID_PARAMETER = "INVALID_PARAMETER";

[[noreturn]] void fail(Napi::Env env, const char* code, const std::string& message);
void require(Napi::Env env, bool condition, const char* code, const std::string& message);
// Throws for everything but Status::ok; `subject` begins the message.
void requireOk(Napi::Env env, Status status, const std::string& subject);
// Runs `body`, turning std::bad_alloc into an OUT_OF_MEMORY error.
Napi::Value guarded(const Napi::CallbackInfo& info, Napi::Value (*body)(const Napi::CallbackInfo&));

double readNumber(const Napi::Value& value, const std::string& name);
// An integer in [minimum, maximum].
std::int64_t readInteger(const Napi::Value& value, const std::string& name, std::int64_t minimum,
                         std::int64_t maximum);
bool readBoolean(const Napi::Value& value, const std::string& name);
std::string readString(const Napi::Value& value, const std::string& name);
Napi::Object readObject(const Napi::Value& value, const std::string& name);

template <typename T>
struct Span {
  T* data;
  std::size_t length;
};

Span<double> readFloat64Array(const Napi::Value& value, const std::string& name);
Span<std::int32_t> readInt32Array(const Napi::Value& value, const std::string& name);
Span<std::uint8_t> readUint8Array(const Napi::Value& value, const std::string& name);
// {rows, cols, data: Float64Array of length rows * cols}
Matrix readMatrix(const Napi::Value& value, const std::string& name);

void requireShape(Napi::Env env, const Matrix& matrix, std::size_t rows, std::size_t cols,
                  const std::string& name);
// Checks a non-decreasing list of offsets from 0 to `end`.
void requireOffsets(Napi::Env env, Span<std::int32_t> offsets, std::size_t end,
                    const std::string& name);

} // namespace lpr
