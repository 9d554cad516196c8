"""Makes ill_conditioned.json: features with a steep spectrum, LPR by scikit-matter (double precision) and
by its own formula in 60-digit arithmetic (mpmath, plain inverse, no truncation)."""

import json

import mpmath as mp
import numpy as np
from skmatter.metrics import local_prediction_rigidity

mp.mp.dps = 60
rng = np.random.default_rng(929)
d = 10
turn = np.linalg.qr(rng.standard_normal((d, d)))[0]


def environments(n):
    """Small directions are not along the axes: a graded C would keep its digits."""
    return rng.standard_normal((n, d)) * 0.15 ** np.arange(d) @ turn


train = [environments(n) for n in (3, 4, 2, 5, 3, 4, 2, 3, 4, 5, 3, 2)]
test = [environments(4)]
cases = []
for alpha in (1e-6, 1e-10, 1e-13):
    stacked = [[mp.mpf(float(v)) for v in row] for block in train for row in block]
    s2 = sum(v * v for row in stacked for v in row) / len(stacked)
    rows = mp.matrix(len(train), d)
    for a, block in enumerate(train):
        for j in range(d):
            rows[a, j] = sum(mp.mpf(float(v)) for v in block[:, j]) / len(block) / mp.sqrt(s2)
    c = rows.T * rows + mp.mpf(alpha) * mp.eye(d)
    exact = []
    for x in test[0]:
        v = mp.matrix([mp.mpf(float(t)) / mp.sqrt(s2) for t in x])
        exact.append(float(1 / (v.T * mp.lu_solve(c, v))[0]))
    lpr, rank_diff = local_prediction_rigidity(train, test, alpha)
    error = float(np.max(np.abs(lpr[0] / np.array(exact) - 1)))
    print(alpha, rank_diff, error)
    cases.append(
        {
            "alpha": alpha,
            "LPR_mp60": exact,
            "LPR_skmatter": lpr[0].tolist(),
            "max_rel_err_skmatter": error,
            "rank_diff": int(rank_diff),
        }
    )
data = {"X_train": [x.tolist() for x in train], "X_test": [x.tolist() for x in test], "cases": cases}
with open("ill_conditioned.json", "w") as handle:
    json.dump(data, handle, separators=(",", ":"))
