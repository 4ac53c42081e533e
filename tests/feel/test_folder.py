"""The folder stands alone: somebody could lift it out and publish it."""

import ast
import sys
from pathlib import Path

import pytest

import dmn
import feel
from feel import builtins, evaluator

MAY_IMPORT = {
    "feel": {"feel", "re2"},
    "dmn": {"dmn", "feel", "lxml"},
}


@pytest.mark.parametrize("package", [feel, dmn], ids=lambda package: package.__name__)
def test_only_the_standard_library_and_named_neighbours_are_imported(package):
    allowed = MAY_IMPORT[package.__name__] | set(sys.stdlib_module_names)
    files = list(Path(package.__file__).parent.rglob("*.py"))

    imported = {name for file in files for name in _imports(file)}

    assert len(files) > 8
    assert imported <= allowed


def _imports(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("package", [builtins, evaluator], ids=lambda package: package.__name__)
def test_every_module_of_a_group_is_in_its_list(package):
    """What is only in the folder would register nothing."""
    files = {file.stem for file in Path(package.__file__).parent.glob("*.py")} - {"__init__", "registry"}

    assert {module.__name__.split(".")[-1] for module in package.GROUPS} == files


@pytest.mark.parametrize("word", ["eval", "exec", "getattr", "setattr", "__import__", "compile"])
def test_nothing_reaches_into_python(word):
    """`getattr` is only used on our own syntax, to go through its parts."""
    users = {
        file.name
        for file in Path(feel.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == word
    }

    assert users <= ({"syntax.py"} if word == "getattr" else set())
