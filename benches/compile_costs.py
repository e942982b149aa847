"""What each direct dependency costs to compile and adds to the program, as a table in Markdown.

    python3 benches/compile_costs.py [CARGO OPTIONS...]
    python3 benches/compile_costs.py --table FOLDER

The first builds the release program from nothing in a new folder, and tells where; the second prints the table
once more. Seconds are those of processors, so that other work on the machine changes them little: this script
stands before rustc (RUSTC_WRAPPER) and notes what each crate takes. What is left of the whole goes to build scripts
and the C compilers that they run, by the time that cargo says each took. Bytes are those of symbols, by the crate in
their name; what is compiled into another crate's function counts there.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What zstd's C functions begin with: they name no crate.
OF_ZSTD = re.compile(r"_*(ZSTD|HUF|FSE|HIST|COVER|FASTCOVER|ZDICT|POOL|XXH|ERR)_?")


def compile_and_note():
    """In the place of rustc: runs it, and notes the crate and its seconds."""
    # Files stay open: some of them are cargo's, by which it and rustc agree on how many threads run.
    status = subprocess.run(sys.argv[1:], check=False, close_fds=False).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "--crate-name" in sys.argv and "CARGO_PKG_NAME" in os.environ:
        package = f"{os.environ['CARGO_PKG_NAME']} {os.environ['CARGO_PKG_VERSION']}"
        with open(os.environ["COMPILE_COSTS"], "a", encoding="utf-8") as notes:
            notes.write(json.dumps([package, used.ru_utime + used.ru_stime]) + "\n")
    sys.exit(status)


def build(folder, options):
    environment = os.environ | {"RUSTC_WRAPPER": __file__, "COMPILE_COSTS": str(folder / "seconds.jsonl")}
    command = ["cargo", "build", "--release", "--locked", "--timings", "--target-dir", folder]
    subprocess.run([*command, "--config", 'profile.release.strip="none"', *options], cwd=ROOT, env=environment,
                   check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    (folder / "total").write_text(str(used.ru_utime + used.ru_stime))


def seconds(folder):
    """Seconds by package: rustc's, and those of its build script."""
    taken = Counter()
    for line in (folder / "seconds.jsonl").read_text().splitlines():
        package, used = json.loads(line)
        taken[package] += used
    page = (folder / "cargo-timings" / "cargo-timing.html").read_text()
    units = json.loads(re.search(r"const UNIT_DATA = (\[.*?\]);\n", page, re.DOTALL)[1])
    scripts = [unit for unit in units if unit["mode"] == "run-custom-build"]
    left = float((folder / "total").read_text()) - sum(taken.values())
    by_clock = sum(unit["duration"] for unit in scripts)
    for unit in scripts:
        taken[f"{unit['name']} {unit['version']}"] += left * unit["duration"] / by_clock
    return taken


def graph():
    """Which package uses which others, and the packages that framescope asks for."""
    host = re.search("host: (.*)", subprocess.check_output(["rustc", "-vV"], text=True))[1]
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host]
    metadata = json.loads(subprocess.check_output(command, cwd=ROOT))
    names = {package["id"]: f"{package['name']} {package['version']}" for package in metadata["packages"]}
    uses = {}
    for node in metadata["resolve"]["nodes"]:
        asked = [of for of in node["deps"] if any(kind["kind"] != "dev" for kind in of["dep_kinds"])]
        uses[names[node["id"]]] = {names[of["pkg"]] for of in asked}
    return uses, next(name for name in uses if name.startswith("framescope "))


def reached(uses, start, without=None):
    found, left = set(), [start]
    while left:
        package = left.pop()
        if package not in found and package != without:
            found.add(package)
            left.extend(uses[package])
    return found


def sizes(program):
    """Bytes of symbols by crate."""
    by_crate = Counter()
    listed = subprocess.check_output(["nm", "--print-size", "--demangle", program], text=True)
    for line in listed.splitlines():
        parts = line.split(maxsplit=3)
        if len(parts) < 4 or parts[2] in "bB":
            continue
        crate = re.search(r"\b([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::", parts[3])
        of_zstd = "zstd_sys" if OF_ZSTD.match(parts[3]) else "other"
        by_crate[crate[1] if crate else of_zstd] += int(parts[1], 16)
    return by_crate


def table(folder):
    taken, bytes_of = seconds(folder), sizes(folder / "release" / "framescope")
    uses, root = graph()
    everything = reached(uses, root)
    rows = []
    for package in uses[root]:
        only = everything - reached(uses, root, package)
        added = sum(bytes_of[of.split()[0].replace("-", "_")] for of in only)
        rows.append((sum(taken[of] for of in only), taken[package], len(only) - 1, added, package))
    print("| crate | its seconds | with what only it brings | so many crates | KB in the program |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for together, own, others, added, package in sorted(rows, reverse=True):
        print(f"| {package} | {own:.1f} | {together:.1f} | {others} | {added / 1000:.0f} |")
    shared = everything - {root} - set().union(*(everything - reached(uses, root, of) for of in uses[root]))
    print(f"| brought by several | | {sum(taken[of] for of in shared):.1f} | {len(shared)} | "
          f"{sum(bytes_of[of.split()[0].replace('-', '_')] for of in shared) / 1000:.0f} |")
    print(f"| framescope itself | {taken[root]:.1f} | | | {bytes_of['framescope'] / 1000:.0f} |")
    print(f"| everything | {sum(taken[of] for of in everything):.1f} | | {len(everything) - 1} | "
          f"{(folder / 'release' / 'framescope').stat().st_size / 1000:.0f} |")


def main():
    if "COMPILE_COSTS" in os.environ:
        compile_and_note()
    elif sys.argv[1:2] == ["--table"]:
        table(Path(sys.argv[2]))
    else:
        folder = Path(tempfile.mkdtemp(prefix="framescope-costs-"))
        build(folder, sys.argv[1:])
        print(f"built in {folder}", file=sys.stderr)
        table(folder)


main()
