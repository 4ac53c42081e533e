"""A partnership's settings file: what it may say, and how each mistake in it is told with its line."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from handrail.partnership import read_text
from handrail.settings import WrongSetting, from_environment

START = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
DECIDED = """reason = "Our hub promises it."
decided_by = ["Ann Lee, chair", "Bo Ray, information governance lead"]
decided_on = 2026-09-01
"""
WHOLE = f"""
[hub]
opens = "08:30"
closes = 18:00:00
bank_holidays = "england-and-wales"

[hub.closed]
2026-11-23 = "The office moves."

[clocks.receipt_routine]
amount = 1
kind = "working days"
{DECIDED}
[clocks.mash_red]
amount = 3
kind = "hours"
{DECIDED}
[hubs.north]
organisations = ["north-mash"]
closes = "16:00"

[hubs.north.clocks.mash_red]
amount = 2
kind = "hours"
{DECIDED}
"""


def hour(deadlines, name: str, organisation: str | None = None) -> datetime:
    return deadlines.reckon(name, START, organisation=organisation).due


def test_the_whole_partnership_has_its_own_hours_and_closed_days():
    due = hour(read_text(WHOLE), "receipt_routine")

    assert due == datetime(2026, 11, 24, 18, tzinfo=UTC)  # not on Monday, when the office moves


def test_a_hub_has_a_clock_set_and_hours_of_its_own():
    deadlines = read_text(WHOLE)

    assert hour(deadlines, "mash_red") == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert hour(deadlines, "mash_red", "north-mash") == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert hour(deadlines, "receipt_routine", "north-mash") == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert hour(deadlines, "mash_red", "somebody-else") == hour(deadlines, "mash_red")


def test_who_decided_when_and_why_is_kept():
    red = [view for view in read_text(WHOLE).every() if view.name == "mash_red"]

    assert [(view.hub, view.default, view.local) for view in red] == [
        ("", "4 hours", "3 hours"),
        ("north", "4 hours", "2 hours"),
    ]
    assert red[0].approved_by == ("Ann Lee, chair", "Bo Ray, information governance lead")
    assert (red[0].decided_on, red[0].reason) == (date(2026, 9, 1), "Our hub promises it.")


def test_an_empty_file_changes_nothing():
    assert hour(read_text(""), "receipt_routine") == datetime(2026, 11, 23, 17, tzinfo=UTC)


def clock(name: str, **changes: str) -> str:
    said = {
        "amount": "2",
        "kind": '"working days"',
        "reason": '"Because."',
        "decided_by": '["Ann", "Bo"]',
        "decided_on": "2026-09-01",
    } | changes
    return f"[clocks.{name}]\n" + "".join(f"{key} = {value}\n" for key, value in said.items() if value)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (clock("tea_break"), "line 1, clocks.tea_break", "there is none of this name"),
        (clock("receipt_routine", reason=""), "line 1, clocks.receipt_routine", "Expected reason as well."),
        (clock("receipt_routine", reason='" "'), "line 1, clocks.receipt_routine", "Expected the reason"),
        (clock("receipt_routine", kind='"fortnights"'), "line 1,", "Expected one of minutes, hours"),
        (clock("receipt_routine", kind="3"), "line 3, clocks.receipt_routine.kind", "a kind in quotes"),
        (clock("receipt_routine", amount="1.5"), "line 2, clocks.receipt_routine.amount", "a whole number"),
        (clock("receipt_routine", amount="true"), "line 2,", "a whole number"),
        (clock("receipt_routine", amount="0"), "line 1,", "Expected 1 to"),
        (clock("receipt_routine", decided_by='["Ann"]'), "line 1,", "two different people"),
        (clock("receipt_routine", decided_by='"Ann"'), "line 5,", "names of two people"),
        (clock("receipt_routine", decided_on='"May"'), "line 6,", "Expected a date without quotes"),
        (clock("dvds_overall", amount="29", kind='"calendar days"'), "line 1,", "at most 28 calendar days"),
        (clock("dvds_overall", amount="5"), "line 1,", "because law sets this limit"),
        ("\n\n[clock.receipt_routine]\n", "line 3, clock", "one of hub, clocks, hubs, but found clock."),
        ("clocks = 3", "line 1, clocks", "Expected a table"),
        (clock("receipt_routine", day="1"), "line 7, clocks.receipt_routine.day", "but found day"),
        ('[hub]\nopens = "25:00"', "line 2, hub.opens", "Expected a London time"),
        ('[hub]\nopens = "18:00"', "line 1, hub.closes", "Expected the hub to open before it closes."),
        ('[hub]\nbank_holidays = "france"', "line 2, hub.bank_holidays", "england-and-wales, scotland"),
        ("[hub.closed]\nnever = \"why\"", "line 2, hub.closed.never", "Expected a date"),
        ("[hub.closed]\n2026-12-24 = \"\"", "line 2, hub.closed.2026-12-24", "Expected why"),
        ("[hubs.north]\n", "line 1, hubs.north.organisations", "Expected the ids"),
        (
            '[hubs.a]\norganisations = ["x"]\n[hubs.b]\norganisations = ["x"]',
            "line 4, hubs.b.organisations",
            "x is in two",
        ),
        (
            '[hubs.a]\norganisations = ["x"]\n' + clock("mash_red").replace("[clocks", "[hubs.a.clocks")
            + clock("tea").replace("[clocks", "[hubs.a.clocks"),
            "line 9, hubs.a.clocks.tea",
            "there is none of this name",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text, line, message):
    with pytest.raises(InvalidInput) as refused:
        read_text(text)

    (problem,) = refused.value.problems
    assert problem.element.startswith(line)
    assert message in problem.message
    assert line in refused.value.message


def test_every_mistake_is_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        read_text(clock("tea_break") + clock("receipt_routine", amount="0") + "[hubs.x]\n")

    assert len(refused.value.problems) == 3


def test_what_is_no_toml_is_told_with_its_line():
    with pytest.raises(InvalidInput, match="line 2"):
        read_text("[hub]\nopens = = 3")


def test_the_file_is_named_by_a_setting(tmp_path: Path):
    file = tmp_path / "partnership.toml"
    file.write_text('[hub]\nopens = "08:00"\n')
    environment = {"HANDRAIL_FOLDER": str(tmp_path), "HANDRAIL_PARTNERSHIP": str(file)}

    assert from_environment(environment).deadlines.hub.opens == time(8)

    file.write_text(clock("tea_break"))
    with pytest.raises(WrongSetting, match="line 1, clocks.tea_break"):
        from_environment(environment)
    with pytest.raises(WrongSetting, match="cannot be read"):
        from_environment(environment | {"HANDRAIL_PARTNERSHIP": str(tmp_path / "nothing.toml")})


def test_the_example_in_the_documentation_is_usable():
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]

    assert [view.name for view in read_text(example).every() if view.local] == ["partner_return", "mash_red"]
