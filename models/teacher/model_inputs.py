"""What the encoder reads of a pair: `<s> sentence </s></s> second segment </s>`, in word pieces.

The second segment of a pair whose sentence names the target is the target's name. Of another it is
`name | headline | end of the sentence before`: only there does the encoder meet the target.
"""

import sys
from dataclasses import dataclass
from math import exp

from tokenizers import Tokenizer

from pairs import LABELS, Pair

LONGEST = 256  # pieces of an input
SECOND_LONGEST = 120  # of them in the second segment
REACH = 500  # characters read on either side of the target: long "sentences" are broken ones
BEFORE = 200  # characters read of the sentence before
START, PAD, END = 0, 1, 2  # pieces around the segments


@dataclass(frozen=True)
class ModelInput:
    """A pair in word pieces: sentence and target are places in `ids`."""

    ids: list[int]
    sentence: range
    target: list[int]
    shares: list[float]  # the probability of each label that is to be learnt; empty: none is known
    weight: float


def segments(pair: Pair) -> tuple[str, str]:
    """The sentence, as far as it is read, and the second segment.

    >>> segments(Pair("1", "a", "It fails.", "", 0, 0, subject="tram", title="No", before="Ah."))
    ('It fails.', 'tram | No | Ah.')
    >>> segments(Pair("1", "a", "The tram fails.", "tram", 4, 8, subject="the tram line"))
    ('The tram fails.', 'the tram line')
    """
    if pair.is_context:
        second = f"{pair.subject} | {pair.title} | {pair.before[-BEFORE:]}"
        return pair.text[: 2 * REACH], second
    return pair.text[first_read(pair) : pair.end + REACH], pair.subject or pair.target


def first_read(pair: Pair) -> int:
    """Where in the text the reading of a pair that names its target begins."""
    return max(0, pair.start - REACH)


def cut(pair: Pair, cutter: Tokenizer) -> ModelInput:
    """The pair in pieces. Stops if no piece of the target is left."""
    sentence, second = (cutter.encode(text, add_special_tokens=False) for text in segments(pair))
    second_ids = second.ids[:SECOND_LONGEST]
    sentence_ids = sentence.ids[: LONGEST - 4 - len(second_ids)]
    ids = [START, *sentence_ids, END, END, *second_ids, END]
    if pair.is_context:
        shift = len(sentence_ids) + 3
        places = [(at + shift, span) for at, span in enumerate(second.offsets[:SECOND_LONGEST])]
        start, end = 0, len(pair.subject)
    else:
        places = [(at + 1, span) for at, span in enumerate(sentence.offsets[: len(sentence_ids)])]
        start, end = (place - first_read(pair) for place in (pair.start, pair.end))
    target = [at for at, span in places if span[0] < end and span[1] > start]
    if not target or not sentence_ids:
        sys.exit(f"pair {pair.id}: the encoder sees no piece of its target or of its sentence")
    return ModelInput(ids, range(1, len(sentence_ids) + 1), target, shares(pair), pair.weight)


def shares(pair: Pair) -> list[float]:
    """The label that somebody gave as a certainty, or else the softmax of a teacher's logits.

    >>> shares(Pair("1", "a", "It fails.", "It", 0, 2, label="critical"))
    [1.0, 0.0, 0.0]
    >>> [round(share, 2) for share in shares(Pair("1", "a", "It.", "It", 0, 2, logits=(1, 1, 0)))]
    [0.42, 0.42, 0.16]
    """
    if pair.label:
        return [float(pair.label == label) for label in LABELS]
    odds = [exp(logit - max(pair.logits)) for logit in pair.logits]
    return [odd / sum(odds) for odd in odds]
