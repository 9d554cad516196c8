"""Makes cur.json with scikit-matter's sample_selection.CUR (pip install skmatter)."""

import json

import numpy as np
import scipy
import skmatter
from skmatter.sample_selection import CUR


def unit_rows(x):
    return x / np.linalg.norm(x, axis=1)[:, None]


def soap_like(rng, n, d, decay):
    x = rng.uniform(-1, 1, (n, d)) * decay ** np.arange(d)
    x[:, 0] = 1
    return unit_rows(x)


def select(x, size, k):
    selector = CUR(n_to_select=size, k=k)
    selector.fit(x)
    return [int(i) for i in selector.selected_idx_]


rng = np.random.default_rng(20180611)
cases = []
for n, d, size, k, decay in [
    (60, 8, 8, 1, None),
    (80, 12, 10, 1, 0.7),
    (80, 12, 6, 3, 0.8),
    (50, 20, 12, 2, None),
]:
    x = rng.standard_normal((n, d)) if decay is None else soap_like(rng, n, d, decay)
    x = np.round(x, 12)
    cases.append(
        {"k": k, "size": size, "zeta": 1, "features": x.tolist(), "selected": select(x, size, k)}
    )
# The kernel (x . y)^2 of 3 features has the six features below.
x = np.round(unit_rows(rng.standard_normal((40, 3))), 12)
pairs = [(a, b) for a in range(3) for b in range(a, 3)]
phi = np.stack([x[:, a] * x[:, b] * (1 if a == b else np.sqrt(2)) for a, b in pairs], axis=1)
cases.append({"k": 1, "size": 6, "zeta": 2, "features": x.tolist(), "selected": select(phi, 6, 1)})

print(np.__version__, scipy.__version__, getattr(skmatter, "__version__", "?"))
with open("cur.json", "w") as handle:
    json.dump({"cases": cases}, handle, separators=(",", ":"))
