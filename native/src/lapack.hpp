// BLAS by its C interface, LAPACK by its Fortran symbols (Debian's OpenBLAS has no LAPACKE).
// Everything Fortran is column-major: callers pass the transposed view of a row-major matrix.
#pragma once

#if defined(LPR_ACCELERATE)
#include <Accelerate/Accelerate.h>
#define LPR_CHAR_LENGTHS(...)
#else
#include <cblas.h>
#include <cstddef>

// gfortran passes the length of every CHARACTER argument by value at the end of the list.
#define LPR_CHAR_LENGTHS(...) , __VA_ARGS__

extern "C" {
void dgeqrf_(const int* m, const int* n, double* a, const int* lda, double* tau, double* work,
             const int* lwork, int* info);
void dpstrf_(const char* uplo, const int* n, double* a, const int* lda, int* piv, int* rank,
             const double* tol, double* work, int* info, std::size_t uploLength);
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info,
             std::size_t jobzLength, std::size_t uploLength);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s,
             double* u, const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork,
             int* iwork, int* info, std::size_t jobzLength);
}
#endif
