"""Trains the same regression on the same rows with several programs, to the same loss.

    cargo build --release --example compare-train
    python benches/compare/train.py FOLDER [--silver 200000]

FOLDER (or FRAMESCOPE_DATA) holds newsmtsc/train.csv and silver/silver.csv.gz, which are no part of the
project. Needs numpy, scipy, scikit-learn and liblinear-official. Rows are scikit-learn's tf-idf of one and
two words (those of two rows or more). The loss is the sum over rows plus half the squared length of the
weights: C = 1, penalty 1. Each program is asked for ever finer tolerances until its loss is at most 1e-6,
relatively, above the least, and that fit is the one that counts. LIBLINEAR's -s 0 fits one label against
the others, which is another loss, to as near its own least; and it penalises the intercept. linfa-logistic
takes dense rows only: it is asked where there are a thousand columns, the most frequent ones.
"""

import os

# Threads that wait for work would be counted as work.
os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import csv
import gzip
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from liblinear import liblinearutil
from sklearn.datasets import dump_svmlight_file
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

OURS = Path(__file__).parents[2] / "target/release/examples/compare-train"
LABELS = ["critical", "neutral", "supportive"]
RELATIVE = 1e-6
OUR_TOLERANCES = ["1e-2", "3e-3", "1e-3", "1e-4", "3e-5", "1e-5", "1e-7"]
THEIR_TOLERANCES = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8]
LINFA_TOLERANCES = ["1", "1e-1", "3e-2", "1e-2", "1e-3"]
LIBLINEAR_TOLERANCES = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]


def newsmtsc(folder):
    with open(folder / "newsmtsc/train.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [LABELS.index(row["label"]) for row in rows]


def silver(folder, most):
    with gzip.open(folder / "silver/silver.csv.gz", "rt", newline="") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(most))]
    logits = [[float(row["logit_" + label]) for label in LABELS] for row in rows]
    return [row["text"] for row in rows], np.argmax(logits, axis=1).tolist()


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def in_rust(arguments, threads=1):
    """Loss, CPU seconds and seconds on the clock of each tolerance that it is asked for."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    command = [str(OURS), *arguments]
    lines = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    return [tuple(float(word) for word in line.split()[1:4]) for line in lines.splitlines()]


def near_enough(fits, least):
    """The first fit that comes near enough to the least loss, else the last."""
    return next((fit for fit in fits if fit[0] <= least * (1 + RELATIVE)), fits[-1])


def loss(model, x, y):
    scores = x @ model.coef_.T + model.intercept_
    largest = scores.max(axis=1, keepdims=True)
    sums = largest[:, 0] + np.log(np.exp(scores - largest).sum(axis=1))
    return (sums - scores[np.arange(len(y)), y]).sum() + 0.5 * (model.coef_**2).sum()


def theirs(x, y, least):
    for tolerance in THEIR_TOLERANCES:
        model = LogisticRegression(C=1.0, solver="lbfgs", tol=tolerance, max_iter=10_000)
        _, cpu, wall = timed(lambda: model.fit(x, y))
        found = loss(model, x, y)
        if found <= least * (1 + RELATIVE):
            break
    return found, cpu, wall


def one_against_the_others(problem, x, y):
    least = None
    for tolerance in reversed(LIBLINEAR_TOLERANCES):
        options = f"-s 0 -c 1 -B 1 -q -e {tolerance}"
        model, cpu, wall = timed(lambda: liblinearutil.train(problem, options))
        found = 0.0
        for at, label in enumerate(model.get_labels()):
            weights, intercept = model.get_decfun(label_idx=at)
            weights = np.array(weights)
            signs = np.where(y == label, 1.0, -1.0)
            found += np.logaddexp(0, -signs * (x @ weights + intercept)).sum()
            found += 0.5 * (weights @ weights + intercept**2)
        least = found if least is None else least
        if found > least * (1 + RELATIVE):
            break
        counted = found, found / least - 1, cpu, wall
    return counted


def compare(name, texts, labels, most=None):
    y = np.array(labels)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=most)
    x = vectorizer.fit_transform(texts).tocsr()
    print(f"\n{name}: {x.shape[0]:,} rows, {x.shape[1]:,} columns, {x.nnz:,} values")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.svm")
        dump_svmlight_file(x, y, path, zero_based=False)
        by_threads = {threads: in_rust([path, *OUR_TOLERANCES], threads) for threads in (1, 2)}
        linfa = in_rust(["--linfa", path, *LINFA_TOLERANCES]) if most else []
    least = by_threads[1][-1][0]
    rows = []
    for threads, fits in by_threads.items():
        found, *seconds = near_enough(fits, least)
        rows.append((f"framescope, {threads} thread(s)", found, found / least - 1, *seconds))
    found, *seconds = theirs(x, y, least)
    rows.append(("scikit-learn, lbfgs", found, found / least - 1, *seconds))
    if linfa:
        found, *seconds = near_enough(linfa, least)
        rows.append(("linfa-logistic, dense", found, found / least - 1, *seconds))
    problem = liblinearutil.problem(y, x)
    rows.append(("LIBLINEAR -s 0", *one_against_the_others(problem, x, y)))
    print(f"{'':26}{'loss':>14}{'above':>9}{'CPU s':>8}{'wall s':>8}{'ratio':>7}")
    for who, found, above, cpu, wall in rows:
        print(f"{who:26}{found:14.4f}{above:9.1e}{cpu:8.2f}{wall:8.2f}{cpu / rows[0][3]:7.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("FRAMESCOPE_DATA"))
    parser.add_argument("--silver", type=int, default=200_000, help="so many silver sentences; 0 for none")
    arguments = parser.parse_args()
    if arguments.folder is None:
        raise SystemExit("name the folder of data, or set FRAMESCOPE_DATA; without it nothing is measured")
    warnings.simplefilter("ignore", ConvergenceWarning)
    folder = Path(arguments.folder)
    compare("newsmtsc, training split", *newsmtsc(folder))
    compare("newsmtsc, its most frequent columns", *newsmtsc(folder), most=1000)
    if arguments.silver:
        compare("silver", *silver(folder, arguments.silver))


if __name__ == "__main__":
    main()
