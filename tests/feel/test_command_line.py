"""`python -m feel`: whatever a person types gets a value or a sentence, never a traceback."""

import io
import os
import signal
import subprocess
import sys

import pytest

from feel.__main__ import main


def test_help_shows_examples(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out

    assert main(["-h"]) == 0
    assert capsys.readouterr().out == shown
    assert shown.startswith("usage: python -m feel")
    assert shown.count("\n  python -m feel '") == 2


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("x=17", "17"),
        ("x=0.1234567890123456789012345678", "0.1234567890123456789012345678"),
        ("x=9007199254740993.5", "9007199254740993.5"),
        ('x=[1, {"b": true, "c d": null}]', '[1, {b: true, c d: null}]'),
        ('x="17"', '"17"'),
        ("x=Ada Lovelace", '"Ada Lovelace"'),
        ("x=a=b", '"a=b"'),
        ("x=07700 900123", '"07700 900123"'),
        ("x=", '""'),
        ('x=@"2026-04-07"', "2026-04-07"),
        ('x=@"P1DT2H"', "P1DT2H"),
        ("x=a\nb\x1b[2J", '"a\\nb\\u001b[2J"'),
    ],
)  # fmt: skip
def test_what_is_given_is_shown_as_it_was_read(argument, shown, capsys):
    assert main(["x", argument]) == 0

    assert capsys.readouterr().out == shown + "\n"


def test_a_literal_that_begins_with_at_is_no_text(capsys):
    assert main(['received + @"P28D"', 'received=@"2026-04-07"']) == 0

    assert capsys.readouterr().out == "2026-05-05\n"


@pytest.mark.parametrize("name", ["Full Name", "cost-benefit", "Ünï", "名前", "🐎"])
def test_a_name_is_as_in_the_language(name, capsys):
    assert main([f"{name} + 1", f"{name}=2"]) == 0

    assert capsys.readouterr().out == "3\n"


SHAPE = "Expected name=value, such as age=17: a single =, and no spaces round the name.\n"


@pytest.mark.parametrize(
    "argument", ["age", "=17", " age =17", "age =17", " age=17", "age==17", "age<=17", "1=17", "[age=17", ""]
)
def test_an_argument_that_gives_no_name_a_value_is_refused(argument, capsys):
    assert main(["1", argument]) == 2

    assert capsys.readouterr() == ("", SHAPE)


NUMBER = "age: Expected a finite number of at most 34 digits; text like that needs quotes."
AT = """age: Expected a value after @ in quotes that the shell keeps: '@"2026-04-07"'."""


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("NaN", NUMBER),
        ("[-Infinity]", NUMBER),
        ("1e7000", NUMBER),
        ("1" * 35, NUMBER),
        ("1" * 5000, NUMBER),
        ("0." + "1" * 35, NUMBER),
        ("[" * 100_000, "age: Expected less nesting, but this goes too deep."),
        ("@2026-04-07", AT),
        ('@"2026-04-07" + 1', AT),
        ('@"soon"', 'age: Expected a date, time or duration after @, such as @"2026-04-07".'),
    ],
    ids=lambda text: text[:20],
)
def test_a_value_that_cannot_be_held_is_refused(value, sentence, capsys):
    assert main(["1", f"age={value}"]) == 2

    assert capsys.readouterr() == ("", sentence + "\n")


def test_values_too_deep_to_be_read_are_refused(capsys):
    assert main(["x", "x=" + "[" * 900 + "]" * 900]) == 1

    assert capsys.readouterr().out == (
        "  x\n  ^ Expected less nesting, but the values lie too deep inside one another.\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "under"),
    [
        ("1 +\n2 + + 3\n+ 4", "2 + + 3", "    ^"),
        ("1 +\n  2 2", "  2 2", "    ^"),
        ("1 +\n\n", "1 +", "   ^"),
        ("1\t+\t+\t2", "1 + + 2", "    ^"),
        ("", "", "^"),
    ],
)
def test_the_caret_stands_under_the_mistake_in_its_line(text, line, under, capsys):
    assert main([text]) == 1

    shown, pointed = capsys.readouterr().out.splitlines()
    assert shown == "  " + line
    assert pointed.startswith(f"  {under} Expected ")


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        (300, 300, f"...{'(' * 47}#{'(' * 46}..."),
        (300, 2, f"...{'(' * 47}#(("),
        (2, 300, f"((#{'(' * 46}..."),
        (80, 19, "(" * 80 + "#" + "(" * 19),
    ],
)
def test_of_a_long_line_only_what_is_near_the_mistake_is_shown(before, after, seen, capsys):
    assert main(["(" * before + "#" + "(" * after]) == 1

    shown, pointed = capsys.readouterr().out.splitlines()
    assert shown[pointed.index("^")] == "#"
    assert shown == "  " + seen


def talk(monkeypatch, text, asked=False):
    """The exit code after these lines."""
    stream = io.StringIO(text)
    monkeypatch.setattr(stream, "isatty", lambda: asked)
    monkeypatch.setattr("sys.stdin", stream)
    return main([])


def test_lines_keep_values_for_those_after_them(capsys, monkeypatch):
    assert (
        talk(monkeypatch, "let age = 17\nage < 18\n\nlet  Full Name=age = 17\nFull Name\nlet x = y\nx") == 0
    )

    assert capsys.readouterr().out.splitlines() == [
        *("17", "true", "true", "true"),
        *("null", "  at 0: Expected a known name, but there is nothing called y.", "null"),
    ]


@pytest.mark.parametrize(
    "line", ["let", "let x", "let x =", "let x == 3", "let = 3", "let x <= 3", "let 3 = x", "let\tx"]
)
def test_a_let_that_keeps_nothing_is_refused(line, capsys, monkeypatch):
    assert talk(monkeypatch, f"{line}\nx") == 1

    assert capsys.readouterr().out.splitlines()[:2] == ["  Expected let name = expression.", "null"]


def test_a_line_that_cannot_be_read_keeps_nothing_and_fails_a_pipe_at_its_end(capsys, monkeypatch):
    assert talk(monkeypatch, "let x = 1 +\nx\n1") == 1

    assert capsys.readouterr().out.splitlines()[2] == "null"


def test_names_like_let_are_names(capsys, monkeypatch):
    assert talk(monkeypatch, "let letter = 1\nletter") == 0

    assert capsys.readouterr().out == "1\n1\n"


def test_a_person_is_greeted_and_may_fail(capsys, monkeypatch):
    assert talk(monkeypatch, "1 +\n", asked=True) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("FEEL of DMN 1.5.")
    assert shown.endswith("feel> \n")


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_a_person_leaves_with_a_word(word, capsys, monkeypatch):
    assert talk(monkeypatch, f"{word}\n1", asked=True) == 0

    assert capsys.readouterr().out.endswith(" ends.\nfeel> ")


def test_the_words_that_end_are_names_in_a_pipe(capsys, monkeypatch):
    assert talk(monkeypatch, "let exit = 2\nexit") == 0

    assert capsys.readouterr().out == "2\n2\n"


def start(**environment):
    """A process of its own, where SIGINT means what it means on a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "feel"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_a_terminal_without_the_letters_shows_their_numbers():
    shown, complaint = start(PYTHONIOENCODING="ascii").communicate('"é"\n"\\u00e9"\n'.encode(), timeout=30)

    assert shown.splitlines() == [rb'"\\xc3\\xa9"', rb'"\xe9"']
    assert complaint == b""


def test_a_reader_who_has_gone_is_no_mistake():
    process = start(PYTHONUNBUFFERED="")
    process.stdout.close()

    process.stdin.write(b"1\n" * 5)
    process.stdin.close()

    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 1


def test_ctrl_c_ends_quietly_in_the_middle_of_the_work():
    """Work for many seconds follows the first line, and is not done."""
    process = start(PYTHONUNBUFFERED="1")
    process.stdin.write(b"1\n" + b"for i in 1..1000000000 return i\n" * 100)
    process.stdin.flush()
    assert process.stdout.readline() == b"1\n"

    process.send_signal(signal.SIGINT)

    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert complaint == b""
