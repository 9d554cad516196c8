// Which of the instruction sets the kernels were compiled for this processor can run.
#pragma once

namespace lpr {

enum class InstructionSet { baseline, avx2, avx512 };

InstructionSet bestInstructionSet();
const char* instructionSetName(InstructionSet set);

} // namespace lpr
