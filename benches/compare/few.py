"""Trains on a few hundred labels of one target and none marked, as in SemEval-2016 task 6 A, and compares
framescope with scikit-learn's tf-idf of words and letters + LogisticRegression on the same rows.

    cargo build --release
    python benches/compare/few.py FOLDER [--seeds 1 2 3] [--framescope target/release/framescope]

FOLDER (or FRAMESCOPE_DATA) holds p-stance and vast, which are no part of the project. The sets are cut from
them by this script: of each target of p-stance 550 training rows from its training split and 220 test rows
from its dev split, about as lopsided as SemEval's; its neutral rows are posts about the other two that do
not name it. The ten most frequent topics of vast's training and dev splits, 70 % of the comments to train
on. No row has offsets, and no file names the target. Figures are percentages: the mean of the F1 of
`critical` and of `supportive`, over all test rows of the sets together, as the task's organisers score it;
the same as the mean over the sets; and macro-F1 over all labels as the mean over the sets.

scikit-learn's own defaults (C = 1) stand beside a C that five-fold cross-validation chooses by log-loss.
"""

import argparse
import collections
import csv
import os
import random
import subprocess
import tempfile
import warnings
from pathlib import Path

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline, make_union

SIDES = ["critical", "supportive"]
# Shares of critical, supportive and neutral rows.
SHARES = {
    "Donald Trump": (0.53, 0.22, 0.25),
    "Joe Biden": (0.60, 0.18, 0.22),
    "Bernie Sanders": (0.30, 0.48, 0.22),
}
N_TRAIN, N_TEST, N_TOPICS = 550, 220, 10


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def cut_p_stance(folder, seed):
    parts = [(read(folder / "p-stance/train.csv"), N_TRAIN), (read(folder / "p-stance/dev.csv"), N_TEST)]
    for target, (critical, supportive, neutral) in SHARES.items():
        cut = []
        for rows, size in parts:
            rng = random.Random(f"{seed} {target} {size}")
            names = target.lower().split()
            wanted = [(label, [row for row in rows if row["target"] == target and row["label"] == label], share)
                      for label, share in (("critical", critical), ("supportive", supportive))]
            others = [row for row in rows if row["target"] != target
                      and not any(name in row["text"].lower() for name in names)]
            drawn = [(row["text"], label) for label, pool, share in [*wanted, ("neutral", others, neutral)]
                     for row in rng.sample(pool, round(share * size))]
            rng.shuffle(drawn)
            cut.append(drawn)
        yield target, *cut


def cut_vast(folder, seed):
    by_topic = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for part in ("train", "dev"):
        for row in read(folder / f"vast/{part}.csv"):
            by_topic[row["target"]][row["text"]][row["label"]] += 1
    for topic in sorted(by_topic, key=lambda topic: (-len(by_topic[topic]), topic))[:N_TOPICS]:
        rows = sorted((text, labels.most_common(1)[0][0]) for text, labels in by_topic[topic].items())
        random.Random(f"{seed} {topic}").shuffle(rows)
        cut = len(rows) * 7 // 10
        yield topic, rows[:cut], rows[cut:]


def write(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label"])
        writer.writerows(rows)


def framescope(program, options):
    def predict(train, test):
        with tempfile.TemporaryDirectory() as folder:
            write(f"{folder}/train.csv", train)
            write(f"{folder}/test.csv", test)
            call = dict(check=True, capture_output=True, text=True, cwd=folder)
            subprocess.run([program, "train", "train.csv", "--out", "m", *options], **call)
            command = [program, "classify", "test.csv", "--unit", "sentence", "--model", "m"]
            table = subprocess.run(command, **call).stdout
        return [row["stance"] for row in csv.DictReader(table.splitlines(keepends=True))]
    return predict


def theirs(classifier):
    def predict(train, test):
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True)
        pipeline = make_pipeline(make_union(words, letters), classifier())
        pipeline.fit([text for text, _ in train], [label for _, label in train])
        return pipeline.predict([text for text, _ in test])
    return predict


def sides(truth, predicted):
    return f1_score(truth, predicted, labels=SIDES, average="macro", zero_division=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("FRAMESCOPE_DATA"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--framescope", default="target/release/framescope")
    parser.add_argument("--only", nargs="+", help="only programs whose names begin so")
    arguments = parser.parse_args()
    if arguments.folder is None:
        raise SystemExit("name the folder of data, or set FRAMESCOPE_DATA; without it nothing is measured")
    warnings.simplefilter("ignore")
    folder, ours = Path(arguments.folder), os.path.abspath(arguments.framescope)
    programs = {
        "always the most frequent": theirs(lambda: DummyClassifier(strategy="most_frequent")),
        "scikit-learn, C = 1": theirs(lambda: LogisticRegression(max_iter=1000)),
        "scikit-learn, C chosen": theirs(
            lambda: LogisticRegressionCV(Cs=2.0 ** np.arange(-4, 7), scoring="neg_log_loss", max_iter=1000)),
        "framescope": framescope(ours, []),
        "framescope, balance 0.5": framescope(ours, ["--balance", "0.5"]),
        "framescope, no letters": framescope(ours, ["--without", "letters"]),
        "framescope, built-in base": framescope(ours, ["--base", "built-in"]),
    }
    for source, cut in (("p-stance", cut_p_stance), ("vast", cut_vast)):
        sets = [one for seed in arguments.seeds for one in cut(folder, seed)]
        print(f"\n{source}: {len(sets)} sets, {sum(len(s[2]) for s in sets)} test rows")
        print(f"{'':28}{'together':>10}{'mean':>8}{'macro-F1':>10}{'accuracy':>10}")
        for name, predict in programs.items():
            if arguments.only and not any(name.startswith(only) for only in arguments.only):
                continue
            truths = [[label for _, label in test] for _, _, test in sets]
            found = [list(predict(train, test)) for _, train, test in sets]
            pairs = list(zip(truths, found))
            together = sides(sum(truths, []), sum(found, []))
            mean = np.mean([sides(*pair) for pair in pairs])
            macro = np.mean([f1_score(*pair, average="macro", labels=sorted(set(pair[0])), zero_division=0) for pair in pairs])
            accuracy = np.mean([t == f for pair in pairs for t, f in zip(*pair)])
            print(f"{name:28}{100 * together:10.1f}{100 * mean:8.1f}{100 * macro:10.1f}{100 * accuracy:10.1f}", flush=True)


if __name__ == "__main__":
    main()
