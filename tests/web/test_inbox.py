"""The inbox and the pages of a task, as a person meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, Executable, insert, select, update

from engine.audit.record import Ledger
from engine.database import transaction
from engine.identifiers import new_id, short
from engine.tables import case, user_task
from tests.sealing import seal
from tests.web.journeys import case_page, look_over, refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, NOW, Time

NUMBERED = re.compile(r"Number (\S{3}-\S{3}), asked 20 November 2026 at (\S+)")

# Lists -----------------------------------------------------------------------------------------------------


def test_a_task_of_mine_is_in_my_list_with_its_due_time_and_never_a_name(ana: Browser) -> None:
    start(ana)
    ana.open("/")

    assert len(rows(ana)) == 1
    assert "Decide what to do" in rows(ana)[0]
    assert "Due: 20 November 2026 at 1:00pm in 3 hours" in rows(ana)[0]
    assert "Mia" not in ana.response.get_data(as_text=True)


def test_overdue_comes_first_and_is_the_one_tag_of_its_row(ana: Browser, time: Time) -> None:
    start(ana)
    time.travel(hours=2)
    ana.sign_in("ana")
    start(ana)
    time.travel(hours=2)
    ana.sign_in("ana")

    first, second = rows(ana)
    assert "overdue by 1 hour Overdue" in first
    assert "Overdue" not in second
    for row in ana.page.xpath("//tbody/tr"):
        assert len(row.xpath(".//strong[contains(@class, 'govuk-tag')]")) <= 1


def test_a_list_is_cut_into_pages_and_every_task_is_on_one(ana: Browser) -> None:
    for _ in range(22):
        start(ana)
    ana.open("/")
    on_first = ana.page.xpath("//tbody//a/@href")
    ana.follow("Next")
    on_second = ana.page.xpath("//tbody//a/@href")

    assert (len(on_first), len(on_second)) == (20, 2)
    assert len({*on_first, *on_second}) == 22
    ana.follow("First page")
    assert ana.page.xpath("//tbody//a/@href") == on_first


def test_a_cursor_somebody_made_up_is_refused(ana: Browser) -> None:
    assert ana.open("/?after=nonsense").status_code == 422


def test_a_list_that_there_is_not_is_not_found(ana: Browser) -> None:
    assert ana.open("/?view=everybody").status_code == 404


def test_what_waits_for_my_role_can_be_claimed_and_is_then_mine(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)

    ben.open("/?view=to_claim")
    assert "Designated safeguarding lead" in rows(ben)[0]
    ben.follow("Look over the decision")
    assert "I have read the decision" not in ben.text
    ben.submit("Claim this task")

    assert "You have claimed this task" in ben.text
    assert "I have read the decision" in ben.text
    ben.open("/")
    assert len(rows(ben)) == 1


def test_a_completed_task_is_in_the_completed_list(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    ana.open("/?view=completed")

    assert "Decide what to do" in rows(ana)[0]


# One task --------------------------------------------------------------------------------------------------


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
    fields, _ = ana._filled("Continue", None)
    told = ana.client.post(
        f"{path}/questions", data=fields | {"decision": "not_share"}, base_url=ADDRESS
    ).json

    assert "form.2" in told["shown"]
    assert "form.3" not in told["shown"]
    assert "reasons" in told["asked"].split()


def test_rows_are_added_and_removed_without_losing_what_was_typed(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue", decision="share")
    ana.submit("Add another")
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
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons="Risk")
    stale, action = ana._filled("Confirm", None)
    ana.open(path)
    ana.submit("Continue", reasons="Another reason")

    answer = ana._arrive(ana.client.post(action, data=stale, base_url=ADDRESS))

    assert answer.status_code == 200
    assert "have changed since this page was shown" in ana.text
    assert "Another reason" in ana.text


def test_checking_before_answering_leads_to_the_questions(ana: Browser) -> None:
    path = start(ana)
    ana.open(f"{path}/check")

    assert ana.path == path


def test_pressing_confirm_twice_does_it_once(ana: Browser) -> None:
    start(ana)
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons="Risk")
    fields, action = ana._filled("Confirm", None)

    first = ana.client.post(action, data=fields, base_url=ADDRESS)
    second = ana.client.post(action, data=fields, base_url=ADDRESS)

    assert (first.status_code, second.status_code) == (303, 303)


def test_confirming_other_answers_in_a_second_window_says_that_the_first_count(ana: Browser) -> None:
    path = start(ana)
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons="Risk")
    stale, action = ana._filled("Confirm", None)
    ana.open(path)
    ana.submit("Continue", reasons="Another reason")
    ana.submit("Confirm")

    ana._arrive(ana.client.post(action, data=stale, base_url=ADDRESS, follow_redirects=True))
    said = ana.page.text_content()
    assert "This was already completed, with the answers confirmed first." in said
    assert "Done" not in said


def test_confirming_what_was_stopped_meanwhile_never_says_done(ana: Browser) -> None:
    """Stopped in another window, as withdrawn consent does: nothing was recorded, and the page says so."""
    path = start(ana)
    ana.submit("Continue", decision="not_share")
    ana.submit("Continue", reasons="Risk")
    fields, action = ana._filled("Confirm", None)
    ana.open(path)
    case_page(ana)
    ana.follow("Stop everything")
    ana.submit("Stop everything")

    gone = ana._arrive(ana.client.post(action, data=fields, base_url=ADDRESS))

    assert gone.status_code == 409
    assert ana.heading == "This task is no longer open"
    assert "not kept" in ana.text


def test_a_second_window_is_told_that_its_incomplete_answers_are_not_kept(ana: Browser) -> None:
    path = start(ana)
    fields, action = ana._filled("Continue", None)
    refuse(ana)

    late = ana._arrive(ana.client.post(action, data=fields | {"_key": "another-key"}, base_url=ADDRESS))

    assert late.status_code == 409, path
    assert ana.heading == "This task is no longer open"


def test_giving_back_puts_it_before_the_team_again(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    ben.submit("Return to the team")

    assert "The task is back with the team" in ben.text
    ben.open("/?view=to_claim")
    assert len(rows(ben)) == 1


def test_a_task_is_passed_to_a_colleague_of_the_same_role(
    ana: Browser, ben: Browser, visitor: Callable[..., Browser]
) -> None:
    start(ana)
    refuse(ana)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    assert ben.page.xpath("//select[@id='to']/option/@value") == ["dee"]
    ben.submit("Pass on")

    dee = visitor("dee")
    dee.open("/")
    assert "Look over the decision" in rows(dee)[0]


def test_a_task_is_not_passed_to_somebody_who_may_not_do_it(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    ben.submit("Pass on", to="cas")

    assert ben.response.status_code == 422


def test_a_completed_decision_leads_to_its_record(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    ana.follow("Read or print the record")

    assert ana.heading == "Decision record"


# Refusals --------------------------------------------------------------------------------------------------


def test_somebody_elses_task_does_not_exist_for_a_stranger(
    ana: Browser, visitor: Callable[..., Browser]
) -> None:
    path = start(ana)
    cas = visitor("cas")

    assert cas.open(path).status_code == 404
    assert cas.heading == "Page not found"
    assert cas.open("/tasks/nothing").status_code == 404


def test_a_task_completed_meanwhile_says_so(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    fields, action = ben._filled("Complete this task", None)
    ben.submit("Complete this task", agreed="true")

    again = ben._arrive(
        ben.client.post(action, data=fields | {"agreed": "true", "_key": "another-key"}, base_url=ADDRESS)
    )

    assert again.status_code == 409
    assert ben.heading == "This task is no longer open"


def test_whoever_comes_second_is_told_that_somebody_has_it(
    ana: Browser, ben: Browser, visitor: Callable[..., Browser]
) -> None:
    start(ana)
    refuse(ana)
    dee = visitor("dee")
    for each in (ben, dee):
        each.open("/?view=to_claim")
        each.follow("Look over the decision")
    ben.submit("Claim this task")
    dee.submit("Claim this task")

    assert dee.response.status_code == 409
    assert dee.heading == "Somebody else has taken this task"
    assert "Ben" not in dee.text


def test_nobody_looks_over_their_own_decision(ben: Browser) -> None:
    start(ben)
    refuse(ben)
    ben.open("/?view=to_claim")

    ben.follow("Look over the decision")

    assert "You cannot do it yourself" in ben.text
    assert not ben.page.xpath("//main//button")


def test_a_form_without_its_token_is_refused_and_nothing_happens(ana: Browser) -> None:
    path = start(ana)
    answer = ana.client.post(path, data={"decision": "share", "_then": "save"}, base_url=ADDRESS)

    assert answer.status_code == 400
    ana.open(path)
    assert ana.page.xpath("//input[@name='decision'][@checked]") == []


def test_a_request_from_another_site_is_refused(ana: Browser) -> None:
    path = start(ana)
    fields, _ = ana._filled("Continue", None)
    answer = ana.client.post(path, data=fields, base_url=ADDRESS, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_a_form_of_ten_megabytes_is_too_much(ana: Browser) -> None:
    path = start(ana)
    fields, _ = ana._filled("Continue", None)
    answer = ana._arrive(ana.client.post(path, data=fields | {"reasons": "x" * 10_000_000}, base_url=ADDRESS))

    assert answer.status_code == 413
    assert ana.heading == "That is too much at once"


def test_what_is_typed_is_kept_by_the_page_itself(ana: Browser) -> None:
    path = start(ana)
    ana.submit("Continue", decision="not_share")
    fields, _ = ana._filled("Continue", None)
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
    fields, _ = ana._filled("Continue", None)
    cas = visitor("cas")
    cas.open("/")
    theirs = fields | {"csrf_token": cas.page.xpath("//input[@name='csrf_token']/@value")[0]}

    assert cas.client.post(f"{path}/draft", data=theirs, base_url=ADDRESS).status_code == 404


# Whom the case waits for -----------------------------------------------------------------------------------


def test_who_has_done_their_part_reads_whom_the_case_waits_for(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    done = ana.path
    assert "Look over the decision It is with: Designated safeguarding lead" in ana.text

    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    ben.submit("Claim this task")
    ana.open(done)
    assert "Look over the decision It is with: Ben Shaw" in ana.text

    ben.submit("Complete this task", agreed="true")
    assert "It is with" not in ben.text
    ana.open(done)
    assert "It is with" not in ana.text


def test_an_adviser_does_not_read_whom_the_case_waits_for(ana: Browser, ben: Browser, engine: Engine) -> None:
    """Ben was asked for one thing; another task is open again in the case."""
    start(ana)
    refuse(ana)
    look_over(ben)
    _meddle(engine, update(user_task).where(user_task.c.element == "decide").values(state="open"))

    ben.open(ben.path)
    assert "This task was completed" in ben.text
    assert "It is with" not in ben.text


def test_of_a_sealed_case_a_task_does_not_say_whom_it_waits_for(ana: Browser, engine: Engine) -> None:
    start(ana)
    refuse(ana)
    seal(engine, NOW)
    ana.open(ana.path)

    assert "This task was completed" in ana.text
    assert "It is with" not in ana.text


def test_a_stale_window_leads_to_the_task_and_its_case(ana: Browser) -> None:
    start(ana)
    fields, action = ana._filled("Continue", None)
    refuse(ana)
    ana._arrive(ana.client.post(action, data=fields | {"_key": "another-key"}, base_url=ADDRESS))

    ana.follow("See what became of the task")
    ana.follow("Go to case")
    assert ana.heading.startswith("Case ")


def test_rows_that_look_alike_are_told_apart_by_number_and_time(ana: Browser, engine: Engine) -> None:
    start(ana)
    ana.open("/")
    assert "Asked" not in rows(ana)[0]
    with engine.connect() as db:
        row = db.execute(select(user_task)).mappings().one()
    for token, hours in (("second", 0), ("third", 1)):
        more = {"id": new_id(), "token": token, "opened_at": NOW + timedelta(hours=hours)}
        _meddle(engine, insert(user_task).values(**{**row, **more}))

    ana.open("/")
    asked = [said.group(1, 2) for row in rows(ana) if (said := NUMBERED.search(row))]
    assert len({number for number, _ in asked}) == 3
    assert sorted(when for _, when in asked) == ["10:00am", "10:00am", "11:00am"]


def test_the_page_of_a_task_has_the_number_that_its_row_has(ana: Browser, engine: Engine) -> None:
    start(ana)
    with engine.connect() as db:
        id = db.execute(select(user_task.c.id)).scalar_one()

    assert f"task {short(id)}" in ana.text


def _meddle(engine: Engine, change: Executable) -> None:
    """Change what no command of the small process changes, with an event, as the database asks."""
    with transaction(engine) as db:
        row = db.execute(select(case)).one()
        ledger = Ledger(row.area_id, row.id, (row.head_seq, row.head_hash), NOW, None)
        db.execute(change)
        ledger.add("task.opened")
        ledger.write(db)
