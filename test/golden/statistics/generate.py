"""Makes trend.json with scipy.stats."""

import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(17)
cases = []
for n, slope, spread, digits in [(40, -1.0, 0.2, 12), (12, 0.5, 1.0, 1), (200, -0.7, 0.8, 2)]:
    x = np.round(10 ** rng.uniform(-2, 2, n), digits) + 0.1
    y = x**slope * 10 ** rng.normal(0, spread, n)
    y = np.round(y, digits) + 0.1
    fit = stats.linregress(np.log10(x), np.log10(y))
    cases.append(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "slope": fit.slope,
            "intercept": fit.intercept,
            "pearson": stats.pearsonr(np.log10(x), np.log10(y)).statistic,
            "spearman": stats.spearmanr(x, y).statistic,
            "pearson_linear": stats.pearsonr(x, y).statistic,
        }
    )
with open("trend.json", "w") as handle:
    json.dump({"cases": cases}, handle, separators=(",", ":"))
