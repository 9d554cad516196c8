/**
 * Units. Lengths are Å, energies eV, masses g/mol (= atomic mass units) everywhere in `src`;
 * conversions happen only here.
 */

/**
 * Grams per cubic centimetre in one atomic mass unit per Å³: 1.66053906892 (CODATA 2022, atomic
 * mass constant 1.660 539 068 92(52) × 10⁻²⁷ kg).
 */
export const GRAM_PER_CM3_IN_AMU_PER_CUBIC_ANGSTROM = 1.66053906892;
