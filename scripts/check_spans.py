"""Checks a whole tree of files and proves that every finding stands where it says: no panic, no hang, no wrong span.

    python scripts/check_spans.py target/release/claims DIRECTORY ...

Every page of the directories is read, what git would ignore included. For each finding the bytes under its span must be whole
characters, stand at its line and columns, and be the words that its message quotes. Prints how much was read, in what time and
memory, and what each rule found. Works on Linux, where the memory of a child is known.
"""

import collections
import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

claims, *directories = sys.argv[1:]
LONGEST = 20 * 60
TEXT = {".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml", ".txt", ".text"}

pages = sorted(
    path
    for directory in directories
    for path in Path(directory).rglob("*")
    if path.suffix.lower() in TEXT and path.is_file() and not path.is_symlink()
)
size = sum(path.stat().st_size for path in pages)


def run(batch):
    """The findings of some pages; what could not be read is said on standard error and counted."""
    done = subprocess.run(
        [claims, "check", "--no-config", "--quiet", "--format", "jsonl", "--", *batch],
        capture_output=True,
        timeout=LONGEST,
    )
    said = done.stderr.decode("utf-8", "replace")
    assert "panicked" not in said and done.returncode in (0, 1, 2), f"{done.returncode}: {said[-2000:]}"
    refused.extend(line for line in said.splitlines() if "cannot check" in line)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


refused = []
found = []
start = time.monotonic()
# The arguments of a program have a limit.
for first in range(0, len(pages), 4000):
    found.extend(run(pages[first : first + 4000]))
seconds = time.monotonic() - start
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024

texts = {}


def seen(words):
    """Letters and digits alone, without tags and marks: what a message quotes of them."""
    words = re.sub(r"<[^>]*>", "", words)
    return "".join(c for c in words if c.isalnum()).lower()


wrong = []
rules = collections.Counter()
for finding in found:
    rules[finding["rule"]] += 1
    path = finding["path"]
    if path not in texts:
        texts = {path: Path(path).read_bytes()}
    data = texts[path]
    first, last = finding["start"], finding["end"]
    try:
        words = data[first:last].decode()
        before = data[:first].decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        if finding.get("encoding") is None and not any(path in line for line in refused):
            # Files in other encodings have offsets of their text, which is not on disk.
            try:
                data.decode()
            except UnicodeDecodeError:
                continue
        wrong.append((finding, "no whole characters"))
        continue
    line = before.rsplit("\n", 1)[-1]
    place = (before.count("\n") + 1, len(line) + 1, len(line.encode("utf-16-le")) // 2 + 1)
    if not words or not first < last <= len(data):
        wrong.append((finding, "nothing stands there"))
    elif place != (finding["line"], finding["column"], finding["column_utf16"]):
        wrong.append((finding, f"it stands at {place}"))
    elif seen(words)[:20] not in seen(finding["message"]) and "&" not in words and "\\" not in words:
        if re.search("[`\"“]", finding["message"]):
            wrong.append((finding, f"the words are {words!r}"))

print(f"{len(pages)} pages, {size / 1e6:.1f} MB, {len(refused)} refused, {seconds:.1f} s, {memory} MiB at most")
print(f"{len(found)} findings: " + (", ".join(f"{rule} {count}" for rule, count in rules.most_common()) or "none"))
for finding, why in wrong[:20]:
    print(f"wrong: {finding['path']}:{finding['line']}:{finding['column']} {finding['rule']}: {why}: {finding['message']}")
for line, count in collections.Counter(re.sub(r"cannot check .*?: ", "", line) for line in refused).most_common(10):
    print(f"refused {count} times: {line}")
if os.environ.get("FOUND"):
    Path(os.environ["FOUND"]).write_text("".join(json.dumps(finding) + "\n" for finding in found))
sys.exit(bool(wrong))
