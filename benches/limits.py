"""What hostile sizes cost: time and memory of the command on each, as a table in Markdown.

    python3 benches/limits.py target/release/framescope [NAME...]

Inputs are made in a temporary folder (9 GB at most, one after another; TMPDIR says where). A command may take
8 GB of address space and ten minutes of processors; whatever needs more is told as such, and the script fails.
"""

import gzip
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

GIB = 1 << 30
MOST_MEMORY = 8 * GIB
MOST_SECONDS = 600
BLOCK = b"x" * (1 << 20)
WORDS = "harbour council tide lamp ferry mill quay bridge budget gate pump tram school market river".split()


def line_of(path, head, tail=b"", opener=open, block=BLOCK, size=2 * GIB):
    with opener(path, "wb") as out:
        out.write(head)
        for _ in range(size // len(block)):
            out.write(block)
        out.write(tail)


def sentence(chance):
    words = " ".join(chance.choices(WORDS, k=9))
    return f"The plan for the {words} is a folly."


def articles(path, n, per_article, outlets):
    chance = random.Random(1)
    with open(path, "w") as out:
        out.write("id,outlet,date,title,text\n")
        for at in range(n):
            text = " ".join(sentence(chance) for _ in range(per_article))
            day = f"2031-{at % 12 + 1:02}-{at % 28 + 1:02}"
            out.write(f"a{at},Outlet {at % outlets},{day},News {at},{text}\n")


def bomb(path, name, head, tail):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(name, "w", force_zip64=True) as out:
            out.write(head)
            for _ in range(2 * GIB // len(BLOCK)):
                out.write(BLOCK)
            out.write(tail)


def sheet_bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relation = "<Relationships><Relationship Id='r1' Type='%s/%s' Target='%s'/></Relationships>"
        archive.writestr("_rels/.rels", relation % (kind, "officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", relation % (kind, "worksheet", "worksheets/sheet1.xml"))
        book = f"<workbook xmlns:r='{kind}'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>"
        archive.writestr("xl/workbook.xml", book)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write(b"<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>")
            for _ in range(2 * GIB // len(BLOCK)):
                out.write(BLOCK)
            out.write(b"</t></is></c></row></sheetData></worksheet>")


def options(folder, key, names):
    quoted = ", ".join(f'"{name}"' for name in names)
    text = f"{key} = [{quoted}]\n"
    (folder / "framescope.toml").write_text(text if key == "target" else 'target = "plan"\n' + text)


def wide_row(path, n):
    names = ";".join(f"name{at}" for at in range(n))
    path.write_text(f'text,label,target,mentions\n"The plan is a folly.",critical,plan,"{names}"\n')


PLAN = ["--target", "plan"]


def small(folder):
    articles(folder / "a.csv", 100, 10, 5)


# Each: what it is, what makes it, and the command.
CASES = {
    "line-csv": ("a line of 2 GB in CSV", lambda f: line_of(f / "a.csv", b"id,text\n1,"), ["classify", "a.csv"]),
    "line-quoted": ("a quoted field of 2 GB that never ends",
                    lambda f: line_of(f / "a.csv", b'id,text\n1,"', block=b"x\n" * (1 << 19)), ["classify", "a.csv"]),
    "line-json": ("a line of 2 GB in JSON",
                  lambda f: line_of(f / "a.jsonl", b'{"text":"', b'"}\n'), ["classify", "a.jsonl"]),
    "line-text": ("a line of 2 GB of text", lambda f: line_of(f / "a.txt", b"It rained. "), ["classify", "a.txt"]),
    "line-page": ("a page of 2 GB", lambda f: line_of(f / "a.html", b"<!doctype html><p>"), ["classify", "a.html"]),
    "line-feed": ("a feed of 2 GB", lambda f: line_of(f / "a.rss", b"<rss><channel><item><title>"),
                  ["classify", "a.rss"]),
    "line-labels": ("a line of 2 GB among labels", lambda f: line_of(f / "a.csv", b"text,label\n"),
                    ["train", "a.csv", "--out", "m"]),
    "bomb-gzip": ("2 GB of text in 2 MB of gzip",
                  lambda f: line_of(f / "a.txt.gz", b"It rained. ", opener=gzip.open), ["classify", "a.txt.gz"]),
    "bomb-word": ("2 GB in a Word document of 9 MB",
                  lambda f: bomb(f / "a.docx", "word/document.xml", b"<w:document><w:body><w:p><w:r><w:t>",
                                 b"</w:t></w:r></w:p></w:body></w:document>"), ["classify", "a.docx"]),
    "bomb-sheet": ("2 GB in an Excel sheet of 9 MB", lambda f: sheet_bomb(f / "a.xlsx"), ["classify", "a.xlsx"]),
    "articles-classify": ("10⁶ articles of one sentence, classified",
                          lambda f: articles(f / "a.csv", 1_000_000, 1, 5),
                          ["classify", "a.csv", *PLAN, "--out", "out.csv"]),
    "articles-report": ("10⁶ articles of one sentence, reported",
                        lambda f: articles(f / "a.csv", 1_000_000, 1, 5),
                        ["report", "a.csv", *PLAN, "--out", "out.html"]),
    "articles-sample": ("10⁶ articles of one sentence, sampled", lambda f: articles(f / "a.csv", 1_000_000, 1, 5),
                        ["sample", "a.csv", *PLAN, "--out", "out.csv"]),
    "articles-targets": ("10⁶ articles of one sentence, searched for targets",
                         lambda f: articles(f / "a.csv", 1_000_000, 1, 5), ["targets", "a.csv"]),
    "sentences-classify": ("one article of 10⁶ sentences, 60 MB",
                           lambda f: articles(f / "a.csv", 1, 1_000_000, 5),
                           ["classify", "a.csv", *PLAN, "--out", "out.csv"]),
    "sentences-text": ("one text of 10⁵ sentences, classified", lambda f: articles(f / "a.txt", 1, 100_000, 5),
                       ["classify", "a.txt", *PLAN, "--out", "out.csv"]),
    "sentences-report": ("one article of 10⁵ sentences, reported", lambda f: articles(f / "a.csv", 1, 100_000, 5),
                         ["report", "a.csv", *PLAN, "--out", "out.html"]),
    "targets": ("10⁵ targets in framescope.toml, 1,000 sentences",
                lambda f: (small(f), options(f, "target", (f"t{at}" for at in range(100_000)))),
                ["classify", "a.csv", "--out", "out.csv"]),
    "targets-report": ("1,000 targets, 1,000 sentences, reported",
                       lambda f: (small(f), options(f, "target", (f"t{at}" for at in range(1_000)))),
                       ["report", "a.csv", "--out", "out.html"]),
    "outlets-text": ("10⁴ outlets, reported as text", lambda f: articles(f / "a.csv", 20_000, 3, 10_000),
                     ["report", "a.csv", *PLAN]),
    "outlets-html": ("10⁴ outlets, reported as a page", lambda f: articles(f / "a.csv", 20_000, 3, 10_000),
                     ["report", "a.csv", *PLAN, "--out", "out.html"]),
    "outlets-json": ("10⁴ outlets, reported as JSON", lambda f: articles(f / "a.csv", 20_000, 3, 10_000),
                     ["report", "a.csv", *PLAN, "--out", "out.json"]),
    "aliases": ("90,000 aliases of one target", lambda f: (small(f), options(f, "alias", (f"b{at}" for at in range(90_000)))),
                ["classify", "a.csv", "--out", "out.csv"]),
    "aliases-million": ("10⁶ aliases of one target",
                        lambda f: (small(f), options(f, "alias", (f"b{at}" for at in range(1_000_000)))),
                        ["classify", "a.csv", "--out", "out.csv"]),
    "aliases-row": ("10⁶ aliases in a row of labels", lambda f: wide_row(f / "a.csv", 1_000_000),
                    ["classify", "a.csv", "--unit", "sentence", "--out", "out.csv"]),
}


def run(program, typed, folder):
    """Runs a command; gives its status, seconds, peak memory in MB, what it said and the size of what it wrote."""

    def bounded():
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    start = time.monotonic()
    with open(folder / "said", "wb") as said:
        process = subprocess.Popen([program, *typed], cwd=folder, preexec_fn=bounded, stderr=said,
                                   stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = 0
    written = sum(path.stat().st_size for path in folder.glob("out.*"))
    cpu = usage.ru_utime + usage.ru_stime
    return status, seconds, cpu, usage.ru_maxrss / 1024, (folder / "said").read_text(errors="replace"), written


def main():
    program = os.path.abspath(sys.argv[1])
    wanted = sys.argv[2:] or list(CASES)
    print("| input | what happens | seconds | CPU s | MB at most | MB written |\n| --- | --- | ---: | ---: | ---: | ---: |")
    is_bad = False
    for name in wanted:
        what, make, typed = CASES[name]
        folder = Path(tempfile.mkdtemp(prefix="framescope-limits-"))
        try:
            make(folder)
            status, seconds, cpu, memory, said, written = run(program, typed, folder)
        finally:
            shutil.rmtree(folder)
        code = os.waitstatus_to_exitcode(status)
        error = next((line for line in said.splitlines() if line.startswith("error: ")), "")
        happens = "done" if code == 0 else f"refused: {error[7:]}" if code in (1, 2) and error else f"ENDS WITH {code}"
        is_bad |= happens.startswith("ENDS")
        print(f"| {what} | {happens[:160]} | {seconds:.1f} | {cpu:.1f} | {memory:.0f} | {written / 1e6:.1f} |", flush=True)
    sys.exit(is_bad)


main()
