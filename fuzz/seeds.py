#!/usr/bin/env python3
"""Fills `fuzz/corpus/` with pages, packs and queries of the project, and `fuzz/dictionaries/` with the forms of its vocabulary.

    python3 fuzz/seeds.py

Nothing of it is committed: it is made again from `data/`, `examples/`, `docs/` and `tests/`.
"""

import hashlib
import html
import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "fuzz"
SEPARATOR = "\x01"
# Longer inputs are slow, and show no more.
MOST_BYTES = 6000

MARKUP = [
    "**", "*", "_", "`", "```\n", "# ", "- ", "1. ", "> ", "| a | b |\n| --- | --- |\n", "[x](y)", "![", "](", "[^1]", "[^1]: ",
    "\n\n", "\r\n", "---\ntitle: ", "\n---\n", "+++\n", "{{ ", " }}", "{% ", " %}", "<b>", "</b>", "<p>", "</p>", "<br>", "<div>",
    "<li>", "<h2>", "<!-- ", " -->", "<script>", "</script>", "<script type=\"application/ld+json\">", "<img alt=\"", "<title>",
    "<meta name=\"description\" content=\"", "<pre>", "<code>", "<blockquote>", "<noscript>", "&nbsp;", "&amp;", "&eacute;", "&#8217;",
    "\u00ad", "\u200b", "\ufeff", "\u0130", "\U0001f60c", "\ufb01", "\u2019", "\u201c", "\u201d", "\u2026", "does not", "may",
    "can", "helps", "100%", "studies show", "proven", "It", "Massage",
]
COMMENTS = [
    "claims-ignore-line", "claims-ignore-next-line", "claims-disable-file", "claims-disable", "claims-enable", "until 2026-12-01",
    "detox-claim", "cure-claim", ": a quotation",
]
PROJECT = ["[[allow]]\n", "rule = ", "words = ", "path = ", "claim = ", "because = ", "until = ", "[severity]\n", "profile = ", "files = [", "exclude = ["]
QUERY = [
    "topic:", "certainty", "direction:", "magnitude:", "outcome:", "population:", "intervention:", "comparator:", "design:", "source:",
    "id:", "year", "participants", "effect", "findings", "due:", "reviewed", "withdrawn:", "yes", "no", "none", "high", "moderate", "low",
    "very-low", "supports", "against", "null", "mixed", "unclear", "small", "large", "meta-analysis", "<=", ">=", "..", "2026-01-01", "-",
]
QUERIES = [
    "topic:cortisol", "topic:pain,sleep -withdrawn:yes", "certainty<=low", "certainty:none,high direction:null", "magnitude:small",
    "outcome:anxiety population:D006854", "design:meta-analysis year>=2020 participants>=500", "year:2010..2015", "effect>=0.5",
    "effect:0.2..0.8", "findings=1", "due:2027-01-01 reviewed>=2026-01-01", "id:\"a, b\" \"stress hormone\" stress", "source:moyer-2011-cortisol",
]


WORD = [
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:pPr>", "</w:pPr>", "<w:pStyle w:val=\"", "\"/>", "<w:numPr/>", "<w:numId w:val=\"0\"/>",
    "<w:outlineLvl w:val=\"1\"/>", "<w:hyperlink>", "</w:hyperlink>", "<w:vanish/>", "<w:rPr>", "</w:rPr>", "<w:instrText>", "</w:instrText>", "<w:tab/>", "<w:br/>",
    "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:tc>", "</w:tc>", "<w:del>", "</w:del>", "<w:moveFrom>", "</w:moveFrom>", "<w:rt>", "</w:rt>", "<mc:Fallback>",
    "</mc:Fallback>", "<w:pPrChange>", "</w:pPrChange>", "<w:style w:styleId=\"", "<w:name w:val=\"heading 1\"/>", "<w:basedOn w:val=\"", "<![CDATA[", "]]>", "&amp;",
    "&#8217;", "&#xAD;", "&x;", "<!DOCTYPE x>", "<!-- ", " -->", "<?x ", "?>", "xmlns:w=\"", "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"",
]
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = "".join(f'<w:style w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/></w:style>' for id, name, base in [
    ("a", "heading 1", "b"), ("b", "mine", "a"), ("c", "list bullet", ""), ("d", "Quote", "")])
PROPERTIES = ["", '<w:pStyle w:val="a"/>', '<w:pStyle w:val="b"/>', '<w:numPr><w:numId w:val="1"/></w:numPr>', '<w:outlineLvl w:val="0"/>']
PROTOCOL = [
    "Content-Length: ", "\r\n\r\n", "{\"jsonrpc\":\"2.0\",\"method\":\"", "\"id\":", "\"params\":", "\"textDocument\":{\"uri\":\"file:///nowhere/site/page\"}",
    "\"position\":{\"line\":0,\"character\":4294967295}", "\"range\":{\"start\":", "\"contentChanges\":[{\"text\":\"", "\"version\":", "$/cancelRequest",
    "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/hover", "textDocument/codeAction", "workspace/executeCommand",
    "workspace/didChangeWorkspaceFolders", "\"event\":{\"added\":[{\"uri\":\"file:///\",\"name\":\"\"}],\"removed\":[]}", "initialize", "shutdown", "exit",
]


def texts(pattern):
    return [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern)) if path.is_file()]


def parts(text):
    """A text in pieces that a fuzzer can change quickly, cut at blank lines."""
    piece = ""
    for paragraph in re.split(r"(?<=\n)\n", text):
        if piece and len(piece) + len(paragraph) > MOST_BYTES:
            yield piece
            piece = ""
        piece += paragraph + "\n"
    if piece.strip() and len(piece.encode()) <= 4 * MOST_BYTES:
        yield piece


def sentences():
    for path in sorted((ROOT / "tests/corpus").glob("*.jsonl")):
        yield path.stem, [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_corpus(target, inputs):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for text in inputs:
        data = text if isinstance(text, bytes) else text.encode()
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    print(f"{target}: {len(list(folder.iterdir()))} inputs")


def write_dictionary(name, words):
    folder = HERE / "dictionaries"
    folder.mkdir(exist_ok=True)
    plain = range(0x20, 0x7F)
    quote = lambda word: "".join(chr(b) if b in plain and chr(b) not in '"\\' else f"\\x{b:02X}" for b in word.encode())
    lines = [f'"{quote(word)}"' for word in dict.fromkeys(words) if word and len(word.encode()) <= 64]
    (folder / f"{name}.dict").write_text("\n".join(lines) + "\n")
    print(f"dictionary {name}: {len(lines)} words")


def main():
    terms = [term for text in texts("data/terms/**/*.toml") for term in tomllib.loads(text).get("term", [])]
    rules = [rule for text in texts("data/rules/*.toml") for rule in tomllib.loads(text).get("rule", [])]
    bad = [sentence for rule in rules for sentence in rule.get("bad", [])]

    markdown = [piece for pattern in ["examples/*.md", "tests/corpus/*.md", "docs/src/**/*.md", "README.md"] for text in texts(pattern) for piece in parts(text)]
    pages = [piece for pattern in ["tests/**/*.html", "cli/tests/**/*.html"] for text in texts(pattern) for piece in parts(text)]
    plain, tables = [], []
    for _, lines in sentences():
        for at in range(0, len(lines), 12):
            some = lines[at : at + 12]
            plain.append("\n\n".join(some))
            markdown.append("# " + some[0] + "\n\n" + "\n".join(f"- {line}" for line in some[1:6]) + "\n\n" + "\n\n".join(some[6:]))
            items = "".join(f"<li>{html.escape(line)}</li>" for line in some[1:6])
            rest = "".join(f"<p>{html.escape(line)}</p>" for line in some[6:])
            pages.append(f"<title>{html.escape(some[0])}</title><ul>{items}</ul>{rest}<img alt=\"{html.escape(some[0])}\">")
            rows = "".join('{},"{}"\n'.format(n, line.replace('"', '""')) for n, line in enumerate(some))
            tables.append("id,text\n" + rows)
    plain += [" ".join(bad[at : at + 5]) for at in range(0, len(bad), 5)]

    every = ["m" + text for text in markdown] + ["h" + text for text in pages] + ["p" + text for text in plain] + ["c" + text for text in tables]
    some = every[::5]
    comment = "<!-- claims-ignore-next-line detox-claim: a quotation -->\n"
    settings = SEPARATOR + "profile = \"uk-cap\"\n\n[severity]\ncan-as-hedge = \"note\"\n\n[[allow]]\nrule = \"cure-claim\"\nbecause = \"a title\"\n"
    edits = SEPARATOR.join(["", "\x10\x04\x03boosts immunity", "\x05\x00\x02\n\n- less pain\n", "\x20\x30\x01", "\x02\x08\x04**"])

    write_corpus("markdown", markdown)
    write_corpus("html", pages)
    write_corpus("plain", plain)
    write_corpus("csv", tables)
    write_corpus("checker", [one + SEPARATOR + two[1:] for one, two in zip(some, some[1:])])
    write_corpus("fixes", [text for text in every if not text.startswith("c")])
    write_corpus("suppressions", [text[0] + comment + text[1:] + settings for text in some])
    write_corpus("draft", [text[:3000] + edits for text in some])
    write_corpus("query", QUERIES)
    packs = [piece for pattern in ["data/**/*.toml", "tests/**/*.toml"] for text in texts(pattern) for piece in parts(text)]
    write_corpus("pack", packs)

    def word(root, content):
        return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{WORDS}">{content}</w:{root}>'

    def paragraphs(lines):
        paragraph = lambda at, line: f'<w:p><w:pPr>{PROPERTIES[at % len(PROPERTIES)]}</w:pPr><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>'
        return "".join(paragraph(at, line) for at, line in enumerate(lines))

    documents = [SEPARATOR.join([
        word("document", f"<w:body>{paragraphs(bad[at : at + 6])}<w:tbl><w:tr><w:tc>{paragraphs(bad[at + 6 : at + 7])}</w:tc></w:tr></w:tbl></w:body>"),
        word("styles", STYLES), word("hdr", paragraphs(bad[at + 7 : at + 8])), word("footnotes", f"<w:footnote>{paragraphs(bad[at + 8 : at + 9])}</w:footnote>"),
    ]) for at in range(0, len(bad), 9)]
    write_corpus("docx", documents + [b"z" + path.read_bytes() for path in sorted(ROOT.glob("cli/tests/**/*.docx"))])
    # Each message: its letter, and a range in characters of which a space is 0.
    talk = SEPARATOR + SEPARATOR.join(["c # 'boosts immunity", "h (", "a ! 0", "wMassage lowers cortisol.", "k (", "d )", "ecortisol-single-session", "f", "c!!!#- less pain", "s"])
    wild = [SEPARATOR + 'j{"jsonrpc":"2.0","id":7,"method":"shutdown"}', SEPARATOR + "rContent-Length: 2\r\n\r\n{}", SEPARATOR + "qtextDocument/hover"]
    write_corpus("lsp", [eight + text[:1500] + talk + (wild[at % 3] if at % 4 == 0 else "") for at, text in enumerate(every[::12]) for eight in ["", "8"]])

    forms = [form for term in terms for form in [*term.get("forms", []), *term.get("verbs", [])]]
    write_dictionary("copy", [*MARKUP, *COMMENTS, *PROJECT, *forms])
    write_dictionary("docx", [*WORD, *MARKUP, *forms[::20]])
    write_dictionary("lsp", [*PROTOCOL, *MARKUP, *COMMENTS, *forms[::10]])
    write_dictionary("query", [*QUERY, *(term["id"] for term in terms)])
    schema = json.loads((ROOT / "data/schema.json").read_text())
    keys, words = set(), set()

    def walk(node):
        if isinstance(node, dict):
            keys.update(node.get("properties", {}))
            words.update(word for word in node.get("enum", []) if isinstance(word, str))
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(schema)
    tables_of_packs = [f"[[{name}]]\n" for name in ["claim", "source", "term", "rule", "profile", "accepted"]]
    write_dictionary("pack", [*tables_of_packs, *(f"{key} = " for key in sorted(keys)), *(f'"{word}"' for word in sorted(words)), "'", "'''", " ... ", "(", "|", "[", "]"])


main()
