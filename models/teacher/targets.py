"""Pairs that nobody has judged: persons, organisations and repeated noun phrases of articles."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import mentions
import phrases
from pairs import Pair, read_pairs


def find(articles: Path, train: Path, held_out: Sequence[Path], kinds: Sequence[str]) -> list[Pair]:
    """Pairs from every article, free of sentences like those of `train` and `held_out`.

    `kinds`: "mentions" of persons and organisations, "phrases" that an article repeats, or both.
    """
    judged = read_pairs(train)
    tests = [pair for path in held_out for pair in read_pairs(path)]
    passages = mentions.read_passages(articles, judged, tests)
    known = mentions.learn(of.article for of in passages)
    found: list[Pair] = []
    for of in passages:
        found += mentions.pairs_of(of, known) if "mentions" in kinds else []
        found += phrases.pairs_of(of) if "phrases" in kinds else []
    names = {pair.target.split()[-1] for pair in judged if pair.target}
    return [numbered(number, pair, names) for number, pair in enumerate(found)]


def numbered(number: int, pair: Pair, names: set[str]) -> Pair:
    """The pair with its id, and with whether its last name is a mention in the labelled file."""
    last = (pair.target or pair.subject).split()[-1]
    in_train = "01"[last in names and not mentions.PRONOUN.fullmatch(last)]
    return replace(pair, id=f"silver-{number}", name_in_train=in_train)
