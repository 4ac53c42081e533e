"""One task: its guidance and questions, what is checked before it counts, and what is kept."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, select

from engine.identifiers import short
from engine.tables import user_task
from tests.web.journeys import case_page, decide, refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS


def test_guidance_stands_beside_the_form_with_its_source_and_runs_nothing(ana: Browser) -> None:
    start(ana)
    guidance = ana.page.xpath("//aside")[0]
    said = " ".join(guidance.text_content().split())

    assert "Look at the facts." in said
    assert "Source: A document for tests Edition: TEST-2026-01" in said
    assert [each.text for each in guidance.xpath(".//li")][:2] == ["one", "two"]
    assert guidance.xpath(".//strong")[0].text == "facts"
    assert not guidance.xpath(".//script")
    assert "<script>alert(1)</script>" in said


def test_what_one_needs_to_know_is_said_in_the_words_it_was_asked_in(ana: Browser) -> None:
    start(ana)

    assert "What are you worried about? Bruises on both arms" in ana.text


def test_an_empty_form_says_what_is_missing_and_where(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue")

    assert ana.response.status_code == 422
    assert ana.title.startswith("Error: ")
    assert ana.errors == ["Select whether you will share"]
    target = ana.page.xpath("//*[contains(@class, 'error-summary__list')]//a/@href")[0]
    assert ana.page.xpath(f"//*[@id='{target[1:]}']")[0].get("name") == "decision"
    assert "Error: Select whether you will share" in ana.text


def test_a_question_that_an_answer_brings_up_is_asked_and_not_called_missing(ana: Browser) -> None:
    start(ana)
    hidden = ana.page.xpath("//*[@data-question='form.2']")[0]
    assert hidden.get("hidden") is not None
    ana.submit("Continue", decision="not_share")

    assert ana.errors == []
    assert "Your answers bring up 1 more question: Why will you not share?" in ana.text
    assert ana.page.xpath("//*[@data-question='form.2']")[0].get("hidden") is None

    ana.submit("Continue")
    assert ana.errors == ["Say why you will not share"]


def test_a_script_is_told_which_questions_an_answer_brings_up(ana: Browser) -> None:
    path = start(ana)
    fields, _ = ana.filled("Continue")
    told = ana.client.post(
        f"{path}/questions", data=fields | {"decision": "not_share"}, base_url=ADDRESS
    ).json

    assert "form.2" in told["shown"]
    assert "form.3" not in told["shown"]
    assert "reasons" in told["asked"].split()


def test_rows_are_added_and_removed_without_losing_what_was_typed(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue", decision="share")
    ana.submit("Add one")
    ana.submit("Add another", **{"recipients-0-name": "Nadia"})
    assert [each.get("value") for each in ana.page.xpath("//input[starts-with(@id, 'recipients-')]")] == [
        "Nadia",
        "",
    ]

    ana.submit("Remove Recipient 2")
    assert [each.get("value") for each in ana.page.xpath("//input[starts-with(@id, 'recipients-')]")] == [
        "Nadia"
    ]


def test_enter_in_a_text_box_never_removes_a_row(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue", decision="share")
    form = next(each for each in ana.page.forms if each.xpath(".//*[@name='_add']"))

    assert not form.xpath(".//button")[0].get("name")


def test_unfinished_answers_are_kept_for_later(ana: Browser) -> None:
    path = start(ana)
    ana.submit("Save and come back later", decision="share")
    assert ana.path == "/"
    ana.open(path)

    assert ana.page.xpath("//input[@name='decision'][@checked]/@value") == ["share"]


def test_a_decision_is_checked_before_it_counts(ana: Browser) -> None:
    path = start(ana)
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons="Risk\nof harm")

    assert ana.path == f"{path}/check"
    assert "Decision Do not share Change Decision" in ana.text
    ana.follow("Change Decision")
    assert ana.page.xpath("//input[@name='decision'][@checked]/@value") == ["not_share"]
    ana.submit("Continue", decision="share")
    ana.submit("Continue")
    assert "Decision Share" in ana.text
    ana.submit("Confirm")
    assert "Done" in ana.text


def test_what_is_confirmed_is_what_was_on_the_page(ana: Browser) -> None:
    path = start(ana)
    decide(ana)
    stale, action = ana.filled("Confirm")
    ana.open(path)
    ana.submit("Continue", reasons="Another reason")

    answer = ana.arrive(ana.client.post(action, data=stale, base_url=ADDRESS))

    assert answer.status_code == 200
    assert "have changed since this page was shown" in ana.text
    assert "Another reason" in ana.text


def test_checking_before_answering_leads_to_the_questions(ana: Browser) -> None:
    path = start(ana)
    ana.open(f"{path}/check")

    assert ana.path == path


def test_pressing_confirm_twice_does_it_once(ana: Browser, ben: Browser) -> None:
    start(ana)
    decide(ana)
    fields, action = ana.filled("Confirm")

    first = ana.client.post(action, data=fields, base_url=ADDRESS)
    second = ana.client.post(action, data=fields, base_url=ADDRESS)

    assert (first.status_code, second.status_code) == (303, 303)
    ben.open("/?view=to_claim")
    assert len(rows(ben)) == 1


def test_confirming_other_answers_in_a_second_window_says_that_the_first_count(ana: Browser) -> None:
    path = start(ana)
    decide(ana)
    stale, action = ana.filled("Confirm")
    ana.open(path)
    ana.submit("Continue", reasons="Another reason")
    ana.submit("Confirm")

    ana.arrive(ana.client.post(action, data=stale, base_url=ADDRESS, follow_redirects=True))
    said = ana.page.text_content()
    assert "This was already completed, with the answers confirmed first." in said
    assert "Done" not in said


def test_confirming_what_was_stopped_meanwhile_never_says_done(ana: Browser) -> None:
    """Stopped in another window, as withdrawn consent does: nothing was recorded, and the page says so."""
    path = start(ana)
    decide(ana)
    fields, action = ana.filled("Confirm")
    ana.open(path)
    case_page(ana)
    ana.follow("Stop everything")
    ana.submit("Stop everything")

    gone = ana.arrive(ana.client.post(action, data=fields, base_url=ADDRESS))

    assert gone.status_code == 409
    assert ana.heading == "This task is no longer open"
    assert "not kept" in ana.text


def test_a_second_window_is_told_that_its_incomplete_answers_are_not_kept(ana: Browser) -> None:
    path = start(ana)
    fields, action = ana.filled("Continue")
    refuse(ana)

    late = ana.arrive(ana.client.post(action, data=fields | {"_key": "another-key"}, base_url=ADDRESS))

    assert late.status_code == 409, path
    assert ana.heading == "This task is no longer open"


def test_a_completed_decision_leads_to_its_record(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    ana.follow("Read or print the record")

    assert ana.heading == "Decision record"


def test_a_form_without_its_token_is_refused_and_nothing_happens(ana: Browser) -> None:
    path = start(ana)
    answer = ana.client.post(path, data={"decision": "share", "_then": "save"}, base_url=ADDRESS)

    assert answer.status_code == 400
    ana.open(path)
    assert ana.page.xpath("//input[@name='decision'][@checked]") == []


def test_a_request_from_another_site_is_refused(ana: Browser) -> None:
    path = start(ana)
    fields, _ = ana.filled("Continue")
    answer = ana.client.post(path, data=fields, base_url=ADDRESS, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_a_form_of_ten_megabytes_is_too_much(ana: Browser) -> None:
    path = start(ana)
    fields, _ = ana.filled("Continue")
    answer = ana.arrive(ana.client.post(path, data=fields | {"reasons": "x" * 10_000_000}, base_url=ADDRESS))

    assert answer.status_code == 413
    assert ana.heading == "That is too much at once"


def test_what_is_typed_is_kept_by_the_page_itself(ana: Browser) -> None:
    path = start(ana)
    ana.submit("Continue", decision="not_share")
    fields, _ = ana.filled("Continue")
    kept = [
        ana.client.post(f"{path}/draft", data=fields | {"reasons": text}, base_url=ADDRESS)
        for text in ("It would", "It would put her at risk")
    ]

    assert [each.status_code for each in kept] == [204, 204]
    ana.open(path)
    assert ana.page.xpath("//textarea[@name='reasons']")[0].text.strip() == "It would put her at risk"


def test_nothing_is_kept_for_a_task_that_is_somebody_else_s(
    ana: Browser, visitor: Callable[..., Browser]
) -> None:
    path = start(ana)
    fields, _ = ana.filled("Continue")
    cas = visitor("cas")
    cas.open("/")
    theirs = fields | {"csrf_token": cas.page.xpath("//input[@name='csrf_token']/@value")[0]}

    assert cas.client.post(f"{path}/draft", data=theirs, base_url=ADDRESS).status_code == 404


def test_a_stale_window_leads_to_the_task_and_its_case(ana: Browser) -> None:
    start(ana)
    fields, action = ana.filled("Continue")
    refuse(ana)
    ana.arrive(ana.client.post(action, data=fields | {"_key": "another-key"}, base_url=ADDRESS))

    ana.follow("See what became of the task")
    ana.follow("Go to case")
    assert ana.title.startswith("Case ")


def test_who_answers_a_task_after_giving_it_back_is_led_to_claim_it(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    fields, action = ben.filled("Complete this task")
    ben.submit("Return to the team")
    ben.arrive(ben.client.post(action, data=fields | {"agreed": "true"}, base_url=ADDRESS))

    assert (ben.response.status_code, ben.heading) == (403, "Claim this task first")
    ben.follow("See what became of the task")
    ben.submit("Claim this task")
    ben.submit("Complete this task", agreed="true")
    assert "Done." in ben.text


def test_the_page_of_a_task_has_the_number_that_its_row_has(ana: Browser, engine: Engine) -> None:
    start(ana)
    with engine.connect() as db:
        id = db.execute(select(user_task.c.id)).scalar_one()

    assert f"task {short(id)}" in ana.text
