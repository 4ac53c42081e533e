"""Whatever a browser sends, the answer is a page and never a crash; what is refused has changed nothing."""

from __future__ import annotations

import os
import random
from typing import Any

from sqlalchemy import Engine, func, select

from engine.database import reading
from engine.tables import event
from tests.web.journeys import case_page, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS

ROUNDS = int(os.environ.get("HANDRAIL_FUZZ", "150"))
VALUES = (
    *(
        "",
        " ",
        "share",
        "not_share",
        "true",
        "0",
        "-1",
        "99999999999999999999",
        "NaN",
        "1e999",
        "\x00",
        "\ud7ff",
    ),
    *(
        "../../etc/passwd",
        "<script>",
        "{{7*7}}",
        "{%raw%}",
        "' OR 1=1 --",
        "=1+1",
        "💥" * 50,
        "x" * 5000,
        "a-b-c",
    ),
)
NAMES = (
    *(
        "decision",
        "reasons",
        "recipients-rows",
        "recipients-0-name",
        "recipients-999-name",
        "recipients--name",
    ),
    *(
        "review_on-day",
        "review_on-month",
        "review_on-year",
        "_add",
        "_remove",
        "_then",
        "_asked",
        "_seen",
        "_key",
    ),
    *(
        "_organisation",
        "subjects-rows",
        "subjects-0-name",
        "subjects-0-part",
        "concern",
        "nothing",
        "to",
        "shares",
    ),
)


def mess(chance: random.Random) -> dict[str, Any]:
    return {chance.choice(NAMES): chance.choice(VALUES) for _ in range(chance.randrange(8))}


def events(engine: Engine) -> int:
    with reading(engine) as db:
        return db.execute(select(func.count()).select_from(event)).scalar_one()


def test_no_form_can_be_filled_so_that_a_page_breaks(ana: Browser) -> None:
    task = start(ana)
    case = case_page(ana)
    token = ana.page.xpath("//input[@name='csrf_token']/@value")[0]
    targets = (
        task,
        f"{task}/questions",
        f"{task}/check",
        f"{task}/claim",
        f"{task}/reassign",
        "/cases/new/small_process",
        "/cases/new/small_process/questions",
        f"{case}/messages/consent_withdrawn",
    )
    chance = random.Random(7)
    for number in range(ROUNDS):
        target, sent = chance.choice(targets), mess(chance)
        answer = ana.client.post(target, data=sent | {"csrf_token": token}, base_url=ADDRESS)
        assert answer.status_code < 500, (number, target, sent)


def test_no_address_can_be_made_up_so_that_a_page_breaks(ana: Browser) -> None:
    task = start(ana)
    case = case_page(ana)
    chance = random.Random(8)
    for number in range(ROUNDS):
        tail = "".join(chance.choice("abc/%.<>'\"0é\x01") for _ in range(chance.randrange(20)))
        path = chance.choice(
            ("/", "/tasks/", f"{task}/", "/cases/", f"{case}/", f"{case}/records/", "/static/", "/?view=")
        )
        answer = ana.client.get(path + tail, base_url=ADDRESS)
        assert answer.status_code < 500, (number, path + tail)


def test_a_refused_form_leaves_no_trace(ana: Browser, engine: Engine) -> None:
    task = start(ana)
    token = ana.page.xpath("//input[@name='csrf_token']/@value")[0]
    before = events(engine)
    ana.client.post(task, data={"decision": "juggle", "csrf_token": token}, base_url=ADDRESS)
    ana.client.post(f"{task}/reassign", data={"to": "cas", "csrf_token": token}, base_url=ADDRESS)

    assert events(engine) == before


def test_what_was_typed_is_shown_again_as_text(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons='"><script>alert(1)</script>{{7*7}}', **{"review_on-day": '"><b>'})

    assert ana.response.status_code == 422
    assert not ana.page.xpath("//main//script")
    assert not ana.page.xpath("//main//b")
    assert (
        ana.page.xpath("//textarea[@name='reasons']")[0].text.strip() == '"><script>alert(1)</script>{{7*7}}'
    )
