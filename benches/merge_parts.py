"""Counts an invented corpus in one run and in parts, and compares costs and bytes.

    cargo build --release
    python3 benches/merge_parts.py target/release/framescope FOLDER --sentences 10000000 --parts 8

writes sentence tables of 200 sentences an article, in 20 outlets, to FOLDER (1.8 GB for ten million), and says what
each way takes of the processor and of memory.
"""

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

PER_ARTICLE = 200
N_OUTLETS = 20
N_BLOCKS = 400
HEAD = (
    "article_id,outlet,date,sentence,part,paragraph,text,voice,speaker,cue,target,about,stance,"
    "p_critical,p_neutral,p_supportive,shared_with,model,mentions"
)
WORDS = (
    "harbour council vote sandbag gate winter storm budget engineer mayor quay ferry wall flood street cost plan delay "
    "report evening crowd protest permit survey bridge pump tender hearing ledger tide"
).split()
SPEAKERS = ["Jo Elm", "Al Oak", "Matt Birch", "Ines Carrow", "H. T. Oake", "Nora Quill"]


def block(chance: random.Random) -> str:
    """The rows of an article, with marks where its id, outlet and day stand."""
    rows = []
    for number in range(1, PER_ARTICLE + 1):
        words = chance.choices(WORDS, k=9)
        names_target = chance.random() < 0.3
        text = " ".join(["The", *words[:4], *(["barrier"] if names_target else []), *words[4:]]) + "."
        is_quoted = chance.random() < 0.3
        voice, speaker, cue = ("attributed", chance.choice(SPEAKERS), "said") if is_quoted else ("outlet", "", "")
        critical = chance.randrange(0, 9001)
        neutral = chance.randrange(0, 10001 - critical)
        shares = [critical, neutral, 10000 - critical - neutral]
        label = ("critical", "neutral", "supportive")[shares.index(max(shares))]
        written = ",".join(f"{share / 10000:.4f}" for share in shares)
        about, mention = ("mention", "barrier") if names_target else ("context", "")
        rows.append(
            f"@ID,@OUTLET,@DAY,{number},body,{1 + number // 5},{text},{voice},{speaker},{cue},barrier,{about},"
            f"{label},{written},,invented,{mention}\n"
        )
    return "".join(rows)


def write(folder: Path, n_sentences: int, n_parts: int) -> list[Path]:
    """Writes the corpus, article after article, into as many files as there are parts."""
    chance = random.Random(1)
    blocks = [block(chance) for _ in range(N_BLOCKS)]
    n_articles = n_sentences // PER_ARTICLE
    paths = [folder / f"part-{part:03}.csv" for part in range(n_parts)]
    for part, path in enumerate(paths):
        with open(path, "w") as file:
            file.write(HEAD + "\n")
            for article in range(part, n_articles, n_parts):
                day = f"2031-{1 + article % 12:02}-{1 + article % 28:02}"
                rows = chance.choice(blocks).replace("@ID", f"a{article}").replace("@DAY", day)
                file.write(rows.replace("@OUTLET", f"Outlet {article % N_OUTLETS}"))
    return paths


def run(*typed: str | Path) -> tuple[float, float]:
    """Runs a command; gives its processor seconds and mebibytes."""
    process = subprocess.Popen([str(word) for word in typed], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, typed))} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=10_000_000)
    parser.add_argument("--parts", type=int, default=8)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    tables = write(asked.folder, asked.sentences, asked.parts)
    size = sum(path.stat().st_size for path in tables)
    print(f"{asked.sentences} sentences, {size / 1e9:.2f} GB, {asked.parts} parts", flush=True)
    report = [asked.program, "report"]
    once = asked.folder / "once.json"
    whole_cpu, whole_memory = run(*report, *tables, "--target", "barrier", "--out", once)
    print(f"one run: {whole_cpu:.1f} CPU s, {whole_memory:.0f} MiB", flush=True)
    states, parts = [table.with_suffix(".state") for table in tables], []
    for table, state in zip(tables, states):
        parts.append(run(*report, table, "--target", "barrier", "--partial", state))
    cpu, memory = sum(part[0] for part in parts), max(part[1] for part in parts)
    size = sum(state.stat().st_size for state in states)
    print(f"parts: {cpu:.1f} CPU s together, {memory:.0f} MiB at most, states of {size / 1e6:.1f} MB", flush=True)
    merged = asked.folder / "merged.json"
    merge_cpu, merge_memory = run(*report, "--merge", *states, "--out", merged)
    print(f"merge: {merge_cpu:.1f} CPU s, {merge_memory:.0f} MiB", flush=True)
    print(f"parts and merge: {(cpu + merge_cpu) / whole_cpu:.3f} x one run")
    print("same bytes" if once.read_bytes() == merged.read_bytes() else "OTHER BYTES")


if __name__ == "__main__":
    main()
