import json

from engine.diagrams import check
from engine.diagrams.source import MAX_BYTES

from .drawn import bpmn, line, task


def test_a_file_that_runs_and_one_that_does_not(tmp_path):
    good, bad = tmp_path / "good.bpmn", tmp_path / "bad.bpmn"
    good.write_bytes(bpmn(line("userTask:a")))
    bad.write_bytes(bpmn(line("scriptTask:b"), process='id="q" isExecutable="true"'))

    report = check([good, str(bad)])

    assert report.refused and not report.publishable
    assert [file.refused for file in report.files] == [False, True]
    assert report.files[1].problems[0].element == "b"


def test_the_text_names_file_verdict_and_element():
    text = check({"x.bpmn": bpmn(line("scriptTask:b"))}).text()

    assert text.startswith("x.bpmn: refused\n")
    assert "✗" in text and "script task (b)" in text


def test_the_json_is_json():
    said = json.loads(check({"x.bpmn": bpmn(line("userTask:a"))}).json())

    assert said["refused"] is False
    assert said["files"][0]["processes"] == ["p"]
    assert said["files"][0]["governance"][0].keys() == {"element", "message"}


def test_each_problem_stands_with_its_file():
    one = bpmn(line("userTask:a"))
    other = bpmn(line("scriptTask:b").replace('"s"', '"s2"').replace('"e"', '"e2"'), process='id="q"')

    files = check({"one.bpmn": one, "other.bpmn": other}).files

    assert files[0].problems == ()
    assert "b" in {problem.element for problem in files[1].problems}


def test_a_process_in_two_files_is_told_of_both_by_name():
    one, other = bpmn(line("userTask:a")), bpmn(line("userTask:b"))

    files = check(
        {"one.bpmn": one, "other.bpmn": other, "third.bpmn": bpmn(line("task:c"), process='id="q"')}
    ).files

    assert [file.refused for file in files] == [True, True, False]
    assert files[0].problems == files[1].problems
    assert files[0].problems[0].message.endswith("in “one.bpmn” and “other.bpmn”.")


def test_a_file_with_nothing_to_run_is_told_by_name():
    drawn = bpmn(line("userTask:a"), process='id="q" isExecutable="false"')

    files = check({"one.bpmn": bpmn(line("userTask:a")), "drawn.bpmn": drawn}).files

    assert [file.refused for file in files] == [False, True]


def test_nothing_in_a_file_floods_the_report_or_moves_the_cursor():
    named = 'name="a&#x9b;2J&#x202e;b&#10;  ✗ x"'
    body = task("", "receiveTask", f'{named} messageRef="{"q" * 900_000}"')

    text = check({"x.bpmn": bpmn(body)}).text()

    assert 'receive task "a�2J�b ✗ x" (a)' in text
    assert len(text) < 2_000


def test_what_is_no_diagram_is_reported_not_raised(tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")

    assert "picture" in check([picture]).text()


def test_a_file_that_is_not_there_is_reported(tmp_path):
    assert "No such file" in check([tmp_path / "nothing.bpmn"]).text()


def test_a_file_checked_alone_may_call_what_is_elsewhere():
    alone = bpmn(line("callActivity:a").replace('id="a"/>', 'id="a" calledElement="elsewhere"/>', 1))
    report = check({"x.bpmn": alone})

    assert not report.refused
    assert "elsewhere" in report.files[0].advice[-1].message


def test_a_huge_file_is_not_read_whole(tmp_path):
    huge = tmp_path / "huge.bpmn"
    with huge.open("wb") as file:
        file.truncate(50 * MAX_BYTES)

    assert "larger" in check([huge]).text()


def test_a_file_without_a_process_says_so():
    assert "executable" in check({"x.bpmn": bpmn("", process='id="p" isExecutable="false"')}).text()
