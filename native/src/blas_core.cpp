// Helps OpenBLAS recognise processors that are newer than itself: it goes by model numbers, and
// version 0.3.21 runs its 2004 kernels on an Intel processor of 2023, at a seventh of the speed.
// The choice made here by features is the one it makes itself for the models that it knows.
#if defined(__linux__) && defined(__x86_64__)

#include <cstdlib>

namespace {

const char* coreName() {
  __builtin_cpu_init(); // constructors may run before the compiler's own initialisation
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512cd"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return __builtin_cpu_is("amd") ? "Zen" : "Haswell";
  return nullptr;
}

// Priority 101 comes before OpenBLAS's own constructor, which reads the variable. A value set by
// the user stays.
__attribute__((constructor(101))) void nameBlasCore() {
  const char* name = coreName();
  if (name != nullptr)
    setenv("OPENBLAS_CORETYPE", name, 0);
}

} // namespace

#endif
