"""Recorded oracle numbers for the tests of agreement, audit and comparison: statistics.json.

Run with Python 3.11.7, numpy 1.26.4, scipy 1.12.0, pandas 2.3.3, statsmodels 0.15.0,
krippendorff 0.9.0, irrCAC 0.4.4, ppi-python 0.2.3 (irrCAC wants an old coverage, numba a new one):

    python3 -m venv venv
    venv/bin/pip install numpy==1.26.4 scipy==1.12.0 pandas==2.3.3 statsmodels==0.15.0 \
        krippendorff==0.9.0 irrCAC==0.4.4 ppi-python==0.2.3
    venv/bin/pip install --upgrade "coverage>=7"
    venv/bin/python statistics.py

It writes statistics.json beside itself. Everything is seeded.
"""
import json
import pathlib
import sys
import warnings

# This file has the name of a module of the standard library: the library's must be found first.
sys.path = sys.path[1:] + sys.path[:1]

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from scipy.optimize import minimize
from scipy.stats import chi2_contingency, norm
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).resolve().parent


def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple, np.ndarray)):
        return [plain(x) for x in v]
    if isinstance(v, (float, np.floating, np.integer)):
        v = v.item() if isinstance(v, np.generic) else v
        return None if v != v else int(v) if v == int(v) else v
    return v


# ---------------------------------------------------------------- agreement

def agreement(name, text):
    codes = np.array([[np.nan if v in ".*" else float(v) - 1 for v in row.split()] for row in text])
    found = CAC(pd.DataFrame(codes.T), digits=12).gwet()["est"]
    level = lambda of: krippendorff.alpha(reliability_data=codes, level_of_measurement=of)
    return {"name": name, "codes": codes, "alpha_nominal": level("nominal"),
            "alpha_ordinal": level("ordinal"), "percent_agreement": found["pa"],
            "ac1": found["coefficient_value"]}


def agreements():
    known = agreement("krippendorff_2011", [
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."])
    assert abs(known["alpha_nominal"] - 0.743421) < 5e-7
    assert abs(known["ac1"] - 0.77544) < 5e-6
    three = agreement("three_coders", [
        "* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *",
        "* * 2 1 3 4 4 * 2 1 1 3 3 * 4"])
    assert abs(three["alpha_nominal"] - 0.691358) < 5e-7
    # one label is nearly all: alpha is low, AC1 is not
    skewed = agreement("skewed", ["1 " * 36 + "2 1 1 2", "1 " * 36 + "1 2 1 2"])
    assert skewed["alpha_nominal"] < 0.5 < 0.9 < skewed["ac1"]
    return [known, three, skewed]


# ---------------------------------------------------------------- prediction-powered inference

def powered(name, y, f, u):
    interval = lambda lam: np.array(ppi_mean_ci(y, f, u, alpha=0.05, lam=lam)).ravel()
    point = lambda lam: np.asarray(ppi_mean_pointestimate(y, f, u, lam=lam)).item()
    return {"name": name, "labels": y, "predicted": f, "unlabelled": u,
            "tuned": [point(None), *interval(None)], "plain": [point(1), *interval(1)],
            "hand": [point(0), *interval(0)]}


def powereds():
    known = powered(
        "landscape", np.array([1, 0, 0, 1, 0, 1, 0, 0, 1, 0.]),
        np.array([.8, .3, .2, .6, .4, .7, .1, .5, .4, .2]),
        np.array([.9, .1, .3, .6, .2, .8, .5, .4, .1, .7, .2, .3, .6, .1, .4, .5, .2, .9, .3, .1]))
    rng = np.random.default_rng(31)
    out = [known]
    for name, tilt in [("good_model", 3.0), ("weak_model", 0.5), ("wrong_model", -2.0)]:
        truth = (rng.random(200) < 0.3).astype(float)
        p = np.round(1 / (1 + np.exp(-(tilt * (truth - 0.5) + rng.normal(size=200)))), 3)
        out.append(powered(name, truth[:40], p[:40], p[40:]))
    return out


# ---------------------------------------------------------------- quantification

def adjusted(matrix, counted):
    """Shares p on the simplex that bring matrix @ p nearest to the counted shares."""
    k = len(counted)
    best = minimize(lambda p: np.sum((matrix @ p - counted) ** 2), np.full(k, 1 / k),
                    jac=lambda p: 2 * matrix.T @ (matrix @ p - counted), method="SLSQP",
                    bounds=[(0, 1)] * k, tol=1e-14, options={"maxiter": 1000},
                    constraints={"type": "eq", "fun": lambda p: p.sum() - 1})
    return best.x


def saerens(p, prior):
    q = np.array(prior, dtype=float)
    for _ in range(100_000):
        r = p * (q / prior)
        new = (r / r.sum(1, keepdims=True)).mean(0)
        if np.abs(new - q).max() < 1e-12:
            break
        q = new
    return q


def quantifications():
    matrix = np.array([[.80, .10, .10], [.05, .75, .15], [.15, .15, .75]])
    inside, outside = np.array([.30, .25, .45]), np.array([.06, .20, .74])
    found = adjusted(matrix, inside)
    assert np.abs(found - [0.285714, 0.214286, 0.5]).max() < 1e-6
    binary = np.array([.9, .8, .2, .3, .6, .1, .05, .4])
    two = np.column_stack([1 - binary, binary])
    assert abs(saerens(two, np.array([.7, .3]))[1] - 0.65414) < 1e-4
    rng = np.random.default_rng(41)
    three = np.round(rng.dirichlet([1.0, 0.6, 0.4], size=60), 4)
    three /= three.sum(1, keepdims=True)
    return {"adjusted": [{"matrix": matrix, "counted": c, "shares": adjusted(matrix, c)}
                         for c in (inside, outside)],
            "maximised": [{"probabilities": p, "prior": q, "shares": saerens(p, np.array(q))}
                          for p, q in ((two, [.7, .3]), (three, [.5, .3, .2]))]}


# ---------------------------------------------------------------- tests of many figures

def comparisons():
    p = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.9])
    tables = [[[30, 10, 5], [22, 14, 9]], [[8, 2], [3, 9], [5, 5]]]
    z = np.array([0, 0.5, 1, 1.644854, 1.959964, 2.575829, 3.5, -2.2])
    return {"p": p, "holm": multipletests(p, method="holm")[1],
            "benjamini_hochberg": multipletests(p, method="fdr_bh")[1],
            "tables": [{"counts": t, "chi_squared": chi2_contingency(t, correction=False)[0]}
                       for t in tables],
            "z": z, "two_sided": 2 * norm.sf(np.abs(z))}


if __name__ == "__main__":
    answer = {"agreement": agreements(), "powered": powereds(),
              "quantification": quantifications(), "comparison": comparisons()}
    (HERE / "statistics.json").write_text(json.dumps(plain(answer), separators=(",", ":"), allow_nan=False)
                                          .replace('],"', '],\n"').replace('},{', '},\n{') + "\n")
