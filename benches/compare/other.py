"""The other programs: each learns from `train.csv` and keeps its model in a folder, then reads a table
of sentences and writes one with probabilities."""

import csv
import pickle
import sys
from pathlib import Path

BATCH = 10_000


def read(path):
    """The texts of a table, with batches in which they are worked on."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    for start in range(0, len(rows), BATCH):
        yield [(row["id"], row["text"]) for row in rows[start : start + BATCH]]


def examples(path):
    with open(path, newline="") as file:
        return zip(*csv.reader(file))


def vectorizer():
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)


class ScikitLearn:
    """tf-idf of words and pairs, logistic regression."""

    def train(self, texts, labels, folder):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        pipeline = make_pipeline(vectorizer(), LogisticRegression(max_iter=100))
        pipeline.fit(texts, labels)
        (folder / "scikit-learn").write_bytes(pickle.dumps(pipeline))

    def load(self, folder):
        pipeline = pickle.loads((folder / "scikit-learn").read_bytes())
        self.labels = list(pipeline.classes_)
        self.probabilities = pipeline.predict_proba


class FastText:
    """fastText with words and pairs."""

    def train(self, texts, labels, folder):
        import fasttext

        lines = folder / "fasttext.txt"
        with open(lines, "w") as file:
            for text, label in zip(texts, labels):
                file.write(f"__label__{label} {' '.join(text.split())}\n")
        model = fasttext.train_supervised(str(lines), wordNgrams=2, bucket=200_000, thread=1)
        model.save_model(str(folder / "fastText"))

    def load(self, folder):
        import fasttext

        model = fasttext.load_model(str(folder / "fastText"))
        self.labels = [label.removeprefix("__label__") for label in model.labels]

        def probabilities(texts):
            # Straight to the library: its Python wrapper does not work with today's NumPy.
            lines = [" ".join(text.split()) + "\n" for text in texts]
            for found in (model.f.predict(line, -1, 0.0, "strict") for line in lines):
                of = {label.removeprefix("__label__"): p for p, label in found}
                yield [of.get(label, 0.0) for label in self.labels]

        self.probabilities = probabilities


class Liblinear:
    """LIBLINEAR's logistic regression, over the rows that scikit-learn's tf-idf makes."""

    def train(self, texts, labels, folder):
        from liblinear.liblinearutil import save_model, train

        words, names = vectorizer(), sorted(set(labels))
        rows = words.fit_transform(texts)
        numbers = [names.index(label) for label in labels]
        save_model(str(folder / "LIBLINEAR"), train(numbers, rows, "-s 0 -q"))
        (folder / "words").write_bytes(pickle.dumps((words, names)))

    def load(self, folder):
        from liblinear.liblinearutil import load_model, predict

        model = load_model(str(folder / "LIBLINEAR"))
        words, self.labels = pickle.loads((folder / "words").read_bytes())
        self.probabilities = lambda texts: predict([], words.transform(texts), model, "-b 1 -q")[2]


PROGRAMS = {"scikit-learn": ScikitLearn, "fastText": FastText, "LIBLINEAR": Liblinear}


def main():
    verb, name, folder, path = sys.argv[1:]
    program, folder = PROGRAMS[name](), Path(folder)
    if verb == "train":
        texts, labels = examples(path)
        return program.train(texts, labels, folder)
    program.load(folder)
    with open(folder / "other.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "text", *program.labels])
        for batch in read(path):
            texts = [text for _, text in batch]
            for row, found in zip(batch, program.probabilities(texts)):
                table.writerow([*row, *(f"{p:.4f}" for p in found)])


if __name__ == "__main__":
    main()
