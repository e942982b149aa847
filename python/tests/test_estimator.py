"""The classifier in scikit-learn's form."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy
import pandas
import pytest
from conftest import ROOT, command
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

import framescope
from framescope import StanceClassifier

GOOD = ["praised", "welcomed", "hailed", "applauded", "cheered"]
BAD = ["mocked", "blasted", "attacked", "slammed", "ridiculed"]
TEXTS = [f"{who} {word} the plan on {day}." for word in GOOD + BAD for who in ("Critics", "Lawmakers", "Voters")
         for day in ("Monday", "Friday")]  # fmt: skip
LABELS = numpy.array(["good"] * 30 + ["bad"] * 30)
X = [[text, "the plan"] for text in TEXTS]


@pytest.fixture(scope="module")
def fitted() -> StanceClassifier:
    return StanceClassifier().fit(X, LABELS)


def test_it_learns(fitted: StanceClassifier) -> None:
    assert fitted.classes_.tolist() == ["bad", "good"]
    assert fitted.score(X, LABELS) > 0.9
    shares = fitted.predict_proba(X)
    assert shares.shape == (60, 2)
    assert numpy.allclose(shares.sum(axis=1), 1)
    assert ((fitted.decision_function(X) > 0) == (shares[:, 1] > 0.5)).all()
    assert fitted.predict([]).shape == (0,)


def test_texts_rows_and_frames_are_read_alike(fitted: StanceClassifier) -> None:
    frame = pandas.DataFrame({"target": ["the plan"] * 60, "text": TEXTS, "other": range(60)})
    expected = fitted.predict_proba(X)
    assert (fitted.predict_proba(frame) == expected).all()
    assert (fitted.predict_proba(numpy.array(X, dtype=object)) == expected).all()
    plain = StanceClassifier().fit(TEXTS, LABELS)
    assert plain.predict(TEXTS[:2]).shape == (2,)


def test_labels_keep_their_type() -> None:
    model = StanceClassifier().fit(X, (LABELS == "good").astype(int))
    assert model.predict(X).dtype.kind == "i"
    assert model.score(X, (LABELS == "good").astype(int)) > 0.9


def test_weights_count() -> None:
    wrong = numpy.concatenate([LABELS, numpy.array(["bad"] * 30)])
    doubled = X + X[:30]
    ignored = StanceClassifier().fit(doubled, wrong, sample_weight=[1] * 60 + [0] * 30)
    assert (ignored.predict_proba(X) == StanceClassifier().fit(X, LABELS).predict_proba(X)).all()


def test_it_stands_in_scikit_learns_tools() -> None:
    groups = [at // 6 for at in range(60)]
    scores = cross_val_score(StanceClassifier(), X, LABELS, cv=GroupKFold(3), groups=groups)
    assert len(scores) == 3
    pipeline = Pipeline([("same", FunctionTransformer()), ("model", StanceClassifier())])
    search = GridSearchCV(pipeline, {"model__penalty": [0.5, 8.0]}, cv=GroupKFold(2))
    search.fit(X, LABELS, groups=groups)
    assert search.best_params_["model__penalty"] in (0.5, 8.0)


def test_the_file_is_the_commands(fitted: StanceClassifier, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    fitted.save(path)
    assert "bad" in command("inspect", path)
    assert (StanceClassifier.load(path).predict_proba(X) == fitted.predict_proba(X)).all()
    rows = [{"text": text, "target": target} for text, target in X]
    table = framescope.classify(rows, unit="sentence", model=path).to_pandas()
    assert numpy.allclose(table[["p_bad", "p_good"]], fitted.predict_proba(X), atol=1e-4)


def test_it_adapts_the_built_in_model() -> None:
    labels = pandas.read_csv(ROOT / "tests/labels/tidal-barrier.csv")
    model = StanceClassifier(base="built-in", penalty=64.0, folds=2).fit(labels, labels.label, groups=labels.article_id)
    assert model.classes_.tolist() == ["critical", "neutral", "supportive"]
    assert "macro-F1" in model.training_report_


def test_the_contract(fitted: StanceClassifier) -> None:
    model = StanceClassifier(penalty=2.0, folds=3)
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(folds=4).folds == 4
    again = pickle.loads(pickle.dumps(fitted))
    assert (again.predict_proba(X) == fitted.predict_proba(X)).all()
    assert not hasattr(pickle.loads(pickle.dumps(model)), "classes_")
    with pytest.raises(NotFittedError):
        model.predict(X)
    with pytest.raises(ValueError, match="one class"):
        model.fit(X[:2], ["a", "a"])
    with pytest.raises(ValueError, match="a label per row"):
        model.fit(X[:2], ["a"])
    with pytest.raises(ValueError, match="a row of X is 3"):
        model.fit([3, 4], ["a", "b"])


def test_scikit_learns_own_checks_that_need_no_numbers() -> None:
    """``check_estimator`` fits matrices of numbers, which are no texts; what it checks without fitting passes."""
    from sklearn.utils import estimator_checks as checks

    with pytest.warns(SkipTestWarning, match="requires input"):
        checks.check_estimator(StanceClassifier())
    for check in (
        checks.check_no_attributes_set_in_init,
        checks.check_parameters_default_constructible,
        checks.check_get_params_invariance,
        checks.check_set_params,
        checks.check_estimator_cloneable,
        checks.check_estimator_repr,
        checks.check_estimator_tags_renamed,
        checks.check_valid_tag_types,
    ):
        check("StanceClassifier", StanceClassifier())
