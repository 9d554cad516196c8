#include "cpu_features.hpp"

namespace lpr {

InstructionSet bestInstructionSet() {
#if defined(LPR_HAS_avx512)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return InstructionSet::avx512;
#endif
#if defined(LPR_HAS_avx2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return InstructionSet::avx2;
#endif
  return InstructionSet::baseline;
}

const char* instructionSetName(InstructionSet set) {
  switch (set) {
  case InstructionSet::avx512:
    return "AVX-512";
  case InstructionSet::avx2:
    return "AVX2";
  case InstructionSet::baseline:
    break;
  }
#if defined(__aarch64__) || defined(_M_ARM64)
  return "NEON";
#else
  return "SSE2";
#endif
}

} // namespace lpr
