"""Mentions of persons and organisations in news text, found by pattern.

No list of names: who is a person is learnt from the articles themselves. "Mr. Hale" makes Hale a
surname; "Ruth Hale" in the same article then makes Ruth a first name everywhere. Some mentions are
wrong, and the teacher labels them all the same.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pairs import Pair, read_rows

WORDS = range(7, 61)  # sentences shorter or longer are left out
PER_SENTENCE = 3
PER_ARTICLE = {"person": 24, "pronoun": 6, "organisation": 2}
TRAIN_RUN, HELD_OUT_RUN = 8, 6  # words in a row that no sentence may share with those files

TITLES = set(
    """
    Ambassador Mr Mrs Ms Dr Sir Lady Sen Rep Gov Gen Lt Col Capt Sgt Prof Rev Senator
    Senators Congressman Congresswoman Representative Governor General Colonel Captain
    Sergeant Sheriff Officer Professor President Vice Prime Minister Chancellor Secretary
    Chairman Chairwoman Speaker Leader Director Commissioner Mayor Attorney Judge Pope King
    Queen Prince Princess
    """.split()
)
ABBREVIATIONS = TITLES | set(
    "St Ft Jr Sr Inc Co Corp Ltd Dept vs No Jan Feb Aug Sept Oct Nov Dec".split()
)
WORD = r"[A-Z]\w+(?:[-’'][A-Z]\w+)*"
DOTTED = rf"(?:{'|'.join(sorted(TITLES))})\."
RUN = re.compile(rf"(?:{DOTTED}|{WORD})(?: (?:{DOTTED}|(?:[A-Z]\. )?{WORD}))*")
GOES_ON = re.compile(r"(?:['’]s?)?(?: (?:and|of|for|the|&))* [A-Z]")  # a name longer than its run
AT_START = re.compile(r"(?<![\w,;) ]) ?$")  # what goes before the start of a sentence or quotation
PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im)\b")
SENTENCE_END = re.compile(r"[.!?]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\s*\n\s*")


@dataclass(frozen=True)
class Mention:
    """A place in a sentence; `name` is what joins mentions of one target: the last name."""

    kind: str  # a key of PER_ARTICLE
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Knowledge:
    """What the articles tell about their words."""

    common: set[str]  # words that are also written small, in lower case
    first_names: set[str]


def sentences(text: str) -> list[str]:
    """Splits at line ends and at sentence ends, not after an abbreviation or an initial.

    >>> sentences('Gov. Ruth B. Hale left. “Why?” Nobody\\nknows.')
    ['Gov. Ruth B. Hale left.', '“Why?”', 'Nobody', 'knows.']
    """
    found, start = [], 0
    for end in SENTENCE_END.finditer(text):
        before = text[start : end.start()].rsplit(None, 1)[-1:] or [""]
        word = before[0].lstrip("\"“‘'([")
        shortened = word in ABBREVIATIONS or re.fullmatch(r"[A-Z](\.[A-Z])*", word)
        if shortened and text[end.start()] == ".":
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words; the whole text where it has fewer.

    >>> sorted(word_runs("The mayor, she said.", 3))
    [('mayor', 'she', 'said'), ('the', 'mayor', 'she')]
    """
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(max(1, len(found) - length + 1))}


def learn(articles: Iterable[Sequence[str]]) -> Knowledge:
    """Reads common words and first names off articles given as sentences."""
    small, capital, followed, of_two = Counter(), Counter(), Counter(), Counter()
    surnames_after = defaultdict(list)
    for article in articles:
        runs = []
        for sentence in article:
            small.update(re.findall(r"\b[a-z]\w*", sentence))
            runs += [run.group().split() for run in RUN.finditer(sentence)]
        titled = {run[-1] for run in runs if len(run) > 1 and is_title(run[-2])}
        for run in runs:
            capital.update(word.lower() for word in run)
            followed.update(run[:-1])
            if len(run) == 2 and not is_title(run[0]):
                of_two[run[0]] += 1
                surnames_after[run[0]] += [run[1]] if run[1] in titled else []
    common = {word for word, n in small.items() if 4 * n > capital[word]}
    first_names = {
        first
        for first, surnames in surnames_after.items()
        if len(set(surnames)) > 1  # not "Tropical" for one Mr. Storm
        and 50 * len(surnames) > of_two[first]  # not "New" for one Mr. York and one Mr. Jersey
        and 2 * followed[first] > capital[first.lower()]  # not "Sunday"
    }
    return Knowledge(common, first_names)


def is_title(word: str) -> bool:
    return word.removesuffix(".") in TITLES


def person(run: Sequence[str], at_start: bool, known: Knowledge) -> int | None:
    """Where in a run of capitalised words a person begins, by titles or by a first name.

    >>> known = Knowledge({"if", "mayor", "will"}, {"Ruth", "Will"})
    >>> person(["Mayor", "Ruth", "Hale"], False, known), person(["If", "Ruth", "Hale"], True, known)
    (0, 1)
    >>> person(["Will", "Hale"], False, known), person(["Will", "Hale"], True, known)
    (0, None)
    """
    if is_title(run[-1]) or run[-1].lower() in known.common:
        return None
    titles = [at for at, word in enumerate(run) if is_title(word)]
    if titles and len(run) - titles[-1] <= 4:
        first = titles[-1]
        while first and is_title(run[first - 1]):
            first -= 1
        return first
    for at, word in enumerate(run):
        doubtful = at == 0 and at_start and word.lower() in known.common
        if word in known.first_names and not doubtful and 2 <= len(run) - at <= 4:
            return at
    return None


def mentions(
    sentence: str, surnames: set[str], organisations: set[str], known: Knowledge
) -> list[Mention]:
    """Every mention in a sentence, given what its article names in full and more than once."""
    found = [
        Mention("pronoun", *place.span(), place.group().lower())
        for place in PRONOUN.finditer(sentence)
    ]
    for start, end, run, at_start in runs_of(sentence, known):
        full = person(run, at_start, known)
        if full is not None:
            found.append(Mention("person", end - len(" ".join(run[full:])), end, run[-1]))
        elif len(run) == 1 and run[0] in surnames:
            found.append(Mention("person", start, end, run[0]))
        elif " ".join(run) in organisations and not GOES_ON.match(sentence, end):
            found.append(Mention("organisation", start, end, " ".join(run)))
    return found


def runs_of(sentence: str, known: Knowledge) -> Iterator[tuple[int, int, list[str], bool]]:
    """Runs of capitalised words: start, end, words, whether first in the sentence.

    What is first may owe its capital to that: a common word there is not counted in.
    """
    for place in RUN.finditer(sentence):
        run = place.group().split(" ")
        at_start = bool(AT_START.search(sentence, 0, place.start()))
        may_be_name = is_title(run[0]) or run[0] in known.first_names
        if at_start and run[0].lower() in known.common and not may_be_name:
            run, at_start = run[1:], False
        if run:
            yield place.end() - len(" ".join(run)), place.end(), run, at_start


def named(article: Sequence[str], known: Knowledge) -> tuple[set[str], set[str]]:
    """The surnames that an article gives in full, and the organisations that it names twice."""
    surnames, seen = set(), Counter()
    for sentence in article:
        for _, _, run, at_start in runs_of(sentence, known):
            if person(run, at_start, known) is not None:
                surnames.add(run[-1])
            elif may_be_organisation(run, known):
                seen[" ".join(run)] += 1
    return surnames, {name for name, n in seen.items() if n > 1}


def may_be_organisation(run: Sequence[str], known: Knowledge) -> bool:
    """An acronym, or two to four capitalised words that are neither titles nor shouted."""
    if len(run) == 1:
        acronym = re.fullmatch("[A-Z]{3,5}", run[0])
        return acronym is not None and run[0].lower() not in known.common
    return len(run) <= 4 and not any(word.isupper() or is_title(word) for word in run)


def is_prose(sentence: str) -> bool:
    """Neither too short nor too long, and no headline, where most words are capitalised."""
    found = sentence.split()
    return len(found) in WORDS and sum(word[0].isupper() for word in found) * 2 < len(found)


@dataclass(frozen=True)
class Passages:
    """An article in sentences, and those of them from which pairs may be made."""

    article_id: str
    title: str
    article: list[str]
    allowed: list[str]


def pairs_of(passages: Passages, known: Knowledge) -> Iterator[Pair]:
    """The pairs of one article, within PER_SENTENCE and PER_ARTICLE."""
    surnames, organisations = named(passages.article, known)
    left = dict(PER_ARTICLE)
    # The same article gives the same pairs, whichever others are read with it.
    for sentence in Random(passages.article_id).sample(passages.allowed, len(passages.allowed)):
        groups = defaultdict(list)
        for mention in mentions(sentence, surnames, organisations, known):
            groups[mention.kind, mention.name].append(mention)
        taken = 0
        for (kind, _), (main, *further) in groups.items():
            if taken == PER_SENTENCE or left[kind] == 0:
                continue
            taken += 1
            left[kind] -= 1
            places = ";".join(f"{mention.start}-{mention.end}" for mention in further)
            target = sentence[main.start : main.end]
            place = main.start, main.end
            yield Pair("", passages.article_id, sentence, target, *place, places)


def read_passages(articles: Path, judged: Sequence[Pair], tests: Sequence[Pair]) -> list[Passages]:
    """Every article, with its sentences that are not like those of the judged pairs."""
    forbidden = {
        length: set().union(*(word_runs(pair.text, length) for pair in pairs))
        for length, pairs in [(TRAIN_RUN, judged), (HELD_OUT_RUN, tests)]
    }
    found, seen = [], set()
    for _, row in read_rows(articles, ["id", "text"]):
        article, allowed = sentences(row["text"]), []
        for sentence in filter(is_prose, article):
            key = " ".join(words(sentence))
            like = any(word_runs(sentence, length) & runs for length, runs in forbidden.items())
            if key not in seen and not like:
                allowed.append(sentence)
            seen.add(key)
        found.append(Passages(row["id"], row.get("title") or "", article, allowed))
    return found
