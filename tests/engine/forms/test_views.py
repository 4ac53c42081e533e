"""What a page is given to draw."""

import pytest

from engine import forms
from engine.forms import markdown

from .made import YES_NO, field, form, shown_when


def only(component, answers=None, context=None, **more):
    (drawn,) = forms.view(form(component), answers or {}, context or {}, **more)
    return drawn


def test_a_question_comes_with_everything_a_page_needs():
    drawn = only(
        field(
            "textfield",
            "why",
            "Why?",
            description="In a sentence",
            validate={"required": True, "maxLength": 200},
            appearance={"prefixAdorner": "£", "suffixAdorner": "a year"},
            properties={"sensitivity": "special", "unknown": "kept"},
        ),
        {"why": "because"},
        errors={"why": "Enter why"},
    )

    assert (drawn.path, drawn.name, drawn.id, drawn.label, drawn.hint) == (
        "why",
        "why",
        "why",
        "Why?",
        "In a sentence",
    )
    assert (drawn.value, drawn.text, drawn.error, drawn.required) == ("because", "because", "Enter why", True)
    assert (drawn.prefix, drawn.suffix, drawn.max_length) == ("£", "a year", 200)
    assert (drawn.sensitivity, drawn.properties["unknown"]) == ("special", "kept")


def test_options_know_whether_they_are_chosen_and_have_ids_that_the_error_summary_can_use():
    drawn = only(field("radio", "a", values=YES_NO), {"a": "no"})

    assert [(one.id, one.posted, one.text, one.chosen) for one in drawn.options] == [
        ("a", "yes", "Yes", False),
        ("a-2", "no", "No", True),
    ]


def test_option_hints_are_shown():
    values = [{"label": "Yes", "value": "yes", "description": "Only if sure"}]

    assert only(field("radio", "a", values=values)).options[0].hint == "Only if sure"


def test_hidden_questions_are_given_too_marked_as_not_visible():
    drawn = forms.view(
        form(field("radio", "a", values=YES_NO), field("textfield", "b", **shown_when('a = "yes"'))),
        {"a": "no"},
        {},
    )

    assert [(one.path, one.visible) for one in drawn] == [("a", True), ("b", False)]


def test_groups_and_rows_are_nested():
    drawn = forms.view(
        form(
            {"type": "group", "label": "Consent", "path": "c", "components": [field("textfield", "given")]},
            {
                "type": "dynamiclist",
                "path": "kids",
                "label": "Child",
                "components": [field("textfield", "name", "Name")],
            },
        ),
        {"kids": [{"name": "A"}, {}]},
        {},
    )

    assert drawn[0].fields[0].name == "c-given"
    assert [(row.title, row.name, row.fields[0].id) for row in drawn[1].rows] == [
        ("Child 1", "kids-0", "kids-0-name"),
        ("Child 2", "kids-1", "kids-1-name"),
    ]
    assert (drawn[1].can_add, drawn[1].can_remove) == (True, True)
    assert {one.name for one in forms.walk(drawn)} == {
        "c-given",
        "kids",
        "kids-0-name",
        "kids-1-name",
        "c",
    }


def test_buttons_and_computed_fields_are_not_drawn():
    one = form({"type": "button", "label": "Go"}, {"type": "expression", "key": "e", "expression": "=1"})

    assert forms.view(one, {}, {}) == []


def test_labels_can_quote_answers_and_process_variables():
    drawn = only(
        field("textfield", "a", "About {{case_reference}}, due {{due}}: {{#if urgent}}urgent{{/if}}"),
        context={"case_reference": "HR-1", "due": "2026-11-21", "urgent": True},
    )

    assert drawn.label == "About HR-1, due 21 November 2026: urgent"


def test_a_template_can_list_things():
    text = {"type": "text", "text": "{{#loop people}}\n* {{name}} ({{this.age}})\n{{/loop}}"}
    drawn = only(text, context={"people": [{"name": "Ann", "age": 3}, {"name": "*Ben*", "age": 4}]})

    assert drawn.html.count("<li>") == 2
    assert "*Ben* (4)" in drawn.html


@pytest.mark.parametrize(
    "bad",
    ["{{#if a}}open", "{{/if}}", "{{#if a}}{{/loop}}", "{{#else}}", "{{1 +}}", "{{#loop}}x{{/loop}}", "{{}}"],
)
def test_a_template_that_cannot_be_read_is_refused(bad):
    with pytest.raises(forms.load.__wrapped__.__globals__["InvalidInput"]):
        form(field("textfield", "a", bad))


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "![x](https://example.org/pixel.png)",
    "<https://example.org>",
    "**bold** _it_ `code` # head",
    "[a]: https://example.org\n\n[a]",
    "\n\n# Heading\n\n* list",
    "&lt;b&gt; &#60;",
    "\\[x](https://example.org)",
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_an_answer_in_a_text_is_never_markup(answer):
    html = only({"type": "text", "text": "You said: {{said}}."}, context={"said": answer}).html

    assert html.count("<") == 2, html
    assert html.startswith('<p class="govuk-body">You said: ')


@pytest.mark.parametrize("text", HOSTILE)
def test_a_forms_own_text_cannot_carry_html_scripts_or_pictures(text):
    html = markdown.to_html(text).lower()

    assert (
        "<script" not in html
        and "<img" not in html
        and 'href="javascript' not in html
        and "style=" not in html
    )


def test_markdown_is_dressed_for_govuk():
    html = markdown.to_html("# One\n\nSee [this](https://example.org) and\n\n* a\n\n| h |\n|:-:|\n| c |")

    assert '<h2 class="govuk-heading-m">One</h2>' in html
    assert '<a href="https://example.org" class="govuk-link">this</a>' in html
    assert '<ul class="govuk-list govuk-list--bullet">' in html
    assert '<td class="govuk-table__cell">c</td>' in html


def test_a_locked_answer_is_said_in_words():
    day = field("datetime", "a", subtype="date", disabled=True)

    assert only(day, context={"a": "2026-11-21"}).text == "21 November 2026"


def test_a_time_that_cannot_be_read_is_shown_again():
    assert only(field("datetime", "a", subtype="time"), {"a": {"time": "teatime"}}).text == "teatime"
    assert only(field("datetime", "a", subtype="time"), {"a": "14:10"}).text == "2:10pm"
