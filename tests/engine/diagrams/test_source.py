"""Any bytes whatever are read, or refused in a clear sentence; nothing runs, is fetched or hangs."""

import time
import zipfile
from io import BytesIO

import pytest

from engine.diagrams import read
from engine.errors import DiagramRefused

from .drawn import HEAD, bpmn, line
from .oracle import watched


@pytest.fixture(autouse=True)
def nothing_runs():
    with watched() as seen:
        yield
    assert seen == []


def refusal(content: bytes) -> str:
    started = time.process_time()  # whatever else this machine does meanwhile
    with pytest.raises(DiagramRefused) as caught:
        read(content)
    assert time.process_time() - started < 2
    assert len(caught.value.problems) >= 1
    return caught.value.problems[0].message


def entity(declarations: str, use: str = "&x;") -> bytes:
    body = bpmn(f"<documentation>{use}</documentation>{line('userTask:a')}").decode()
    return f'<?xml version="1.0"?><!DOCTYPE definitions [{declarations}]>{body}'.encode()


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)

BOMBS = {
    "external entity": entity('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "entity over the network": entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "billion laughs": entity(LAUGHS, "&j;"),
    "quadratic blow-up": entity(f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 5_000),
    "parameter entity": entity('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'),
    "entity in an attribute": entity('<!ENTITY x "y">').replace(b'id="a"', b'id="&x;"'),
    "external document type": b'<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/x.dtd">' + bpmn(""),
    "document type behind a comment": b"<!-- hello --><!DOCTYPE definitions>" + bpmn(""),
    "document type in UTF-16": entity('<!ENTITY x "y">').decode().split("?>", 1)[1].encode("utf-16"),
    "style sheet": b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>' + bpmn(""),
    "instruction inside": bpmn('<?php system("id"); ?>'),
    "undeclared entity": bpmn("<documentation>&x;</documentation>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_document_types_entities_and_instructions_are_refused(name):
    message = refusal(BOMBS[name])

    assert "Expected" in message


def archive() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("a.bpmn", b"x" * 100)
    return buffer.getvalue()


NOT_XML = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t", "empty"),
    "zip": (archive(), "zip"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 50, "gzip"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "picture"),
    "text": (b"hello", "something else"),
    "json": (b'{"a": 1}', "something else"),
    "NUL": (bpmn("\0"), "NUL"),
    "cut off": (bpmn(line("userTask:a"))[:-30], "well-formed"),
    "cut off in UTF-16": (bpmn("").decode().encode("utf-16")[:-1], "UTF-16"),
    "wrong encoding": (bpmn("<documentation>\xe9</documentation>").decode().encode("latin-1"), "UTF-8"),
    "UTF-32": (bpmn("").decode().encode("utf-32"), "UTF-32"),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>' + bpmn(""), "utf-7"),
    "unknown encoding": (b'<?xml version="1.0" encoding="rot13"?>' + bpmn(""), "rot13"),
    "neither UTF-16 nor UTF-8": (
        b'<?xml version="1.0" encoding="UTF-16"?>' + bpmn("").replace(b'id="p"', b'id="p" name="\xf6"'),
        "UTF-8",
    ),
    "web page": (b"<html></html>", "web page"),
    "DMN": (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "DMN"),
    "no namespace": (b"<definitions/>", "another version"),
    "control character": (bpmn("<documentation>\x07</documentation>"), "well-formed"),
    "unbound prefix": (bpmn('<nope:task id="x"/>'), "well-formed"),
    "twice the same attribute": (bpmn('<task id="x" id="y"/>'), "well-formed"),
}


@pytest.mark.parametrize("name", NOT_XML)
def test_what_is_no_diagram_is_named(name):
    content, word = NOT_XML[name]

    assert word in refusal(content)


HUGE = {
    "too many bytes": lambda: b"<" + b" " * (10 * 1024 * 1024 + 1),
    "too many characters": lambda: bpmn("<documentation>" + "x" * (6 * 1024 * 1024) + "</documentation>"),
    "too many tags": lambda: bpmn("<task/>" * 410_000),
    "too many attributes": lambda: bpmn("<task " + " ".join(f'a{n}=""' for n in range(410_000)) + "/>"),
    "too many attributes on one element": lambda: bpmn(
        "<task " + " ".join(f'a{n}=""' for n in range(101)) + "/>"
    ),
    "too many elements": lambda: bpmn("<task/>" * 10_001),
    "too many extensions of other tools": lambda: bpmn(
        "<extensionElements>" + "<camunda:x/>" * 100_001 + "</extensionElements>"
    ),
    "too many gateways that ask everything before them": lambda: bpmn("<inclusiveGateway/>" * 201),
    "too many processes": lambda: bpmn("", "<process/>" * 500),
    "too many parts of correlation keys": lambda: bpmn("", "<correlationProperty/>" * 1_001),
    "too many message flows": lambda: bpmn(
        "", "<collaboration>" + "<messageFlow/>" * 5_001 + "</collaboration>"
    ),
    "too many event definitions": lambda: bpmn(
        "<endEvent>" + "<messageEventDefinition/>" * 6_001 + "</endEvent>"
    ),
    "nested 300 deep": lambda: bpmn("<subProcess>" * 300 + "</subProcess>" * 300),
    "nested 100,000 deep": lambda: bpmn("<a>" * 100_000),
    "long name": lambda: bpmn(f'<task id="a" name="{"x" * 2_000}"/>'),
    "long id": lambda: bpmn(f'<task id="{"x" * 300}"/>'),
    "long tag name": lambda: bpmn(f"<{'x' * 100_000}/>"),
    "long text": lambda: bpmn("<documentation>" + "x" * 60_000 + "</documentation>"),
    "one long comment": lambda: b"<!--" + b"-" * 4_000_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_size_has_bounds(name):
    assert "Expected" in refusal(HUGE[name]())


def test_a_refusal_never_repeats_much_of_the_file():
    assert len(refusal(bpmn(f"<{'x' * 40_000} ="))) < 400


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"]
)
def test_every_usual_encoding_is_read(encoding):
    marked = "\ufeff" if encoding == "utf-16-le" else ""
    declared = encoding.replace("utf-8-sig", "utf-8").replace("utf-16-le", "utf-16")
    text = bpmn('<userTask id="a" name="Café: décider"/>').decode()

    diagram = read(f'{marked}<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(encoding))

    assert diagram.elements["a"].name == "Café: décider"


def test_utf_16_without_a_mark_is_read():
    text = '<?xml version="1.0" encoding="UTF-16"?>' + bpmn('<userTask id="a" name="ö"/>').decode()

    assert read(text.encode("utf-16-be")).elements["a"].name == "ö"


def test_utf_8_that_says_it_is_utf_16_is_read_as_what_it_is():
    """.NET writes it so: the declaration is that of the text in memory, the bytes are UTF-8."""
    content = b'<?xml version="1.0" encoding="utf-16"?>' + bpmn('<userTask id="a" name="Caf\xe9"/>')

    assert read(content).elements["a"].name == "Caf\xe9"


@pytest.mark.parametrize("content", [bpmn("<subProcess>" * 300 + "</subProcess>" * 300), bpmn("&#0;")])
def test_nothing_of_the_parser_itself_is_told(content):
    said = refusal(content)

    assert "line 1" in said and "xmlParse" not in said and "XML_" not in said and "column" not in said


def test_the_original_is_kept_byte_for_byte():
    content = b'\xef\xbb\xbf<?xml version="1.0"?>\r\n<!-- drawn by hand -->' + bpmn(line("userTask:a"))

    assert read(content).original == content


def test_any_prefix_will_do():
    content = bpmn(line("userTask:a")).decode().replace("<", "<b:").replace("<b:/", "</b:")
    content = content.replace("xmlns=", "xmlns:b=")

    assert "a" in read(content.encode()).elements


def test_line_numbers_are_the_files_own():
    content = b'<?xml version="1.0"?>\n<!-- one\ntwo -->\n' + bpmn('\n<task id="a"/>\n<task id="a"/>')

    assert "line 6" in refusal(content)


def test_ids_are_unique_and_plain():
    assert "used again" in refusal(bpmn('<task id="a"/><userTask id="a"/>'))
    assert "starting with a letter" in refusal(bpmn('<task id="1 a"/>'))
    assert "starting with a letter" in refusal(bpmn('<task id="&lt;script&gt;"/>'))


def test_the_oracle_sees_code_that_runs():
    with watched() as seen:
        exec("1")
    assert seen
    seen.clear()


def test_head_is_what_the_tests_think_it_is():
    assert HEAD.startswith("<definitions") and read(bpmn("")).processes["p"].executable
