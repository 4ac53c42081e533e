"""Every example in the README is run."""

import doctest
import io
from pathlib import Path

import feel
from feel.__main__ import main


def test_the_examples_hold():
    failed, tried = doctest.testfile(str(Path(feel.__file__).with_name("README.md")), module_relative=False)

    assert tried > 15
    assert failed == 0


def test_the_command_line_shows_the_value_and_why(capsys):
    assert main(["age < limit", "age=17"]) == 0

    assert capsys.readouterr().out.splitlines()[0] == "null"


def test_the_command_line_points_at_the_mistake(capsys):
    assert main(["1 + + 2"]) == 1

    assert capsys.readouterr().out == "  1 + + 2\n      ^ Expected a value, but found +.\n"


def test_line_by_line_values_can_be_kept(capsys, monkeypatch):
    lines = 'let age = 17\nage < 18\n\nlet age\n"a" +\nlet b = 1 +\nb\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))

    assert main([]) == 1

    said = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")]
    assert said == ["17", "true", "null"]
