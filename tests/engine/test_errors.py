"""What a message quotes of a file neither floods a page nor moves a cursor."""

import pytest

from engine.errors import BEGINNING, END, DiagramRefused, Problem


def test_a_short_message_stays_as_it_is():
    said = 'Expected a condition on flow from "été" to b (f), but `=a > 1` is none. In FEEL: =a'

    assert Problem("f", said) == ("f", said)
    assert DiagramRefused(said).message == said


@pytest.mark.parametrize("quoted", ["q" * 900_000, "q " * 450_000])
def test_what_is_quoted_is_cut_and_what_to_do_is_still_said(quoted):
    message = Problem("a", f"Expected a message, but {quoted} is none. Declare it.").message

    assert message.startswith("Expected a message, but q") and message.endswith("is none. Declare it.")
    assert len(message) <= BEGINNING + END + 3


@pytest.mark.parametrize("sign", ["\x9b2J", "\x1b[2J", "\x00", "\x7f", "\u202e", "\u2066"])
def test_nothing_moves_a_cursor_or_turns_the_text_round(sign):
    assert Problem("a", f"user task {sign} is none.").message == f"user task �{sign[1:]} is none."


def test_a_message_is_one_line():
    assert Problem("a", "Expected\n  ✗ one\u2028line\x85.").message == "Expected ✗ one line ."
