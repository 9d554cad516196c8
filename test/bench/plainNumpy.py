"""LPR the plain way: H = K^T K + mu K_MM, explicit inverse, one einsum. For comparison only."""

import json
import sys
import time

import numpy as np

with np.load(sys.argv[1]) as data:
    rows, active, targets, mu = (data[k] for k in ("rows", "active", "targets", "mu"))
start = time.perf_counter()
hessian = rows.T @ rows + mu[0] * active
inverse = np.linalg.inv(hessian)
lpr = 1 / np.einsum("ij,jk,ik->i", targets, inverse, targets, optimize=True)
seconds = time.perf_counter() - start

# What one more structure changes: everything anew.
start = time.perf_counter()
more = np.vstack([rows, rows[:1]])
inverse = np.linalg.inv(more.T @ more + mu[0] * active)
1 / np.einsum("ij,jk,ik->i", targets, inverse, targets, optimize=True)
again = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "again": again, "lpr": lpr.tolist()}))
