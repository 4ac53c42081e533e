"""Bytes of a BPMN file → an XML tree, or a refusal. Everything here assumes that the bytes are hostile.

The bytes are decoded here, by an allow-list of encodings, and only UTF-8 is given to libxml2: so what we
looked at and what it parses are the same text. Nothing is fetched, and no document type or entity is read.
"""

from __future__ import annotations

import codecs
import re
from typing import cast

from lxml import etree

from engine.diagrams.vocabulary import BPMN, local, namespace
from engine.errors import DiagramRefused, Problem

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 5 * 1024 * 1024
MAX_TAGS = 250_000
MAX_ATTRIBUTES = 300_000
MAX_ATTRIBUTES_OF_ONE = 100
MAX_NAMESPACE = 1_000
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
OTHER_ROOTS = {
    "definitions": "a file of another version or kind of model (BPMN 1 or DMN, perhaps)",
    "Package": "an XPDL file",
    "svg": "a picture (SVG)",
    "html": "a web page",
    "mxfile": "a draw.io drawing",
    "mxGraphModel": "a draw.io drawing",
}

_DECLARATION = re.compile(r"<\?xml\s[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""<\?xml\s[^>]{0,150}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG = re.compile(r"[ \t\r\n]+|<!--.*?-->", re.DOTALL)
_CROWDED = etree.XPath(f"(//*[@*[{MAX_ATTRIBUTES_OF_ONE + 1}]])[1]")
_PARSERS_OWN = re.compile(r"\bxml[A-Z]\w*: |,? (use|try) XML_PARSE_HUGE( option)?|, line \d+, column \d+$")
_FORBIDDEN = (("<!", "a document type (DOCTYPE)"), ("<?", "a processing instruction (<?…?>)"))


def tree(content: bytes) -> etree._Element:
    """The root element of a BPMN file. Raises DiagramRefused with one problem."""
    text = decoded(content)
    _count(text)
    text = _without_prolog(text)
    root = _parsed(text)
    _second_look(root)
    _is_bpmn(root)
    return root


def decoded(content: bytes) -> str:
    """The text of the file, without byte order mark. Raises DiagramRefused."""
    if not content.strip():
        raise refused("Expected a BPMN file, but the file is empty.")
    if len(content) > MAX_BYTES:
        raise refused(f"Expected at most {MAX_BYTES // 1024 // 1024} MB, but the file is larger.")
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            raise refused(f"Expected a BPMN file (XML), but this is {what}.")
    mark, encoding = _encoding(content)
    try:
        text = content[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(
            f"Expected text in {encoding.upper()}, but byte {error.start} is not. Save the file as UTF-8."
        ) from error
    if "\0" in text:
        raise refused("Expected a BPMN file (XML), but it holds NUL characters, which XML does not allow.")
    return text


def _encoding(content: bytes) -> tuple[int, str]:
    """How many bytes the byte order mark takes, and the Python name of the encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            if not encoding:
                raise refused("Expected UTF-8 or UTF-16, but the file is in UTF-32. Save it as UTF-8.")
            return len(mark), encoding
    if content[:4] == b"<\0?\0":
        return 0, "utf-16-le"
    if content[:4] == b"\0<\0?":
        return 0, "utf-16-be"
    declared = _ENCODING.match(content[:400])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    encoding = ENCODINGS.get(name, "")
    if encoding.startswith("utf-16"):  # what says so in single bytes is not: some tools write it into UTF-8
        return 0, "utf-8"
    if not encoding:
        raise refused(f"Expected UTF-8, UTF-16 or Latin-1, but the file says it is {name}. Save it as UTF-8.")
    return 0, encoding


def _count(text: str) -> None:
    """Cheap bounds, before any parser sees the text."""
    if len(text) > MAX_CHARACTERS:
        raise refused(
            f"Expected at most {MAX_CHARACTERS // 1024 // 1024} million characters, but there are more."
        )
    if text.count("<") > MAX_TAGS:
        raise refused(f"Expected at most {MAX_TAGS:,} tags, but there are more. Split the diagram up.")
    if text.count("=") > MAX_ATTRIBUTES:
        raise refused(f"Expected at most {MAX_ATTRIBUTES:,} attributes, but there are more.")


def _without_prolog(text: str) -> str:
    """The text from its root element on, after as many lines as before, so that line numbers stay right."""
    declaration = _DECLARATION.match(text)
    position = declaration.end() if declaration else 0
    while skipped := _PROLOG.match(text, position):
        position = skipped.end()
    for start, what in _FORBIDDEN:
        if text.startswith(start, position):
            raise refused(f"Expected a plain BPMN file, but it starts with {what}. Remove it.")
    if not text.startswith("<", position):
        raise refused("Expected a BPMN file (XML), but this is something else.")
    return "\n" * text.count("\n", 0, position) + text[position:]


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        attribute_defaults=False,
        remove_comments=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, message = error.lineno, _PARSERS_OWN.sub("", str(error.msg))[:160]
        raise refused(f"Expected well-formed XML, but line {line} is not: {message}.") from error


def _second_look(root: etree._Element) -> None:
    """What the scans of the text should have stopped, or cannot tell, asked of the parsed tree."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused("Expected a plain BPMN file, but it has a document type (DOCTYPE). Remove it.")
    if next(root.iter(etree.PI, etree.Entity), None) is not None:
        raise refused("Expected a plain BPMN file, but it holds a processing instruction or an entity.")
    for crowded in cast("list[etree._Element]", _CROWDED(root)):
        raise refused(
            f"Expected at most {MAX_ATTRIBUTES_OF_ONE} attributes on one element, "
            f"but one on line {crowded.sourceline} has more."
        )
    for _, (_, declared) in etree.iterwalk(root, events=("start-ns",)):
        if len(declared) > MAX_NAMESPACE:  # every element in it would carry it along
            raise refused(f"Expected namespaces of at most {MAX_NAMESPACE:,} characters, but one is longer.")


def _is_bpmn(root: etree._Element) -> None:
    tag = str(root.tag)
    if tag == f"{{{BPMN}}}definitions":
        return
    if "DMN" in namespace(tag):
        what = "a DMN file (decision tables)"
    else:
        what = OTHER_ROOTS.get(local(tag), f"a file that starts with <{local(tag)[:60]}>")
    raise refused(f"Expected a BPMN 2.0 file that starts with <definitions>, but this is {what}.")


def refused(message: str, element: str = "") -> DiagramRefused:
    """One problem as the error to raise."""
    return DiagramRefused(message, problems=(Problem(element, message),))
