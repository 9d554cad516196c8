// Registration only. No state: the addon can be loaded by any number of worker_threads.
#include "arguments.hpp"
#include "bindings.hpp"

namespace {

template <Napi::Value (*Body)(const Napi::CallbackInfo&)>
Napi::Value call(const Napi::CallbackInfo& info) {
  return lpr::guarded(info, Body);
}

template <Napi::Value (*Body)(const Napi::CallbackInfo&)>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New(env, call<Body>, name));
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  add<lpr::describeNative>(env, exports, "describe");
  add<lpr::setThreadsBinding>(env, exports, "setThreads");
  add<lpr::gemmBinding>(env, exports, "gemm");
  add<lpr::pivotedCholeskyBinding>(env, exports, "pivotedCholesky");
  add<lpr::qrUpperBinding>(env, exports, "qrUpper");
  add<lpr::solveTriangularBinding>(env, exports, "solveTriangular");
  add<lpr::symmetricEigenBinding>(env, exports, "symmetricEigen");
  add<lpr::thinSvdBinding>(env, exports, "thinSvd");
  add<lpr::polynomialKernelBinding>(env, exports, "polynomialKernel");
  add<lpr::polynomialKernelSumsBinding>(env, exports, "polynomialKernelSums");
  add<lpr::soapPowerSpectrumBinding>(env, exports, "soapPowerSpectrum");
  return exports;
}

} // namespace

NODE_API_MODULE(lpr_native, initialize)
