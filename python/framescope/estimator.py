"""A classifier in scikit-learn's form."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any

import numpy
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from . import _core
from .calls import Call, Path
from .calls import options as written

COLUMNS = ("text", "target", "title", "before")


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learns what labels sentences get, as ``framescope train`` does.

    ``X`` is a sequence of sentences; or rows of a sentence, what it calls the target, and where known the
    headline and the sentence before; or a data frame with the columns ``text``, ``target``, ``title`` and
    ``before``, of which only ``text`` is required. ``y`` holds labels of any names.

    Parameters
    ----------
    dimension : what the labels are about; for ``"stance"`` they are critical, neutral and supportive.
    base : a model to adapt, ``"built-in"`` or a file; by default none.
    reader : ``"words"`` or ``"encoder"``, whose sentences a transformer reads.
    penalty : penalties on large weights to try, the best of which in cross-validation is taken.
    balance : how far rare labels are preferred, from 0 to 1.
    folds : how many parts the cross-validation has at most.
    random_state : where chance starts.
    """

    def __init__(
        self,
        *,
        dimension: str = "label",
        base: str | None = None,
        reader: str | None = None,
        penalty: float | Sequence[float] | None = None,
        balance: float | None = None,
        folds: int = 5,
        random_state: int = 1,
    ) -> None:
        self.dimension = dimension
        self.base = base
        self.reader = reader
        self.penalty = penalty
        self.balance = balance
        self.folds = folds
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None
    ) -> StanceClassifier:
        """Learn from labelled sentences; ``groups`` are their articles, which the inner folds never split."""
        rows = rows_of(X)
        labels = numpy.asarray(y)
        if labels.shape != (len(rows),):
            raise ValueError(f"y has the shape {labels.shape}; expected ({len(rows)},), a label per row")
        self.classes_ = numpy.unique(labels)
        if len(self.classes_) < 2:
            raise ValueError(f"y has one class, {self.classes_.tolist()}; expected two or more")
        weights = numpy.ones(len(rows)) if sample_weight is None else numpy.asarray(sample_weight, float)
        articles = [""] * len(rows) if groups is None else [str(group) for group in groups]
        if len(weights) != len(rows) or len(articles) != len(rows):
            raise ValueError("sample_weight and groups need a value per row")
        columns = [*COLUMNS, "label", "weight", "article_id", "id"]
        given = [
            [*row, str(label), repr(float(weight)), article, str(at)]
            for at, (row, label, weight, article)
            in enumerate(zip(rows, labels, weights, articles, strict=True))
            if weight > 0
        ]  # fmt: skip
        call = Call("train")
        call.frames["<labels>"] = _core.Frame.from_rows(columns, given)
        call.arguments.append("<labels>")
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "model.safetensors")
            named = {"base": self.base} if self.base else {"dimension": self.dimension}
            call.with_options(
                out=out, reader=self.reader, penalty=self.penalty, balance=self.balance, folds=self.folds,
                seed=self.random_state, **named,
            )  # fmt: skip
            self.training_report_ = call.answer()
            self._read(out)
        return self

    def _read(self, path: Path) -> None:
        self.model_bytes_ = FilePath(path).read_bytes()
        self._model = _core.StanceModel.read(written({"model": path}))
        labels = self._model.labels
        known = getattr(self, "classes_", None)
        names = [] if known is None else [str(name) for name in known]
        # A base may know labels that y does not have.
        self.classes_ = known if known is not None and set(labels) == set(names) else numpy.array(sorted(labels))
        self._order = [labels.index(str(name)) for name in self.classes_]

    def _predictions(self, X: Any) -> list[tuple[int, list[float]]]:
        if not hasattr(self, "model_bytes_"):
            raise NotFittedError("this StanceClassifier is not fitted yet; call fit or load first")
        return self._model.predict(rows_of(X))

    def predict(self, X: Any) -> Any:
        """The label of each sentence."""
        predictions = self._predictions(X)
        labels = {at: name for name, at in zip(self.classes_, self._order, strict=True)}
        found = [labels[label] for label, _ in predictions]
        return numpy.array(found, dtype=self.classes_.dtype)

    def predict_proba(self, X: Any) -> Any:
        """The probability of each class of ``classes_``; calibrated."""
        shares = [[each[at] for at in self._order] for _, each in self._predictions(X)]
        return numpy.array(shares, dtype=float).reshape(len(shares), len(self.classes_))

    def decision_function(self, X: Any) -> Any:
        """The logarithm of each probability; with two classes the log-odds of the second."""
        logs = numpy.log(numpy.maximum(self.predict_proba(X), numpy.finfo(float).tiny))
        return logs[:, 1] - logs[:, 0] if len(self.classes_) == 2 else logs

    def save(self, path: Path) -> None:
        """Write the model to the file that ``framescope --model`` reads."""
        if not hasattr(self, "model_bytes_"):
            raise NotFittedError("this StanceClassifier is not fitted yet; call fit or load first")
        FilePath(path).write_bytes(self.model_bytes_)

    @classmethod
    def load(cls, path: Path) -> StanceClassifier:
        """Read a model that ``save`` or ``framescope train`` wrote."""
        loaded = cls()
        loaded._read(path)
        return loaded

    def __getstate__(self) -> dict[str, Any]:
        state = dict(super().__getstate__())
        state.pop("_model", None)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "model_bytes_" in state:
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "model.safetensors")
                FilePath(path).write_bytes(state["model_bytes_"])
                self._model = _core.StanceModel.read(written({"model": path}))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.target_tags.required = True
        return tags


def rows_of(X: Any) -> list[list[str]]:
    """The sentences with what is known of each; empty texts where nothing is."""
    if hasattr(X, "columns") and not isinstance(X, numpy.ndarray):
        if "text" not in X.columns:
            raise ValueError(f"X has the columns {list(X.columns)}; expected one called text")
        columns = [list(X[name]) if name in X.columns else [""] * len(X) for name in COLUMNS]
        return [["" if each is None or each != each else str(each) for each in row]
                for row in zip(*columns, strict=True)]  # fmt: skip
    if isinstance(X, str):
        raise ValueError("X is one text; expected a sequence of texts")
    if not hasattr(X, "__len__") and not hasattr(X, "__iter__"):
        raise TypeError(f"expected a sequence of texts or a data frame, found {type(X)}")
    return [_row(item) for item in X]


def _row(item: Any) -> list[str]:
    if isinstance(item, str):
        return [item, "", "", ""]
    row = list(item) if isinstance(item, (Sequence, numpy.ndarray)) else []
    if not 1 <= len(row) <= len(COLUMNS) or not all(isinstance(cell, str) for cell in row):
        raise ValueError(f"a row of X is {item!r}; expected a text, or text, target, title and before")
    return row + [""] * (len(COLUMNS) - len(row))
