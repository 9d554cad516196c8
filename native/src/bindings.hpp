// The JavaScript face of every compute function; addon.cpp registers them.
#pragma once

#include <napi.h>

namespace lpr {

Napi::Value describeNative(const Napi::CallbackInfo& info);
Napi::Value setThreadsBinding(const Napi::CallbackInfo& info);
Napi::Value gemmBinding(const Napi::CallbackInfo& info);
Napi::Value pivotedCholeskyBinding(const Napi::CallbackInfo& info);
Napi::Value qrUpperBinding(const Napi::CallbackInfo& info);
Napi::Value solveTriangularBinding(const Napi::CallbackInfo& info);
Napi::Value symmetricEigenBinding(const Napi::CallbackInfo& info);
Napi::Value thinSvdBinding(const Napi::CallbackInfo& info);
Napi::Value polynomialKernelBinding(const Napi::CallbackInfo& info);
Napi::Value polynomialKernelSumsBinding(const Napi::CallbackInfo& info);
Napi::Value soapPowerSpectrumBinding(const Napi::CallbackInfo& info);

} // namespace lpr
