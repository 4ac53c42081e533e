"""Every example in the README is run."""

import doctest
from pathlib import Path

import dmn


def test_the_examples_hold():
    failed, tried = doctest.testfile(str(Path(dmn.__file__).with_name("README.md")), module_relative=False)

    assert tried > 5
    assert failed == 0
