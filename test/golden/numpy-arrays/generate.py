"""Writes the arrays that test/src/formats/npy.test.ts reads. Needs numpy."""

import numpy as np

ramp = np.arange(6).reshape(2, 3)
np.save("f8.npy", ramp + 0.5)
np.save("f4.npy", (ramp + 0.5).astype("<f4"))
np.save("big_endian.npy", (ramp + 0.5).astype(">f8"))
np.save("fortran.npy", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
np.save("i8.npy", ramp.astype("<i8") - 3)
np.save("i4.npy", ramp.astype("<i4") - 3)
np.save("u1.npy", ramp.astype("u1"))
np.save("bool.npy", ramp % 2 == 1)
np.save("scalar.npy", np.float64(2.5))
np.save("empty.npy", np.zeros((0, 4)))
np.save("vector.npy", np.array([1.0, np.nan, np.inf]))
np.save("complex.npy", np.array([1j]))
np.save("text.npy", np.array(["a"]))
np.save("huge_integer.npy", np.array([2**60]))
np.savez("stored.npz", lpr=ramp + 0.5, index=ramp.astype("<i4"))
np.savez_compressed("deflated.npz", lpr=ramp + 0.5, index=ramp.astype("<i4"))
np.savez_compressed(
    "mixed.npz",
    species=np.array(["C"] * 4),
    features=np.asfortranarray(np.arange(8.0, dtype="f4").reshape(4, 2)),
    structures=np.array(["a", "a", "b", "b"]),
)
np.savez("words.npz", species=np.array(["C"]))
