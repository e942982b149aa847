"""Recorded oracle numbers for the tests: softmax.json and metrics.json.

Run with Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1:

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    venv/bin/python make.py

It writes the JSON files beside itself. Everything is seeded: a second run on the same machine
gives the same bytes (another CPU or BLAS may change the last digits of the fitted numbers).
"""
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is loaded: one summation order

import json
import pathlib
import warnings

import numpy as np
from scipy.optimize import check_grad, minimize
from scipy.special import log_softmax, softmax
from sklearn import metrics as skm
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).resolve().parent


# ---------------------------------------------------------------- writing

def plain(v):
    """numpy to JSON values; a whole float is written without its '.0'."""
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple, np.ndarray)):
        return [plain(x) for x in v]
    if isinstance(v, (float, np.floating, np.integer)):
        v = v.item() if isinstance(v, np.generic) else v
        return int(v) if v == int(v) else v
    return v


def dumps(v):
    """JSON with one key, or one row of a list of rows, a line; floats as repr gives them."""
    if isinstance(v, dict):
        return "{\n" + ",\n".join(f"{json.dumps(k)}: {dumps(x)}" for k, x in v.items()) + "\n}"
    if isinstance(v, list) and v and isinstance(v[0], (list, dict)):
        return "[\n" + ",\n".join(dumps(x) for x in v) + "\n]"
    return json.dumps(v, separators=(",", ":"), allow_nan=False)


def write(name, cases):
    (HERE / name).write_text(dumps(plain({"cases": cases})) + "\n")


# ---------------------------------------------------------------- softmax.json
#
# objective(W, b) = sum_i weight_i * H(target_i, softmax(b + W x_i)) + alpha/2 * ||W||^2
# where H(t, p) = -sum_k t_k ln p_k, W is K x columns with every class's row penalised, b is not.

def objective(theta, x, t, w, alpha):
    """Objective and gradient. theta is W (K x columns, row major), then b of all classes but the
    last, whose intercept is 0: shifting every b together changes nothing, so nothing is lost."""
    (n, d), k = x.shape, t.shape[1]
    W, b = theta[: k * d].reshape(k, d), np.append(theta[k * d:], 0.0)
    z = x @ W.T + b
    value = -np.sum(w * np.sum(t * log_softmax(z, axis=1), axis=1)) + alpha / 2 * np.sum(W * W)
    r = w[:, None] * (softmax(z, axis=1) - t)
    return value, np.append((r.T @ x + alpha * W).ravel(), r.sum(0)[:-1])


def hessian(theta, x, t, w, alpha):
    (n, d), k = x.shape, t.shape[1]
    p = softmax(x @ theta[: k * d].reshape(k, d).T + np.append(theta[k * d:], 0.0), axis=1)
    x1 = np.hstack([x, np.ones((n, 1))])
    m = w[:, None, None] * (p[:, :, None] * np.eye(k) - p[:, :, None] * p[:, None, :])
    full = np.einsum("nab,ni,nj->aibj", m, x1, x1).reshape(k * (d + 1), k * (d + 1))
    # from (class, column or intercept) order to theta's: all of W, then the free intercepts
    at = np.arange(k * (d + 1)).reshape(k, d + 1)
    order = np.append(at[:, :d].ravel(), at[:-1, d])
    h = full[np.ix_(order, order)]
    h[np.arange(k * d), np.arange(k * d)] += alpha
    return h


def fit_scipy(x, t, w, alpha):
    args, k, d = (x, t, w, alpha), t.shape[1], x.shape[1]
    at = np.random.default_rng(0).normal(size=k * d + k - 1) / np.abs(x).max()
    err = check_grad(lambda v: objective(v, *args)[0], lambda v: objective(v, *args)[1], at)
    assert err < 1e-5 * (1 + np.linalg.norm(objective(at, *args)[1])), err
    theta = minimize(objective, np.zeros(k * d + k - 1), args, method="trust-exact", jac=True,
                     hess=hessian, options={"gtol": 1e-6, "maxiter": 1000}).x
    for _ in range(5):  # Newton steps, down to rounding error
        theta = theta - np.linalg.solve(hessian(theta, *args), objective(theta, *args)[1])
    gradient = np.abs(objective(theta, *args)[1]).max()
    assert gradient < 1e-12 * max(1.0, np.abs(x).max()), gradient
    return theta[: k * d].reshape(k, d), np.append(theta[k * d:], 0.0)


def fit_sklearn(x, t, w, alpha):
    """scikit-learn minimises C * (weighted cross-entropy) + ||W||^2 / 2: ours with C = 1 / alpha.
    A soft target is the row once per class with the target's probability in its sample weight.
    Of two classes it keeps one vector v, with W = (-v/2, v/2) at our optimum, so that
    alpha/2 * ||W||^2 = alpha/4 * ||v||^2: ours with C = 2 / alpha."""
    (n, d), k = x.shape, t.shape[1]
    model = LogisticRegression(C=(2 if k == 2 else 1) / alpha, solver="newton-cg", tol=1e-12,
                               max_iter=100_000)
    weight = (w[:, None] * t).ravel()
    keep = weight > 0
    with warnings.catch_warnings():  # its line search gives up at rounding error, before 1e-12
        warnings.simplefilter("ignore")
        model.fit(np.repeat(x, k, axis=0)[keep], np.tile(np.arange(k), n)[keep], weight[keep])
    W, b = model.coef_, model.intercept_
    return (np.vstack([-W, W]) / 2, np.append(-b, b) / 2) if k == 2 else (W, b)


def case(name, x, t, w, alpha):
    assert np.array_equal(x, x.astype(np.float32)) and np.array_equal(t.sum(1), np.ones(len(t)))
    (W, b), (W2, b2) = fit_scipy(x, t, w, alpha), fit_sklearn(x, t, w, alpha)
    W, b, W2, b2 = W - W.mean(0), b - b.mean(), W2 - W2.mean(0), b2 - b2.mean()
    value, other = (objective(np.append(W_.ravel(), (b_ - b_[-1])[:-1]), x, t, w, alpha)[0]
                    for W_, b_ in ((W, b), (W2, b2)))
    assert abs(value - other) <= 1e-8 * value, (name, value, other)
    assert max(np.abs(W - W2).max(), np.abs(b - b2).max()) < 1e-6, name
    return {"name": name, "x": x, "targets": t, "weights": w, "alpha": alpha, "objective": value,
            "coefficients": W, "intercepts": b,
            "probabilities": softmax(x[:5] @ W.T + b, axis=1)}


def labels(rng, x, k, scale, bias):
    """One-hot targets drawn from a random softmax model, every class present."""
    p = softmax((x - x.mean(0)) @ rng.normal(scale=scale, size=(x.shape[1], k)) + bias, axis=1)
    y = np.array([rng.choice(k, p=row) for row in p])
    assert len(np.unique(y)) == k
    return np.eye(k)[y]


def dyadic(v, parts=64):
    """To multiples of 1/64: few digits, exact in float32."""
    return np.round(v * parts) / parts


def dyadic_rows(p, parts, least=0):
    """Rows of probabilities to multiples of 1/parts, none under least/parts, sums exactly 1."""
    q = np.maximum(np.round(p * parts), least)
    q[np.arange(len(q)), q.argmax(1)] += parts - q.sum(1)
    assert (q >= least).all()
    return q / parts


def softmax_cases():
    out = []

    rng = np.random.default_rng(1)
    xa = dyadic(rng.random((60, 5)))
    ta = labels(rng, xa, 3, 3.0, np.zeros(3))
    out.append(case("dense", xa, ta, np.ones(60), 1.0))

    rng = np.random.default_rng(2)
    x = rng.choice(4, p=[0.75, 0.15, 0.07, 0.03], size=(120, 12)).astype(float)
    out.append(case("sparse_counts", x, labels(rng, x, 3, 0.8, np.array([2.0, 0.5, -1.0])),
                    np.ones(120), 0.5))

    # "dense" and, last, one row whose only feature is 1000, of the class that feature speaks
    # against most in "dense": the huge row and the others pull against each other
    W = np.array(out[0]["coefficients"])
    k, j = np.unravel_index(W.argmin(), W.shape)
    out.append(case("huge_row", np.vstack([xa, 1000.0 * np.eye(5)[j]]),
                    np.vstack([ta, np.eye(3)[k]]), np.ones(61), 1.0))

    rng = np.random.default_rng(4)
    x = dyadic(rng.normal(size=(80, 8)))
    out.append(case("weighted", x, labels(rng, x, 4, 1.0, np.zeros(4)),
                    rng.choice([0.25, 1.0, 3.0], size=80), 2.0))

    rng = np.random.default_rng(5)
    x = dyadic(rng.random((50, 4)))
    mean = softmax(x @ rng.normal(scale=2.0, size=(4, 3)), axis=1)
    t = np.array([rng.dirichlet(4.0 * m) for m in mean])
    out.append(case("soft_targets", x, dyadic_rows(t, 64), np.ones(50), 1.0))

    rng = np.random.default_rng(6)
    x = dyadic(rng.normal(size=(40, 3)))
    out.append(case("two_classes", x, labels(rng, x, 2, 1.0, np.zeros(2)), np.ones(40), 1.0))
    return out


# ---------------------------------------------------------------- metrics.json

def ece(truth, p, bins=10):
    """Expected calibration error of the top label in equal-count bins: sort the rows by
    confidence (the largest probability) ascending, equal confidences in their given order;
    numpy.array_split into 10 (of n rows the first n % 10 bins hold one row more); the sum over
    bins of (rows in the bin / n) * |accuracy - mean confidence|."""
    confidence, right = p.max(1), p.argmax(1) == truth
    split = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return sum(len(s) / len(truth) * abs(right[s].mean() - confidence[s].mean()) for s in split)


def metrics_case(name, seed, n, bias):
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=1.3, size=(n, 3))
    # the truth takes less of the bias against class 2 than the probabilities do: they miss it
    truth = np.array([rng.choice(3, p=row) for row in softmax(logits + bias * 0.3, axis=1)])
    # multiples of 1/256, never 0: exact in float32, some rows of equal confidence
    p = dyadic_rows(softmax(logits + bias, axis=1), 256, least=1)
    top = np.sort(p, axis=1)
    assert (top[:, 2] > top[:, 1]).all()  # no ties within a row
    pred, every = p.argmax(1), [0, 1, 2]
    # the bins matter (their gaps differ in sign), and so does the order of equal confidences
    assert abs(ece(truth, p) - ece(truth, p, bins=1)) > 1e-3
    assert abs(ece(truth, p) - ece(truth[::-1], p[::-1])) > 1e-3
    precision, recall, f1, _ = skm.precision_recall_fscore_support(
        truth, pred, labels=every, zero_division=0)
    brier = np.mean(np.sum((p - np.eye(3)[truth]) ** 2, axis=1))
    assert np.isclose(brier, skm.brier_score_loss(truth, p, labels=every, scale_by_half=False),
                      rtol=1e-14)
    return {"name": name, "truth": truth, "probabilities": p,
            "accuracy": skm.accuracy_score(truth, pred),
            "macro_f1": skm.f1_score(truth, pred, labels=every, average="macro", zero_division=0),
            "f1": f1, "precision": precision, "recall": recall,
            "confusion": skm.confusion_matrix(truth, pred, labels=every),  # rows truth
            "log_loss": skm.log_loss(truth, p, labels=every), "brier": brier, "ece": ece(truth, p)}


def metrics_cases():
    rare = metrics_case("rarely_predicted", 11, 200, np.array([0.3, 0.0, -2.5]))
    never = metrics_case("never_predicted", 12, 47, np.array([0.3, 0.0, -6.0]))
    predicted = [c["confusion"].sum(0)[2] for c in (rare, never)]
    assert 1 <= predicted[0] <= 10 and predicted[1] == 0, predicted
    assert never["confusion"].sum(1)[2] > 0  # though it occurs
    return [rare, never]


if __name__ == "__main__":
    write("softmax.json", softmax_cases())
    write("metrics.json", metrics_cases())
