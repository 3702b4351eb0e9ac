"""List the Rust crates in the explorer's WebAssembly, with their licences.

python docs/make_crates.py          writes explorer/build/crates.json
python docs/make_crates.py --check  exits with 1 when it is not what would be written now

Oxigraph comes to the page as a package of npm that says nothing of what it is made of. The wheel
of pyoxigraph of the same version does: it carries a bill of materials (CycloneDX 1.3, PEP 770),
which pip fetches. What that does not know stands in `explorer/build/crates.yaml`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import yaml

EXPLORER = Path(__file__).resolve().parent.parent / "explorer"
LISTED = EXPLORER / "build" / "crates.json"
BY_HAND = EXPLORER / "build" / "crates.yaml"

Record = dict[str, Any]


class CratesUnknown(ValueError):
    """What is known of the crates does not do; the message says what is to be mended, and where."""


def list_crates(bill: Record, by_hand: Record) -> list[Record]:
    """Give the crates of a bill of materials that go into the WebAssembly, by name and version.

    Args:
        bill: a CycloneDX bill of materials, as JSON has it.
        by_hand: what `crates.yaml` says.

    Returns:
        A record for each crate: ``name``, ``version``, ``licence`` (as the crate offers it, an SPDX
        expression), ``taken`` (the one of them under which it is in the page), ``authors``, and
        ``copyright``, the lines of its notice; it is left out where the licence asks for none.

    Raises:
        CratesUnknown: a root is not in the bill, or a licence or a notice is missing.
    """
    crates = [
        {
            "name": part["name"],
            "version": part["version"],
            "licence": " AND ".join(one["expression"] for one in part.get("licenses", [])),
            # The addresses are the authors' own business.
            "authors": re.findall(r"\s*([^,<]+?)\s*(?:<[^>]*>)?(?:,|$)", part.get("author", "")),
        }
        for part in _reach(bill, by_hand)
    ]
    crates += by_hand["beside"]
    return [
        {**crate, **_terms(crate, by_hand)}
        for crate in sorted(crates, key=lambda crate: (crate["name"], crate["version"]))
    ]


def _reach(bill: Record, by_hand: Record) -> list[Record]:
    """Give the parts that are reached from the roots."""
    parts = {part["bom-ref"]: part for part in bill["components"]}
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    ways = [ref for ref, part in parts.items() if part["name"] in by_hand["roots"]]
    absent = set(by_hand["roots"]) - {parts[ref]["name"] for ref in ways}
    if absent:
        message = (
            f"the bill of materials has no {', '.join(sorted(absent))}; see roots in crates.yaml"
        )
        raise CratesUnknown(message)
    reached: dict[str, Record] = {}
    while ways:
        ref = ways.pop()
        part = parts[ref]
        # "excluded" are those that run while others are compiled.
        if ref in reached or part["scope"] == "excluded" or part["name"] in by_hand["leave out"]:
            continue
        reached[ref] = part
        ways += needs.get(ref, [])
    return list(reached.values())


def _terms(crate: Record, by_hand: Record) -> Record:
    """Choose among the licences that a crate offers, and find its notice if that is asked for."""
    name = crate["name"]
    offered = crate["licence"].split(" OR ")
    taken = next((licence for licence in by_hand["take"] if licence in offered), None)
    if taken is None:
        message = f"{name} is under “{crate['licence']}”; see take in crates.yaml"
        raise CratesUnknown(message)
    if taken == "Apache-2.0":
        return {"taken": taken}
    if name not in by_hand["copyright"]:
        message = f"{name} is taken under {taken}; write its notice to copyright in crates.yaml"
        raise CratesUnknown(message)
    return {"taken": taken, "copyright": by_hand["copyright"][name]}


def locked_version() -> str:
    """Give the version of Oxigraph that the page is built with."""
    lock = json.loads((EXPLORER / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"]["node_modules/oxigraph"]["version"])


def fetch_bill(version: str) -> Record:
    """Give the bill of materials in the wheel of pyoxigraph of a version, which pip fetches."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        wanted = ["--only-binary=:all:", "--dest", folder, f"pyoxigraph=={version}"]
        subprocess.run([*pip, *wanted], check=True)  # noqa: S603 - a version that we have locked
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith(".cyclonedx.json"))
            found: Record = json.loads(wheel.read(name))
            return found


def write(version: str, crates: list[Record]) -> str:
    """Give the text of crates.json: a line for each crate, for small diffs."""
    lines = ",\n".join(f"    {json.dumps(crate, ensure_ascii=False)}" for crate in crates)
    return f'{{\n  "oxigraph": "{version}",\n  "crates": [\n{lines}\n  ]\n}}\n'


def main(arguments: list[str]) -> int:
    """Write the list; 1 when it is only to be checked and not current, 2 when it cannot be made."""
    try:
        version = locked_version()
        by_hand = yaml.safe_load(BY_HAND.read_text(encoding="utf-8"))
        text = write(version, list_crates(fetch_bill(version), by_hand))
    except (CratesUnknown, OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if "--check" not in arguments:
        LISTED.write_text(text, encoding="utf-8")
    elif not LISTED.exists() or LISTED.read_text(encoding="utf-8") != text:
        sys.stderr.write("not current: crates.json; python docs/make_crates.py writes it anew\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
