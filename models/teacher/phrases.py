"""Targets that are no persons: noun phrases that an article repeats, and sentences around them.

No parser: a phrase is a run of two to four words after *the*, *a*, *its* and the like, or of capitalised
words, that ends before a function word or a mark. What an article uses three times is a subject of it.
Some phrases are wrong, and the teacher labels them all the same.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from mentions import Passages
from pairs import Pair

USES = 3  # sentences of an article that hold a subject, at least
SUBJECTS = 4  # of an article, at most
MENTIONS = 5  # pairs of an article whose sentence names the subject, at most
CONTEXTS = 2  # pairs of an article whose sentence does not, at most
LENGTHS = (2, 3, 4)  # words of a phrase

DETERMINERS = r"(?:the|a|an|this|that|these|those|its|their|his|her|our)"
FUNCTION_WORDS = set(
    """
    the a an this that these those its their his her our my your and or but nor so yet of in on at by
    for with from to into over under about after before between against during without within through
    as is are was were be been being has have had do does did will would can could may might must shall
    should not no never also only just more most less least than then when while where who whom whose
    which what how why if because though although since until he she it they we you i him them us me
    there here up down out off said says told asked new other own same such each every all both some
    """.split()
)
WORD = r"[A-Za-z][\w’'-]*"
AFTER_DETERMINER = re.compile(rf"\b{DETERMINERS} ((?:{WORD} ){{1,4}}{WORD})", re.IGNORECASE)
CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){1,3}\b")


def phrases(sentence: str) -> set[str]:
    """The noun phrases of a sentence, as far as a pattern sees them.

    >>> sorted(phrases("The tram line that the City Council wants is late."))
    ['City Council', 'tram line']
    """
    found = {place.group() for place in CAPITALISED.finditer(sentence)}
    for place in AFTER_DETERMINER.finditer(sentence):
        words = place.group(1).split()
        ends = (at for at, word in enumerate(words) if word.lower() in FUNCTION_WORDS)
        words = words[: next(ends, len(words))]
        if len(words) in LENGTHS:
            found.add(" ".join(words))
    return {phrase for phrase in found if phrase.split()[0].lower() not in FUNCTION_WORDS}


def subjects(article: Sequence[str]) -> list[str]:
    """The phrases that an article repeats, the most frequent first; none inside another.

    >>> subjects(["The tram line is late.", "We need the tram line.", "A tram line helps."])
    ['tram line']
    """
    lower = [sentence.lower() for sentence in article]
    once = {phrase for sentence in article for phrase in phrases(sentence)}
    uses = Counter({
        phrase: sum(phrase.lower() in sentence for sentence in lower) for phrase in sorted(once)
    })
    found: list[str] = []
    for phrase, n in uses.most_common():
        is_part = any(phrase.lower() in f.lower() or f.lower() in phrase.lower() for f in found)
        if n >= USES and not is_part and len(found) < SUBJECTS:
            found.append(phrase)
    return found


def pairs_of(passages: Passages) -> Iterator[Pair]:
    """The pairs of one article: sentences that name a subject, and sentences beside such."""
    places = {sentence: at for at, sentence in enumerate(passages.article)}
    names = [(name, re.compile(rf"(?i)\b{re.escape(name)}\b")) for name in subjects(passages.article)]
    left = {"mention": MENTIONS, "context": CONTEXTS}
    for sentence in Random(passages.article_id).sample(passages.allowed, len(passages.allowed)):
        before = passages.article[places[sentence] - 1] if places[sentence] else ""
        surroundings = {"title": passages.title, "before": before}
        for name, pattern in names:
            place = pattern.search(sentence)
            kind = "mention" if place else "context"
            if left[kind] == 0 or not (place or pattern.search(before)):
                continue
            left[kind] -= 1
            start, end = place.span() if place else (0, 0)
            target = sentence[start:end]
            fields = {"subject": name, **surroundings}
            yield Pair("", passages.article_id, sentence, target, start, end, **fields)
            break
