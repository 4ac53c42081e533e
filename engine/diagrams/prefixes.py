"""Which file a reference is about: `o:m` is the m of the file that is imported as o, not of this one."""

from __future__ import annotations

import re
from functools import cached_property

from lxml import etree

from engine.diagrams.vocabulary import MODELER, ZEEBE, B, unprefixed

NAME = re.compile(r"\s*([^\W\d][\w.\-]*):[^\W\d][\w.\-]*\s*")
BY_ATTRIBUTE = (
    *("activityRef", "attachedToRef", "calledElement", "dataObjectRef", "default", "errorRef"),
    *("escalationRef", "messageRef", "noneBehaviorEventRef", "oneBehaviorEventRef", "signalRef"),
    *("sourceRef", "targetRef"),
)
BY_ELEMENT = tuple(B + kind for kind in ("eventDefinitionRef", "sourceRef", "targetRef"))


def declared(root: etree._Element) -> dict[str, set[str]]:
    """Prefix → the namespaces that it stands for anywhere in the file; "" is no prefix."""
    found: dict[str, set[str]] = {}
    for _, (prefix, namespace) in etree.iterwalk(root, events=("start-ns",)):
        found.setdefault(str(prefix or ""), set()).add(str(namespace))
    return found


class Prefixes:
    """Those of one file. What they stand for is looked up once, and only when one is used."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def elsewhere(self, node: etree._Element) -> str:
        """The first reference of this element that is not to this file; "" when there is none."""
        said = [node.get(name) for name in BY_ATTRIBUTE]
        said += [child.text for child in node.iterchildren(*BY_ELEMENT)]
        prefixed = (each.strip() for each in said if each and ":" in each)
        return next((each for each in prefixed if self._is_elsewhere(each)), "")

    def _is_elsewhere(self, reference: str) -> bool:
        """Whether nobody declares its prefix, or it is an imported file's and this one has the id too."""
        name = NAME.fullmatch(reference)
        if name is None:
            return False
        meant = self._declared.get(name[1], set())
        return not meant or (meant <= self._imported and unprefixed(reference) in self._ids)

    def not_understood(self, extension: etree._Element) -> str:
        """What it says must be understood, and is not known here; "" when there is nothing of that kind.

        Whoever does not know such an extension may not run the file (BPMN 2.0.2, 8.3.3).
        """
        definition = extension.get("definition", "").strip()
        if extension.get("mustUnderstand") != "true":
            return ""
        known = self._declared.get(definition.rpartition(":")[0], set()) & {ZEEBE, MODELER}
        return "" if known else definition or "an extension"

    @cached_property
    def _declared(self) -> dict[str, set[str]]:
        return declared(self.root)

    @cached_property
    def _imported(self) -> set[str]:
        found = {each.get("namespace", "") for each in self.root.iterchildren(f"{B}import")}
        return found - {self.root.get("targetNamespace", "")}

    @cached_property
    def _ids(self) -> set[str]:
        return {str(each.get("id")) for each in self.root.iter(f"{B}*") if each.get("id")}
