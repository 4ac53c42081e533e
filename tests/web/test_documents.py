"""Attaching a file to a case or a task through the pages, and getting it back."""

from __future__ import annotations

from io import BytesIO

from engine.documents import MOST_BYTES
from tests.web.journeys import case_page, start
from tests.web.page_browser import Browser

PDF = b"%PDF-1.4 a letter"


def attach(browser: Browser, content: bytes = PDF, name: str = "letter.pdf", about: str = "A letter") -> None:
    browser.submit("Attach the document", file=(BytesIO(content), name), about=about)


def test_a_document_is_attached_to_a_case_and_comes_back_as_a_file(ana: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    assert "No document has been attached." in ana.text

    attach(ana)
    assert "The document is attached to the case." in ana.page.text_content()
    assert "letter.pdf: PDF, 1 KB. Added by Ana Reid" in ana.text
    answer = ana.follow("A letter")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''letter.pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(ana: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    attach(ana, b"MZ", "tool.exe", "")

    assert ana.response.status_code == 422
    assert ana.errors == [
        "The file must be a PDF, JPEG or PNG whose name ends with .pdf, .jpg, .jpeg, .png",
        "Say what the document is",
    ]
    assert "No document has been attached." in ana.text


def test_without_a_file_it_says_so(ana: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    ana.submit("Attach the document", about="A letter")

    assert ana.errors == ["Choose a file that is not empty"]
    assert ana.page.xpath("//input[@name='about']/@value") == ["A letter"]


def test_ten_megabytes_are_taken_and_more_is_refused(ana: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    attach(ana, PDF.ljust(MOST_BYTES))
    assert "10.0 MB" in ana.text

    attach(ana, PDF.ljust(MOST_BYTES + 1))
    assert ana.errors == ["The file must be 10 MB or smaller."]
    attach(ana, PDF.ljust(MOST_BYTES * 2))
    assert ana.response.status_code == 413


def test_a_document_is_attached_to_one_s_own_task(ana: Browser) -> None:
    start(ana)
    task = ana.path
    ana.follow("Attach a document")
    attach(ana)
    assert "A letter" in ana.text
    ana.open(task)
    case_page(ana)
    ana.follow("Documents")
    assert "letter.pdf" in ana.text


def test_withdrawn_it_is_crossed_out_with_the_reason(ana: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    attach(ana)
    file = ana.page.xpath("//a[@download]/@href")[0]
    ana.submit("Withdraw the document")
    assert ana.errors == ["Say why nobody should open it any more"]

    ana.submit("Withdraw the document", reason="Another family's letter")
    assert "Another family's letter" in ana.text
    assert ana.open(file).status_code == 404


def test_somebody_outside_the_case_finds_nothing(ana: Browser, ben: Browser) -> None:
    start(ana)
    case_page(ana)
    ana.follow("Documents")
    attach(ana)
    page, file = ana.path, ana.page.xpath("//a[@download]/@href")[0]

    assert ben.open(page).status_code == 404
    assert ben.open(file).status_code == 404
