"""Makes regularizer.json: log evidence by the dense Gaussian density (mpmath, 60 digits)."""

import json

import mpmath as mp
import numpy as np

mp.mp.dps = 60


def dense_log_density(rows, targets, mu):
    """log N(y | 0, s2 (I + Phi Phi^T / mu)), s2 its maximum-likelihood value."""
    n = len(rows)
    phi = mp.matrix(rows)
    y = mp.matrix(targets)
    c = mp.eye(n) + phi * phi.T / mp.mpf(mu)
    quadratic = (y.T * mp.lu_solve(c, y))[0]
    s2 = quadratic / n
    value = -mp.mpf(n) / 2 * mp.log(2 * mp.pi * s2) - mp.log(mp.det(c)) / 2 - quadratic / (2 * s2)
    return float(value), float(s2)


rng = np.random.default_rng(20260212)
cases = []
for n, d, noise, decay in [(14, 5, 0.3, 0.7), (8, 12, 0.1, 0.8), (10, 10, 1e-3, 0.2)]:
    rows = rng.standard_normal((n, d)) * decay ** np.arange(d)
    targets = rows @ rng.standard_normal(d) + noise * rng.standard_normal(n)
    mus = [1e-8, 1e-4, 1e-2, 0.3, 10.0]
    pairs = [dense_log_density(rows.tolist(), targets.tolist(), mu) for mu in mus]

    def negative(x):
        return -dense_log_density(rows.tolist(), targets.tolist(), mp.e ** x)[0]

    grid = np.linspace(-25, 10, 141)
    values = [negative(x) for x in grid]
    i = int(np.argmin(values))
    a, b = grid[max(i - 1, 0)], grid[min(i + 1, 140)]
    for _ in range(60):
        p, q = a + (b - a) / 3, b - (b - a) / 3
        if negative(p) < negative(q):
            b = q
        else:
            a = p
    cases.append(
        {
            "rows": rows.tolist(),
            "targets": targets.tolist(),
            "mus": mus,
            "log_evidence": [p[0] for p in pairs],
            "noise_variance": [p[1] for p in pairs],
            "best_mu": float(np.exp((a + b) / 2)),
            "best_log_evidence": -negative((a + b) / 2),
        }
    )
print([(c["best_mu"], c["best_log_evidence"]) for c in cases])
with open("regularizer.json", "w") as handle:
    json.dump({"cases": cases}, handle, separators=(",", ":"))
