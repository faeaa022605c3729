"""Asks every address in the handbook, the README and the records whether it is still there. Needs the network, so no test runs it.

    python scripts/check_links.py                  # all
    python scripts/check_links.py docs/src         # files and folders to read

Publishers that refuse programs (401, 403, 405, 429) are listed apart: open those by hand. Ends with 1 when an address is gone.
"""

import re
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REFUSED = {401, 403, 405, 429}
MADE_UP = ("https://example.org", "https://example.com", "https://doi.org/10.5555")
ROOTS = sys.argv[1:] or ["README.md", "CONTRIBUTING.md", "docs/src", "data"]


def addresses():
    """Every address with the first file that names it."""
    found = {}
    for root in map(Path, ROOTS):
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for file in files:
            if file.suffix not in {".md", ".toml", ".html", ".yml"}:
                continue
            text = file.read_text(encoding="utf-8")
            for doi in re.findall(r'^doi = "([^"]+)"', text, re.M):
                found.setdefault(f"https://doi.org/{doi}", file)
            for address in re.findall(r"https?://[^\s<>\"'`)\]}]+", text):
                found.setdefault(address.rstrip(".,;:|"), file)
    return {address: file for address, file in found.items() if not address.startswith(MADE_UP) and "…" not in address}


def status(address):
    """The answer as a number, or a word where there was none."""
    request = urllib.request.Request(address, headers={"User-Agent": "evidence-claims link check"})
    for attempt in range(2):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            reason = getattr(error, "reason", error)
            time.sleep(1 - attempt)
    return str(reason)


found = addresses()
with ThreadPoolExecutor(8) as pool:
    answers = dict(zip(found, pool.map(status, found)))
gone = {address: answer for address, answer in answers.items() if answer != 200 and answer not in REFUSED}
refused = [address for address, answer in answers.items() if answer in REFUSED]
for address in refused:
    print(f"refused   {address}  ({found[address]})")
for address, answer in gone.items():
    print(f"{answer}  {address}  ({found[address]})")
print(f"{len(found)} addresses: {len(found) - len(gone) - len(refused)} there, {len(refused)} refuse programs, {len(gone)} gone")
sys.exit(bool(gone))
