"""Proves the formats of `claims check` with readers that are not ours.

    pip install jsonschema sarif-tools junitparser
    python scripts/check_formats.py target/debug/claims sarif-schema-2.1.0.json examples/clinic.md

The schema is https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json.
"""

import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from pathlib import Path

import jsonschema
from junitparser import JUnitXml
from sarif import loader

claims, schema, *pages = sys.argv[1:]


def run(form):
    done = subprocess.run([claims, "check", "--format", form, *pages], capture_output=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


found = [json.loads(line) for line in run("jsonl").splitlines()]
assert found, "give pages with findings"
assert found == [
    {"path": page["path"]} | finding for page in json.loads(run("json"))["files"] for finding in page["diagnostics"]
]
for finding in found:
    # Offsets are bytes of the file, columns characters and UTF-16 units of its line, ends are not included.
    data = Path(finding["path"]).read_bytes()
    words = data[finding["start"]:finding["end"]].decode()
    line = data.removeprefix(b"\xef\xbb\xbf").decode().split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1:].startswith(words.split("\n")[0]), finding
    units = line.encode("utf-16-le")[2 * (finding["column_utf16"] - 1):].decode("utf-16-le")
    assert units.startswith(words.split("\n")[0]), finding

with tempfile.NamedTemporaryFile("w", suffix=".sarif", encoding="utf-8") as file:
    file.write(run("sarif"))
    file.flush()
    log = json.load(open(file.name, encoding="utf-8"))
    jsonschema.validate(log, json.load(open(schema, encoding="utf-8")))
    assert loader.load_sarif_file(file.name).get_result_count() == len(found)
for result, finding in zip(log["runs"][0]["results"], found, strict=True):
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["byteOffset"], region["startColumn"]) == (finding["start"], finding["column_utf16"])
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["rule"]

suites = JUnitXml.fromstring(run("junit").encode())
assert sum(len(list(suite)) for suite in suites) >= len(found)
assert len(xml.fromstring(run("checkstyle")).findall("file/error")) == len(found)
for line in run("github").splitlines():
    assert re.fullmatch(r"::(error|warning|notice) file=[^,]+,line=\d+,endLine=\d+.*,title=[^:,]+::.+", line), line
print(f"{len(found)} findings: SARIF is valid, and all formats say the same")
