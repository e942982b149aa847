"""Takes labels through another annotation program and back, and compares them.

    python3 check.py cassis       PROGRAM
    python3 check.py doccano      PROGRAM --address http://127.0.0.1:8301 --user admin --password …
    python3 check.py label-studio PROGRAM --address http://127.0.0.1:8302 --user ann@example.org --password …

PROGRAM is framescope. `cassis` needs the package dkpro-cassis; the others a program that runs at the address
(README.md says how), and Python alone. What comes back must be what went out, but for the label that was
changed there. Ends with 1 where it is not.
"""

import argparse
import csv
import http.cookiejar
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

TEXTS = {
    "b1": "😀 Café owners fear the barrier — “dear & daft”.",
    "b2": "The 👩‍🔬 says the barrier holds.",
    "b3": "Ängelö has a barrier, \"they say\".",
    "b4": "Work on the barrier\nbegan on 🗓 Monday.",
    "b5": "Nobody has seen the barrier’s accounts.",
}
LABELS = [  # item, label, coder, note, status, words that decided
    ("b1", "critical", "Ann", "a, \"b\" 😀", "labelled", ["dear", "daft"]),
    ("b2", "supportive", "Ann", "", "labelled", ["holds"]),
    ("b3", "", "Ann", "two readings", "cannot say", []),
    ("b4", "", "Ann", "", "skipped", []),
    ("b5", "", "", "", "", []),
]
CHANGED = ("b2", "neutral")  # there
KEPT = ("text", "label", "coder", "note", "status", "target", "target_start", "target_end", "marks", "outlet", "speaker")


def rows(with_places: bool) -> list[dict[str, str]]:
    """The label file, with places in characters or without any."""
    found = []
    for item, label, coder, note, status, words in LABELS:
        text = TEXTS[item]
        places = [(text.index(word), text.index(word) + len(word)) for word in words]
        start = text.index("barrier")
        row = {"id": item, "outlet": "Courier", "speaker": "Zoë Elm" if item == "b2" else "", "text": text,
               "label": label, "coder": coder, "note": note, "status": status,
               "marks": "", "target": "barrier"}
        if with_places:
            marks = " ".join(f"{start}:{end}" for start, end in places)
            row |= {"target_start": str(start), "target_end": str(start + 7), "marks": marks}
        found.append(row)
    return found


def write(path: Path, table: list[dict[str, str]]):
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, table[0].keys())
        out.writeheader()
        out.writerows(table)


def read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def convert(program: str, *arguments: str | Path):
    subprocess.run([program, "convert", *map(str, arguments)], check=True, stderr=subprocess.DEVNULL)


def compare(sent: list[dict[str, str]], back: dict[str, dict[str, str]], changed_by: str | None) -> int:
    """Says what differs; gives the number of differences."""
    wrong = 0
    for row in sent:
        expected = {name: row.get(name, "") for name in KEPT}
        if changed_by is not None and row["id"] == CHANGED[0]:
            expected |= {"label": CHANGED[1], "coder": changed_by}
        found = {name: back.get(row["id"], {}).get(name, "") for name in KEPT}
        for name in KEPT:
            if expected[name] != found[name]:
                print(f"{row['id']}, {name}: sent {expected[name]!r}, came back {found[name]!r}")
                wrong += 1
    print(f"{len(sent)} rows, {len(KEPT)} columns each: {wrong} differences")
    return wrong


class Site:
    """A program that answers over HTTP."""

    def __init__(self, address: str):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, body=None, raw: bytes | None = None, kind="application/json"):
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": kind, "Referer": self.address + "/"} | self.headers
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), None)
        if token:
            headers["X-CSRFToken"] = token
        request = urllib.request.Request(self.address + path, data=data, method=method, headers=headers)
        with self.opener.open(request, timeout=120) as answer:
            found = answer.read()
        try:
            return json.loads(found)
        except ValueError:
            return found


class Doccano(Site):
    def __init__(self, given):
        super().__init__(given.address)
        key = self.ask("POST", "/v1/auth/login/", {"username": given.user, "password": given.password})["key"]
        self.headers["Authorization"] = f"Token {key}"

    def wait(self, task: str):
        while not (state := self.ask("GET", f"/v1/tasks/status/{task}"))["ready"]:
            time.sleep(0.3)
        errors = state["error"] or state["result"]
        if errors and "error" in errors and errors["error"]:
            raise SystemExit(f"doccano: {errors}")

    def through(self, path: Path, with_spans: bool, out: Path):
        task, kind = (("IntentDetectionAndSlotFilling", "IntentDetectionAndSlotFillingProject") if with_spans
                      else ("DocumentClassification", "TextClassificationProject"))
        project = self.ask("POST", "/v1/projects", {"name": "framescope", "description": "exchange", "guideline": "",
                                                     "project_type": task, "resourcetype": kind, "tags": []})["id"]
        edge = "framescope-exchange"
        head = f"--{edge}\r\nContent-Disposition: form-data; name=\"filepond\"; filename=\"in.jsonl\"\r\n\r\n"
        raw = head.encode() + path.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        upload = self.ask("POST", "/v1/fp/process/", raw=raw, kind=f"multipart/form-data; boundary={edge}")
        upload = upload.decode().strip('"')
        self.wait(self.ask("POST", f"/v1/projects/{project}/upload",
                           {"format": "JSONL", "task": task, "uploadIds": [upload], "encoding": "utf_8"})["task_id"])
        self.ask("POST", f"/v1/projects/{project}/category-types", {"text": CHANGED[1]})
        kinds = self.ask("GET", f"/v1/projects/{project}/category-types")
        for example in self.ask("GET", f"/v1/projects/{project}/examples?limit=100")["results"]:
            of = f"/v1/projects/{project}/examples/{example['id']}"
            if with_spans:
                units = example["text"].encode("utf-16-le")  # its page counts code units, of two bytes
                spans = self.ask("GET", of + "/spans")
                words = [units[2 * s["start_offset"]:2 * s["end_offset"]].decode("utf-16-le") for s in spans]
                print("doccano shows:", words)
            if example["text"] == TEXTS[CHANGED[0]]:
                for old in self.ask("GET", of + "/categories"):
                    self.ask("DELETE", f"{of}/categories/{old['id']}")
                label = next(kind["id"] for kind in kinds if kind["text"] == CHANGED[1])
                self.ask("POST", of + "/categories", {"label": label})
        task = self.ask("POST", f"/v1/projects/{project}/download", {"format": "JSONL", "exportApproved": False})
        self.wait(task["task_id"])
        archive = self.ask("GET", f"/v1/projects/{project}/download?taskId={task['task_id']}")
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            [name] = files.namelist()
            out.write_bytes(files.read(name))


class LabelStudio(Site):
    def __init__(self, given):
        super().__init__(given.address)
        page = self.ask("GET", "/user/login/").decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        form = {"csrfmiddlewaretoken": token, "email": given.user, "password": given.password}
        self.ask("POST", "/user/login/", raw=urllib.parse.urlencode(form).encode(),
                 kind="application/x-www-form-urlencoded")

    def through(self, path: Path, config: str, out: Path):
        project = self.ask("POST", "/api/projects", {"title": "framescope", "label_config": config})["id"]
        tasks = json.loads(path.read_text(encoding="utf-8"))
        found = self.ask("POST", f"/api/projects/{project}/import?return_task_ids=true", tasks)
        print("Label Studio takes in:", {name: found[name] for name in ("task_count", "annotation_count")})
        export = f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true"
        for task in self.ask("GET", export):
            for annotation in task["annotations"]:
                if task["data"]["id"] == CHANGED[0]:
                    for result in annotation["result"]:
                        if result["type"] == "choices":
                            result["value"]["choices"] = [CHANGED[1]]
                    self.ask("PATCH", f"/api/annotations/{annotation['id']}", {"result": annotation["result"]})
        out.write_text(json.dumps(self.ask("GET", export)), encoding="utf-8")


def through_cassis(path: Path, out: Path):
    import cassis

    cas = cassis.load_cas_from_json(path.read_text(encoding="utf-8"))
    for kind in ("Item", "Label", "Words"):
        for of in cas.select(f"webanno.custom.{kind}"):
            print(f"cassis shows {kind}:", repr(of.get_covered_text()), of.get("label") or of.get("kind") or of.get("item"))
            if kind == "Label" and of.get_covered_text() == TEXTS[CHANGED[0]]:
                of.label = CHANGED[1]
    cas.to_json(str(out))


def check(given, folder: Path, with_places: bool) -> int:
    sent = rows(with_places)
    write(folder / "labels.csv", sent)
    out, config, export, back = (folder / name for name in ("out", "config.xml", "Ben.json", "back.csv"))
    convert(given.program, folder / "labels.csv", "--to", given.tool, "--out", out, "--labelling-config", config)
    by = "Ben"
    if given.tool == "inception":
        through_cassis(out, export)
    elif given.tool == "doccano":
        Doccano(given).through(out, with_places, export)
    else:
        LabelStudio(given).through(out, config.read_text(encoding="utf-8"), export)
        by = "1"
    convert(given.program, export, "--from", given.tool, "--out", back)
    return compare(sent, read(back), by)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tool", choices=("cassis", "doccano", "label-studio"))
    parser.add_argument("program")
    parser.add_argument("--address")
    parser.add_argument("--user")
    parser.add_argument("--password")
    given = parser.parse_args()
    given.tool = "inception" if given.tool == "cassis" else given.tool
    wrong = 0
    for with_places in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            wrong += check(given, Path(folder), with_places)
    sys.exit(min(wrong, 1))


if __name__ == "__main__":
    main()
