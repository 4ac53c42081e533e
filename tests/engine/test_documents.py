"""Documents: what may be attached, by whom, who can open it, and what the history says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from engine import cases, documents, history, inbox
from engine.documents import MOST_BYTES, Document
from engine.errors import InvalidInput, NotAllowed, NotFound, TaskGone, TooLarge
from engine.tables import document_content
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]
PDF = b"%PDF-1.4 a letter"
JPEG = b"\xff\xd8\xff\xe0 a photograph"
PNG = b"\x89PNG\r\n\x1a\n a drawing"


@pytest.fixture
def case_id(db: Connection, who: Who, clock: TravellingClock) -> str:
    return steps.open_case(db, who("ada"), clock).case_id


def attach(
    db: Connection,
    by: Actor,
    case_id: str,
    clock: TravellingClock,
    name: str = "letter.pdf",
    content: bytes = PDF,
    **more: str,
) -> str:
    given = {"name": name, "about": "A letter", "content": content, **more}
    return documents.add(db, by, case_id, clock=clock, **given)


def only(db: Connection, by: Actor, case_id: str) -> Document:
    (found,) = documents.of_case(db, by, case_id)
    return found


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("Bruise.JPG", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("plan.png", PNG, "image/png"),
    ],
)
def test_a_document_comes_back_byte_for_byte(
    db: Connection, who: Who, clock: TravellingClock, case_id: str, name: str, content: bytes, kind: str
) -> None:
    document_id = attach(db, who("ada"), case_id, clock, name, content)

    found, kept = documents.content(db, who("ada"), case_id, document_id, clock)
    assert (found.name, found.media_type, found.size, kept) == (name, kind, len(content), content)
    assert found == only(db, who("ada"), case_id)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", b"MZ a program"),
        ("letter.pdf", JPEG),
        ("letter.exe", PDF),
        ("letter", PDF),
        ("page.html", b"<script>"),
        ("letter.pdf", b""),
        ("", b""),
        ("letter.pdf", b" " + PDF),
    ],
)
def test_what_is_no_pdf_jpeg_or_png_by_its_own_bytes_is_refused(
    db: Connection, who: Who, clock: TravellingClock, case_id: str, name: str, content: bytes
) -> None:
    with pytest.raises(InvalidInput) as refused:
        attach(db, who("ada"), case_id, clock, name, content)

    assert [problem.element for problem in refused.value.problems] == ["file"]
    assert documents.of_case(db, who("ada"), case_id) == []


def test_a_document_may_have_ten_megabytes_and_not_one_byte_more(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    attach(db, who("ada"), case_id, clock, content=PDF.ljust(MOST_BYTES))

    with pytest.raises(TooLarge, match="10 MB"):
        attach(db, who("ada"), case_id, clock, content=PDF.ljust(MOST_BYTES + 1))


@pytest.mark.parametrize("about", ["", "   ", "x" * 501])
def test_it_must_say_what_it_is(
    db: Connection, who: Who, clock: TravellingClock, case_id: str, about: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        attach(db, who("ada"), case_id, clock, about=about)

    assert [problem.element for problem in refused.value.problems] == ["about"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/letter.pdf", "letter.pdf"),
        ("C:\\Users\\ada\\letter.pdf", "letter.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        ("evil\u202efdp.pdf", "evil fdp.pdf"),
        ("<img>.pdf", "img.pdf"),
        (".pdf", "pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert documents.plain_name(given) == kept


def test_a_case_takes_no_more_than_it_may(
    db: Connection, who: Who, clock: TravellingClock, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_IN_CASE", 2)
    for _ in range(2):
        attach(db, who("ada"), case_id, clock)

    with pytest.raises(InvalidInput, match="at most 2 documents"):
        attach(db, who("ada"), case_id, clock)


def test_the_same_request_attaches_once(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    first, second = (attach(db, who("ada"), case_id, clock, key="k" * 8) for _ in range(2))

    assert first == second == only(db, who("ada"), case_id).id


# Who -------------------------------------------------------------------------------------------------------


def test_nobody_outside_the_case_can_attach_list_or_open(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    document_id = attach(db, who("ada"), case_id, clock)

    for tried in (
        lambda by: attach(db, by, case_id, clock),
        lambda by: documents.of_case(db, by, case_id),
        lambda by: documents.content(db, by, case_id, document_id, clock),
        lambda by: documents.withdraw(db, by, case_id, document_id, "Wrong case", clock),
    ):
        with pytest.raises(NotFound):
            tried(who("ben"))


def test_a_document_is_found_in_its_own_case_only(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    document_id = attach(db, who("ada"), case_id, clock)
    other = steps.open_case(db, who("ada"), clock).case_id

    with pytest.raises(NotFound):
        documents.content(db, who("ada"), other, document_id, clock)


def test_whoever_has_a_task_attaches_to_it_and_sees_their_own_only(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    attach(db, who("ada"), opened.case_id, clock)
    attach(db, who("ada"), opened.case_id, clock, task_id=opened.tasks[0])

    (mine,) = documents.of_task(db, who("ada"), opened.case_id, opened.tasks[0])
    assert mine.task_id == opened.tasks[0]
    assert len(documents.of_case(db, who("ada"), opened.case_id)) == 2
    with pytest.raises(NotAllowed):
        attach(db, who("ben"), opened.case_id, clock, task_id=opened.tasks[0])


def test_a_task_of_another_case_or_one_that_is_done_takes_no_document(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    with pytest.raises(NotFound):
        attach(db, who("ada"), case_id, clock, task_id=opened.tasks[0])

    inbox.complete(db, who("ada"), opened.tasks[0], {"go_on": "no"}, clock)
    with pytest.raises(TaskGone):
        attach(db, who("ada"), opened.case_id, clock, task_id=opened.tasks[0])


# Afterwards ------------------------------------------------------------------------------------------------


def test_the_history_proves_what_was_attached_and_who_opened_it(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    document_id = attach(db, who("ada"), case_id, clock)
    documents.content(db, who("ada"), case_id, document_id, clock)

    newest = history.timeline(db, who("ada"), case_id).items[:2]
    assert [(each.kind, each.who) for each in newest] == [
        ("document.viewed", "Ada"),
        ("document.added", "Ada"),
    ]
    assert only(db, who("ada"), case_id).sha256 == hashlib.sha256(PDF).hexdigest()


def test_withdrawn_nobody_can_open_it_and_it_stays_listed_with_the_reason(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    document_id = attach(db, who("ada"), case_id, clock)
    with pytest.raises(InvalidInput):
        documents.withdraw(db, who("ada"), case_id, document_id, " ", clock)
    documents.withdraw(db, who("ada"), case_id, document_id, "Another family", clock)

    found = only(db, who("ada"), case_id)
    assert (found.withdrawn_at, found.withdrawn_reason) == (clock.now, "Another family")
    for tried in (
        lambda: documents.content(db, who("ada"), case_id, document_id, clock),
        lambda: documents.withdraw(db, who("ada"), case_id, document_id, "Again", clock),
    ):
        with pytest.raises(NotFound, match="withdrawn"):
            tried()


def test_the_bytes_can_never_be_changed(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    attach(db, who("ada"), case_id, clock)

    with pytest.raises(DatabaseError):
        db.execute(document_content.update().values(bytes=b"%PDF-other"))


def test_a_refused_document_leaves_nothing(
    db: Connection, who: Who, clock: TravellingClock, case_id: str
) -> None:
    with pytest.raises(InvalidInput):
        attach(db, who("ada"), case_id, clock, content=b"MZ")

    assert db.execute(select(document_content)).all() == []
    assert cases.view(db, who("ada"), case_id, clock).status == "open"
