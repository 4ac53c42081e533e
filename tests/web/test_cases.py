"""Starting a case, and the pages of one: overview, messages, records, history, process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, func, select

from engine import definitions
from engine.database import reading, transaction
from engine.tables import case
from tests.sealing import seal
from tests.web.journeys import CONCERN, case_page, look_over, refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, NOW, Time, small_process


def count_cases(engine: Engine) -> int:
    with reading(engine) as db:
        return db.execute(select(func.count()).select_from(case)).scalar_one()


# Starting --------------------------------------------------------------------------------------------------


def test_only_what_one_may_start_is_offered(ana: Browser, visitor: Callable[..., Browser]) -> None:
    ana.open("/cases/new")
    offered = [each.text_content() for each in ana.page.xpath("//ul[contains(@class, 'choices')]//a")]
    assert offered == ["Something small happened", "Something small may happen"]
    assert "A worry about a child or an adult" in ana.text
    assert "What others start" not in ana.text

    dee = visitor("dee")
    dee.open("/cases/new")
    assert "Nothing can be started with the roles you hold" in dee.text
    assert "Something small happened Tell a practitioner: they start it." in dee.text
    assert dee.open("/cases/new/small_process").status_code == 404


def test_guidance_stands_beside_the_first_form(ana: Browser) -> None:
    ana.open("/cases/new/small_process")

    assert ana.page.xpath("//aside[@aria-labelledby='guidance']")


def test_danger_comes_before_everything(ana: Browser) -> None:
    ana.open("/cases/new")

    assert "If a child is in immediate danger, call 999 first" in ana.text


def test_what_is_missing_is_said_for_people_and_questions_together(ana: Browser, engine: Engine) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Open the case")

    assert ana.response.status_code == 422
    who = ["Enter their name", "Select who they are in this case"]
    assert ana.errors == [*who, "Say what you are worried about"]
    assert count_cases(engine) == 0


def test_a_date_that_is_none_is_refused_with_what_was_typed_kept(ana: Browser) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Open the case", **(CONCERN | {"subjects-0-date_of_birth-month": "13"}))

    assert ana.response.status_code == 422
    assert len(ana.errors) == 1
    assert ana.page.xpath("//input[@name='subjects-0-date_of_birth-month']/@value") == ["13"]
    assert ana.page.xpath("//input[@name='subjects-0-name']/@value") == ["Mia Fell"]


def test_nobody_is_born_in_the_future(ana: Browser) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Open the case", **(CONCERN | {"subjects-0-date_of_birth-year": "2027"}))

    assert ana.errors == ["Date of birth must be today or in the past"]


def test_brothers_and_sisters_are_added_one_by_one(ana: Browser) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Add another", **CONCERN)
    ana.submit("Open the case", **{"subjects-1-name": "Joe Fell", "subjects-1-part": "sibling"})
    case_page(ana)

    assert "Mia Fell" in ana.text
    assert "Brother or sister Joe Fell" in ana.text


@pytest.fixture
def about_nobody(engine: Engine) -> None:
    """The small process may be about nobody in particular."""
    files = small_process()
    title = b'<zeebe:property name="handrail:title"'
    said = b'<zeebe:property name="handrail:subjects" value="optional" />' + title
    files["small.bpmn"] = files["small.bpmn"].replace(title, said, 1)
    with transaction(engine) as db:
        definitions.publish(db, "area", files, by=None, now=NOW)


@pytest.mark.usefixtures("about_nobody")
def test_where_it_may_be_about_nobody_no_name_is_asked_for_and_every_page_says_so(ana: Browser) -> None:
    ana.open("/cases/new/small_process")
    assert "If it is about nobody in particular, such as a group or a whole list, name nobody." in ana.text
    assert not ana.page.xpath("//input[starts-with(@name, 'subjects-') and not(@type='hidden')]")

    ana.submit("Open the case", concern="Bruises on both arms")
    refuse(ana)
    case_page(ana)
    assert "Who it is about Nobody is named." in ana.text
    assert "School. Opened" in ana.text

    ana.follow("Records")
    ana.follow("Decision")
    assert "About Nobody is named" in ana.text
    ana.open("/cases")
    assert "About: Nobody named" in rows(ana)[0]


@pytest.mark.usefixtures("about_nobody")
def test_where_it_may_be_about_nobody_people_can_be_named(ana: Browser) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Add one", concern="Bruises on both arms")
    ana.submit("Open the case")
    assert ana.errors == ["Enter their name", "Select who they are in this case"]

    ana.submit("Open the case", **CONCERN)
    case_page(ana)
    assert "Child Mia Fell" in ana.text


def test_pressing_open_twice_opens_one_case(ana: Browser, engine: Engine) -> None:
    ana.open("/cases/new/small_process")
    fields, action = ana.filled("Open the case")
    answers = [ana.client.post(action, data=fields | CONCERN, base_url=ADDRESS) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert count_cases(engine) == 1


def test_an_organisation_one_does_not_act_for_is_refused(ana: Browser, engine: Engine) -> None:
    ana.open("/cases/new/small_process")
    ana.submit("Open the case", **(CONCERN | {"_organisation": "police"}))

    assert ana.errors == ["Select the organisation you are acting for"]
    assert count_cases(engine) == 0


# The case page ---------------------------------------------------------------------------------------------


def test_the_case_says_who_what_and_by_when(ana: Browser) -> None:
    start(ana)
    case_page(ana)

    assert "Child Mia Fell Born 3 April 2018, aged 8" in ana.text
    assert "Ana Reid Leads the case" in ana.text
    assert "Decide what to do" in rows(ana)[0]
    assert "in 3 hours" in rows(ana)[0]


def test_no_name_is_in_a_title_or_an_address(ana: Browser) -> None:
    start(ana)
    path = case_page(ana)

    for tab in ("", "/history", "/records", "/process"):
        ana.open(path + tab)
        assert ana.response.status_code == 200, tab
        assert "Mia" not in ana.title
        assert "Fell" not in ana.title
        for link in ana.page.xpath("//@href | //@action"):
            assert "mia" not in link.lower()


def test_a_strangers_case_does_not_exist(ana: Browser, visitor: Callable[..., Browser]) -> None:
    start(ana)
    path = case_page(ana)
    cas = visitor("cas")

    for tab in ("", "/history", "/records", "/process", "/messages/consent_withdrawn"):
        assert cas.open(path + tab).status_code == 404, tab
        assert cas.heading == "Page not found"


def test_ones_cases_are_listed_newest_first(
    ana: Browser, visitor: Callable[..., Browser], time: Time
) -> None:
    start(ana)
    time.travel(minutes=1)
    path = start(ana)
    ana.open(path)
    newest = ana.text.split("Case ", 1)[1].split(",", 1)[0]
    ana.open("/cases")
    assert newest in rows(ana)[0] and newest not in rows(ana)[1]
    assert "You lead it" in rows(ana)[0]

    cas = visitor("cas")
    cas.open("/cases")
    assert "You are not part of any case yet" in cas.text


def test_a_case_is_known_by_its_process_and_initials_wherever_it_is_named(ana: Browser) -> None:
    """Nobody is named in the list: looking at a name is recorded, and lists are read over shoulders."""
    start(ana)
    path = case_page(ana)
    assert ana.heading == "A small process"
    assert "School, about M.F. Opened 20 November 2026" in ana.text

    ana.open("/cases")
    assert "A small process, case" in rows(ana)[0]
    assert "About: M.F." in rows(ana)[0]
    assert "Fell" not in ana.text
    ana.open(f"{path}/history")
    assert "about M.F." in ana.text and "Fell" not in ana.text


def test_of_a_sealed_case_not_even_initials_are_in_a_list_or_heading(ana: Browser, engine: Engine) -> None:
    start(ana)
    path = case_page(ana)
    seal(engine, NOW)

    ana.open("/cases")
    assert "About: Sealed" in rows(ana)[0]
    ana.open(f"{path}/history")
    assert "Sealed" in ana.text and "M.F." not in ana.text


# Messages --------------------------------------------------------------------------------------------------


def test_what_can_be_said_is_a_button_on_the_case(ana: Browser) -> None:
    start(ana)
    path = case_page(ana)
    ana.follow("Consent has been withdrawn")
    assert "Say who withdrew it." in ana.text

    ana.submit("Consent has been withdrawn")
    assert ana.errors == ["Say who withdrew it"]

    ana.submit("Consent has been withdrawn", withdrawn_by="Her mother")
    assert ana.response.status_code == 200
    ana.open(f"{path}/history")
    assert "Ana Reid chose “Consent has been withdrawn”" in ana.text


def test_a_message_that_nothing_waits_for_is_not_found(ana: Browser) -> None:
    start(ana)
    path = case_page(ana)

    assert ana.open(f"{path}/messages/launch").status_code == 404


# Records ---------------------------------------------------------------------------------------------------


def test_a_decision_is_a_record_that_prints_on_its_own(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    case_page(ana)
    ana.follow("Records")
    assert rows(ana)[0].startswith("Decision record Decide what to do")
    ana.follow("Decision record")

    assert ana.heading == "Decision record"
    assert "Decision Do not share" in ana.text
    assert "It would put her at risk" in ana.text
    assert "Written by Ana Reid" in ana.text
    assert "OFFICIAL-SENSITIVE" in ana.text


def test_a_record_of_another_case_is_not_found(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    case_page(ana)
    ana.follow("Records")
    record = ana.page.xpath("//tbody//a/@href")[0].rsplit("/", 1)[1]
    start(ana)
    other = case_page(ana)

    assert ana.open(f"{other}/records/{record}").status_code == 404


# History ---------------------------------------------------------------------------------------------------


def test_the_story_is_short_and_every_step_is_there_too(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    path = case_page(ana)
    ana.open(f"{path}/history")
    story = len(ana.page.xpath("//ol[contains(@class, 'timeline')]/li"))
    told = "Ana Reid completed “Decide what to do”, and wrote a record: Decision record"
    assert f"{told} 20 November 2026 at 10:00am" in ana.text
    assert "looked at the case" not in ana.text

    ana.follow("Show every step")
    assert len(ana.page.xpath("//ol[contains(@class, 'timeline')]/li")) > story
    assert "looked at the case" in ana.text


def test_the_story_calls_steps_what_the_drawing_calls_them(ana: Browser) -> None:
    start(ana)
    path = case_page(ana)
    ana.open(f"{path}/history")
    assert "“Decide what to do” is waiting for Ana Reid" in ana.text

    ana.open(path)
    ana.follow("Stop everything")
    ana.submit("Stop everything")
    ana.open(f"{path}/history")
    assert "“Decide what to do” is no longer needed" in ana.text
    assert "is waiting for" not in ana.text
    assert "came in" not in ana.text

    ana.follow("Show every step")
    for said in ("“Decide what to do” was opened for", "“Stopped” came in", "“Ended” was passed"):
        assert said in ana.text


# Process ---------------------------------------------------------------------------------------------------


def steps(person: Browser) -> list[str]:
    return [" ".join(step.text_content().split()) for step in person.page.xpath("//li[@data-step]")]


def test_the_steps_say_what_the_drawing_says(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    case_page(ana)
    ana.follow("Process")

    listed = steps(ana)
    assert any(each.startswith("Decide what to do") and each.endswith("Done") for each in listed)
    assert any(each.startswith("Look over the decision") and each.endswith("Here now") for each in listed)
    drawn = ana.page.xpath("//@data-diagram")[0]
    assert ana.client.get(drawn, base_url=ADDRESS).get_data().startswith(b"<?xml")


# How it ended ----------------------------------------------------------------------------------------------


def test_a_finished_case_says_how_it_ended_and_what_was_decided(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    path = case_page(ana)
    assert "How it ended" not in ana.text
    look_over(ben)

    ana.open(path)
    assert "How it ended A small process Done Decision Do not share" in ana.text
    ana.follow("Read the decision record")
    assert ana.heading == "Decision record"


def test_what_interrupts_a_case_is_how_it_ended(ana: Browser) -> None:
    start(ana)
    path = case_page(ana)
    ana.follow("Consent has been withdrawn")
    ana.submit("Consent has been withdrawn", withdrawn_by="Her mother")
    ana.open(path)
    ana.follow("Stop everything")
    ana.submit("Stop everything")

    ana.open(path)
    assert "A small process Ended" in ana.text
    assert "Noted" not in ana.text


def test_danger_stands_before_everything_else_that_may_have_happened(ana: Browser) -> None:
    start(ana)
    case_page(ana)

    actions = ana.page.xpath("//*[@class='handrail-actions']//a")
    said = [each.text_content() for each in actions]
    assert said == ["Immediate danger", "Consent has been withdrawn", "Stop everything"]
    assert ["warning" in each.get("class") for each in actions] == [True, False, False]
    (way,) = ana.page.xpath("//a[@href='#actions']")  # on a narrow screen they stand below everything
    assert way.text_content() == "Immediate danger, or something else happened"
