"""The processes of one set of files are read once, and each is what it would be alone."""

import pytest

from engine.errors import DiagramRefused
from engine.spiff import bundle
from engine.spiff.parser import Parser
from tests.engine.diagrams.drawn import bpmn, line


def refused(files: dict[str, bytes], process: str) -> set[str]:
    with pytest.raises(DiagramRefused) as error:
        bundle.compile(files, process)
    return {problem.element for problem in error.value.problems}


def test_a_file_is_read_once_for_all_of_its_processes(monkeypatch):
    made: list[Parser] = []
    monkeypatch.setattr(bundle, "Parser", lambda drawn: made.append(Parser(drawn)) or made[-1])
    beside = "".join(f'<process id="q{n}"><userTask id="u{n}"/></process>' for n in range(20))
    files = {"many.bpmn": bpmn(line("callActivity:a").replace('id="a"', 'id="a" calledElement="q7"'), beside)}

    compiled = {id: bundle.compile(files, id) for id in ("p", *(f"q{n}" for n in range(20)))}

    assert len(made) == 1
    assert compiled["p"].specs.keys() == {"p", "q7"}
    assert all(compiled[f"q{n}"].specs.keys() == {f"q{n}"} for n in range(20))
    assert compiled["p"].specs["q7"] is compiled["q7"].spec


@pytest.mark.parametrize("first", ["p", "wrong", "calling"])
def test_what_is_wrong_with_one_process_is_not_told_of_another(first):
    wrong = '<process id="wrong"><task id="w"><standardLoopCharacteristics loopMaximum="x"/></task></process>'
    calling = '<process id="calling"><callActivity id="c" calledElement="wrong"/></process>'
    files = {f"{first}.bpmn": bpmn(line("userTask:a"), wrong + calling)}

    for process in (first, "p", "wrong", "calling"):
        if process == "p":
            assert bundle.compile(files, "p").specs.keys() == {"p"}
        else:
            assert refused(files, process) == {"w"}


def test_what_is_wrong_beside_the_processes_is_told_of_each():
    message = '<message id="m" name="m"><extensionElements><zeebe:subscription correlationKey="=1 +"/>'
    beside = message + '</extensionElements></message><process id="q"><userTask id="u"/></process>'
    files = {"x.bpmn": bpmn(line("userTask:a"), beside)}

    assert refused(files, "p") == refused(files, "q") == {"m"}
