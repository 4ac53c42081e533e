"""Data objects, inputs and outputs as the standard draws them, said as what they are here: variables.

A data association that names its two ends copies one variable into another, as an input or output mapping
does. One that only joins data to an activity, as most tools draw it, copies nothing: the variable is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.diagrams.vocabulary import SUB_PROCESSES, B, local, unprefixed, words

HOLDERS = ("dataObjectReference", "dataObject", "property", "dataInput", "dataOutput", "dataStoreReference")
PLACEHOLDER = "__"  # tools name a property so when an association needs an end that nobody drew
VARIABLE = re.compile(r"[^\W\d]\w*")
INSTEAD = {
    "dataInputAssociation": "Use an input mapping (variable and FEEL value) and draw the data beside it.",
    "dataOutputAssociation": "Use an output mapping (variable and FEEL value) and draw the data beside it.",
}

Mapping = tuple[str, str]  # FEEL with its `=`, variable


@dataclass(frozen=True, slots=True)
class Copies:
    """What the associations of one element copy; `faults`: why others of them cannot be."""

    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    faults: tuple[str, ...] = ()
    done: tuple[etree._Element, ...] = ()  # the associations that are said by the rest


NOTHING = Copies()


class Wrong(Exception):
    """This association cannot be run; the message ends the sentence "Expected it to …"."""


class Data:
    """The data of one file."""

    def __init__(self, root: etree._Element) -> None:
        self.by_id = {str(node.get("id")): node for node in root.iter(*(B + kind for kind in HOLDERS))}
        telling = (*INSTEAD, "multiInstanceLoopCharacteristics", "dataObject")
        self.concerned = {node.getparent(): None for node in root.iter(*(B + kind for kind in telling))}
        self.copied = {
            name for tag in INSTEAD for association in root.iter(B + tag) for name in self._names(association)
        }

    def _names(self, association: etree._Element) -> Iterator[str]:
        try:
            found = self._copy(association)
        except Wrong:
            return
        if found is not None:
            yield found[1]
            if found[0].startswith("="):
                yield found[0][1:]

    def copies(self, node: etree._Element) -> Copies:
        """What the data associations of one activity or event come to."""
        return self._copies(node) if node in self.concerned else NOTHING

    def _copies(self, node: etree._Element) -> Copies:
        given: dict[str, list[Mapping]] = {tag: [] for tag in INSTEAD}
        faults, done = [], []
        looped = set(_loop_ends(node))
        for association in node.iterchildren(*(B + tag for tag in INSTEAD)):
            tag = local(str(association.tag))
            try:
                found = None if looped & set(_ends(association)) else self._copy(association)
            except Wrong as wrong:
                faults.append(f"{wrong} {INSTEAD[tag]}")
                continue
            done.append(association)
            given[tag] += [] if found is None else [found]
        inputs, outputs = given.values()
        several = node.find(B + "multiInstanceLoopCharacteristics")
        try:
            inputs += [("=null", name) for name in self._own(node)]
            if several is not None:
                self._loop(node, several)
        except Wrong as wrong:
            faults.append(str(wrong))
        return Copies(tuple(inputs), tuple(outputs), tuple(faults), tuple(done))

    def loop(self, node: etree._Element, several: etree._Element) -> dict[str, str]:
        """What the standard's own words for the collection of a multi-instance say, as `zeebe:` says it."""
        try:
            return self._loop(node, several)
        except Wrong:  # said by `copies`
            return {}

    def _loop(self, node: etree._Element, several: etree._Element) -> dict[str, str]:
        said = {
            "inputCollection": self._collection(node, several, "loopDataInputRef", "="),
            "outputCollection": self._collection(node, several, "loopDataOutputRef", ""),
            "inputElement": _item(several, "inputDataItem", ""),
            "outputElement": _item(several, "outputDataItem", "="),
        }
        return {name: value for name, value in said.items() if value}

    def _collection(self, node: etree._Element, several: etree._Element, tag: str, mark: str) -> str:
        """The variable behind it: that of the data it is associated with, when it is."""
        reference = _reference(several.find(B + tag))
        if not reference:
            return ""
        for association in node.iterchildren(*(B + each for each in INSTEAD)):
            ends = _ends(association)
            if reference in ends and len(ends) == 2:
                reference = next(end for end in ends if end != reference)
                break
        return mark + (self._name(reference) if reference in self.by_id else reference)

    def _own(self, node: etree._Element) -> Iterator[str]:
        """A data object that is drawn in a sub-process, and copied, lives as long as that does."""
        if local(str(node.tag)) not in SUB_PROCESSES:
            return
        for each in node.iterchildren(B + "dataObject"):
            name = each.get("name") or str(each.get("id"))
            if VARIABLE.fullmatch(name) and name in self.copied:
                if node.get("triggeredByEvent") in ("true", "1"):
                    raise Wrong(f"Draw the data object {name} outside the event sub-process.")
                yield name

    def _copy(self, association: etree._Element) -> Mapping | None:
        """From what to what; None when an end is not drawn. Raises Wrong."""
        if association.find(B + "transformation") is not None:
            raise Wrong("copies data unchanged, but it transforms it.")
        sources = [_reference(end) for end in association.iterchildren(B + "sourceRef")]
        target = _reference(association.find(B + "targetRef"))
        ends = [*sources, *([target] if target else [])]
        for end in ends:
            if end not in self.by_id:
                raise Wrong(f"joins data of this file, but {end[:80]} is none.")
            if self.by_id[end].tag == B + "dataStoreReference":
                raise Wrong("reads and writes no data store, which is only drawn here.")
        if len(sources) > 1:
            raise Wrong("copies from one place, but it names several.")
        if assigned := list(association.iterchildren(B + "assignment")):
            return self._assigned(assigned, target)
        if len(ends) < 2 or any(self._is_placeholder(end) for end in ends):
            return None
        return "=" + self._name(sources[0]), self._name(target)

    def _assigned(self, assigned: list[etree._Element], target: str) -> Mapping:
        """One assignment to the whole of the target is a mapping that says its value."""
        if not target:
            raise Wrong("says where its value goes (targetRef), but it does not.")
        value, to = ((assigned[0].findtext(B + end) or "").strip() for end in ("from", "to"))
        language = next((each.get("language", "") for each in assigned[0].iterchildren(B + "from")), "")
        if language and not value.startswith("="):
            raise Wrong(f"gives a text or a value in FEEL, but its language is {language[:80]}.")
        if len(assigned) > 1 or not value or to not in (target, self._name(target)):
            raise Wrong("gives one value to the whole of its target, but it assigns something else.")
        return value, self._name(target)

    def _is_placeholder(self, id: str) -> bool:
        return self.by_id[id].get("name", "").startswith(PLACEHOLDER)

    def _name(self, id: str) -> str:
        """The variable: the name of the data, else that of the data object it refers to, else its id."""
        node = self.by_id[id]
        object = self.by_id.get(unprefixed(node.get("dataObjectRef")))
        names = [each.get("name", "").strip() for each in (node, object) if each is not None]
        given = [name for name in names if name]
        name = next((name for name in given if VARIABLE.fullmatch(name)), "")
        if not name and not given:
            name = str((node if object is None else object).get("id"))
        if not VARIABLE.fullmatch(name):
            what = words(local(str(node.tag)))
            raise Wrong(
                f'joins data with the name of a variable, but a {what} is called "{(given or [id])[0][:60]}".'
            )
        return name


def _ends(association: etree._Element) -> list[str]:
    ends = association.iterchildren(B + "sourceRef", B + "targetRef")
    return [reference for end in ends if (reference := _reference(end))]


def _loop_ends(node: etree._Element) -> Iterator[str]:
    several = node.find(B + "multiInstanceLoopCharacteristics")
    if several is not None:
        yield from filter(
            None, (_reference(several.find(B + tag)) for tag in ("loopDataInputRef", "loopDataOutputRef"))
        )


def _reference(node: etree._Element | None) -> str:
    return "" if node is None else unprefixed(node.text)


def _item(several: etree._Element, tag: str, mark: str) -> str:
    found = several.find(B + tag)
    return "" if found is None else mark + (found.get("name") or found.get("id") or "")
