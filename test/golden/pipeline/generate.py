"""Expected results of the pipeline golden, by plain numpy (see README.md).

Usage: python3 generate.py SOURCE.xyz.gz LPR_STUDIO
SOURCE is the self-made GaAs set; LPR_STUDIO is the command that runs the command line, used only
for the SOAP features (checked against librascal elsewhere). Writes the files beside this script.
"""

import json
import subprocess
import sys

import ase.io
import numpy as np
from numpy.linalg import eigh, lstsq, svd

source, command = sys.argv[1], sys.argv[2].split()
frames = ase.io.read(source, ":")
pick = {}
for i, f in enumerate(frames):
    pick.setdefault(f.info["config_type"], []).append(i)
train_index = [pick[k][j] for k in ("GaAs_crystal", "GaAs_liquid", "Ga3As_quenched", "GaAs3_quenched") for j in (0, 1)]
extra_index = [pick["Ga_quenched"][0], pick["As_quenched"][0]]
target_index = [pick["GaAs_zincblende"][0], pick["GaAs_amorphous"][0]]


def write(name, indices):
    out = []
    for i in indices:
        f = frames[i]
        g = ase.Atoms(f.get_chemical_symbols(), f.positions, cell=f.cell, pbc=True)
        g.info["energy"] = f.get_potential_energy()
        out.append(g)
    ase.io.write(name, out, columns=["symbols", "positions"])
    return ase.io.read(name, ":")


sets = {n: write(f"{n}.xyz", i) for n, i in (("train", train_index), ("extra", extra_index), ("target", target_index))}
soap = {"type": "soap", "basis": "gto", "cutoff": 4.0, "cutoffWidth": 0.5, "sigma": 0.5, "nMax": 4, "lMax": 3,
        "species": ["Ga", "As"]}
zeta, mu, p = 2, 1e-4, 0.5
rng = np.random.default_rng(7)
n_train = sum(map(len, sets["train"]))
active = sorted(int(i) for i in rng.choice(n_train, 40, replace=False))

features, species, offsets = {}, {}, {}
for name, structures in sets.items():
    subprocess.run(command + ["soap", f"{name}.xyz", "--hypers", json.dumps(soap), "--out", "x.npy"], check=True)
    features[name] = np.load("x.npy")
    species[name] = np.concatenate([s.numbers for s in structures])
    offsets[name] = np.cumsum([0] + [len(s) for s in structures])
subprocess.run(["rm", "x.npy"], check=True)

xm, sm = features["train"][active], species["train"][active]
kernel = lambda n: (features[n] @ xm.T) ** zeta * (species[n][:, None] == sm[None, :])
k_mm = (xm @ xm.T) ** zeta * (sm[:, None] == sm[None, :])
w, u = eigh(k_mm)
assert w.min() > 1e-10
whiten = u / np.sqrt(w)
phi = {n: kernel(n) @ whiten for n in sets}
rows = {n: np.add.reduceat(phi[n], offsets[n][:-1], axis=0) for n in sets}
counts = {n: np.diff(offsets[n]) for n in sets}
composition = {n: np.array([[np.sum(s.numbers == z) for z in (31, 33)] for s in sets[n]]) for n in sets}
energy = {n: np.array([s.get_potential_energy() for s in sets[n]]) for n in sets}

variants = {"baseline": [("train", i) for i in range(8)],
            "one left out": [("train", i) for i in range(1, 8)],
            "+ elements": [("train", i) for i in range(8)] + [("extra", 0), ("extra", 1)]}
expected = {"variants": {}, "active": active}
for name, members in variants.items():
    g = np.array([rows[d][i] for d, i in members])
    n = np.array([counts[d][i] for d, i in members])
    c = np.array([composition[d][i] for d, i in members])
    y = np.array([energy[d][i] for d, i in members])
    s = n ** -p
    base = lstsq(c * s[:, None], y * s, rcond=None)[0]
    u1, sv, vt = svd(g * s[:, None], full_matrices=True)
    s2 = np.zeros(vt.shape[0])
    s2[: len(sv)] = sv**2
    weights = vt[: len(sv)].T @ (sv / (sv**2 + mu) * (u1[:, : len(sv)].T @ (s * (y - c @ base))))
    f = phi["target"]
    lpr = 1 / (((f @ vt.T) ** 2 / (s2 + mu)).sum(1))
    local = f @ weights + base[(species["target"] == 33).astype(int)]
    residual = (g @ weights + c @ base - y) / n
    expected["variants"][name] = {"lpr": lpr.tolist(), "localEnergy": local.tolist(),
                                  "trainRmse": float(np.sqrt(np.mean(residual**2)))}

k = (features["target"] @ features["target"].T) ** zeta * (species["target"][:, None] == species["target"][None, :])
h = np.eye(len(k)) - 1 / len(k)
values, vectors = eigh(h @ k @ h)
order = np.argsort(values)[::-1][:2]
expected["map"] = np.abs(vectors[:, order] * np.sqrt(values[order])).tolist()
expected["explainedVariance"] = (values[order] / values.sum()).tolist()

selection = lambda d, s=None: {"dataset": d} if s is None else {"dataset": d, "structures": s}
project = {
    "version": 1,
    "datasets": {n: {"path": f"{n}.xyz"} for n in sets},
    "descriptor": soap,
    "model": {"type": "sparse-kernel", "zeta": zeta, "activeSet": {"method": "explicit", "from": ["train"], "indices": active},
              "regularizer": mu, "structureRows": "sqrt"},
    "variants": [{"name": "baseline", "train": [selection("train")]},
                 {"name": "one left out", "base": "baseline", "remove": [selection("train", [0])]},
                 {"name": "+ elements", "base": "baseline", "add": [selection("extra")]}],
    "targets": [selection("target")],
    "maps": [{"method": "kpca", "components": 2}],
}
json.dump(project, open("project.lpr.json", "w"), indent=1)
json.dump(expected, open("expected.json", "w"))
