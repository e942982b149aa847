"""Times the label page under load: coders that label at once, and the opening of a large corpus.

    cargo build --release
    python3 benches/label_page.py target/release/framescope --coders 20 --labels 5000 --sentences 100000

Starts the program on loopback, asks as the page does (one kept connection a coder: next card, label, next
card), and counts what stands in the label file at the end. Needs Python alone.
"""

import argparse
import csv
import http.client
import json
import subprocess
import tempfile
import threading
import time
from pathlib import Path

LABELS = ("critical", "neutral", "supportive")
SENTENCES = 10  # of an article


class Server:
    """The program, listening, and the token of each coder."""

    def __init__(self, program: Path, folder: Path, arguments: list[str]):
        command = [program.absolute(), "label", *arguments, "--listen", "127.0.0.1:0"]
        self.started = time.monotonic()
        self.process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.tokens = []
        for line in self.process.stderr:
            if "http://" in line:
                self.address, token = line.split("http://")[1].strip().split("/#")
                self.tokens.append(token)
            if line.startswith("End with"):
                break
        else:
            raise SystemExit("framescope ended before it listened")
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def memory(self) -> int:
        """The most memory that it has used, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) // 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Coder:
    """One coder's page: a connection that is kept."""

    def __init__(self, server: Server, number: int):
        self.connection = http.client.HTTPConnection(server.address, timeout=60)
        self.headers = {"X-Framescope-Token": server.tokens[number]}
        self.seconds: list[float] = []

    def ask(self, path: str, body: dict | None = None) -> dict:
        method = "GET" if body is None else "POST"
        headers = self.headers | ({"Content-Type": "application/json"} if body else {})
        started = time.monotonic()
        self.connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.seconds.append(time.monotonic() - started)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {text[:200]!r}")
        return json.loads(text)

    def label(self, labels: int):
        for _ in range(labels):
            following = self.ask("/api/next").get("next")
            if following is None:
                return
            card = following["card"]
            answer = {"label": LABELS[card % 3]}
            of = {"card": card, "seen": 0, "request": f"{card}", "answer": answer, "seconds": 1.0}
            self.ask("/api/decide", of)


def write_articles(path: Path, sentences: int):
    """Articles of two outlets, each sentence of which names the plan."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "outlet", "date", "title", "text"])
        for number in range(sentences // SENTENCES):
            outlet = ("Courier", "Beacon")[number % 2]
            text = " ".join(
                f"The plan of street {number} has reached its stage {n} in the {outlet} ward."
                for n in range(SENTENCES)
            )
            table.writerow([f"{outlet}-{number}", outlet, "2031-06-02", "News", text])


def rows(path: Path) -> int:
    """Number of labelled rows; each sentence may stand there once a coder."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        found = [(row["id"], row["coder"]) for row in csv.DictReader(file) if row["label"]]
    if len(found) != len(set(found)):
        raise SystemExit("a label stands there twice")
    return len(found)


def measure_coders(program: Path, coders: int, labels: int):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles.csv", 2 * labels)
        names = ",".join(f"coder{number}" for number in range(coders))
        arguments = ["articles.csv", "--target", "plan", "--out", "labels.csv"]
        arguments += ["--coders", names, "--per-outlet", str(labels // 2)]
        server = Server(program, folder, arguments)
        pages = [Coder(server, number) for number in range(coders)]
        each = labels // coders
        started = time.monotonic()
        threads = [threading.Thread(target=page.label, args=(each,)) for page in pages]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        took = time.monotonic() - started
        times = sorted(seconds * 1000 for page in pages for seconds in page.seconds)
        middle, late = (times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
        print(f"{coders} coders, {len(times)} requests in {took:.1f} s: median {middle:.1f} ms, "
              f"99th percentile {late:.1f} ms, longest {times[-1]:.1f} ms")
        print(f"labels asked for {coders * each}, in the file {rows(folder / 'labels.csv')}; "
              f"memory {server.memory()} MB")
        server.stop()


def measure_opening(program: Path, sentences: int):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "articles.csv", sentences)
        arguments = ["articles.csv", "--target", "plan", "--out", "labels.csv"]
        arguments += ["--per-outlet", str(sentences // 2)]
        server = Server(program, folder, arguments)
        ready = time.monotonic() - server.started
        page = Coder(server, 0)
        for path in ("/", "/api/session", "/api/next"):
            asked = time.monotonic()
            page.connection.request("GET", path, headers=page.headers)
            answer = page.connection.getresponse()
            size = len(answer.read())
            took = (time.monotonic() - asked) * 1000
            print(f"{sentences} sentences, GET {path}: {answer.status}, {size} bytes, {took:.1f} ms")
        print(f"from start to listening {ready:.1f} s; memory {server.memory()} MB")
        server.stop()
        again = Server(program, folder, ["--resume", "labels.csv"])
        ready = time.monotonic() - again.started
        print(f"resumed: listening after {ready:.1f} s; memory {again.memory()} MB")
        again.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--coders", type=int, default=20)
    parser.add_argument("--labels", type=int, default=5000)
    parser.add_argument("--sentences", type=int, default=100_000)
    given = parser.parse_args()
    measure_coders(given.program, given.coders, given.labels)
    measure_opening(given.program, given.sentences)


if __name__ == "__main__":
    main()
