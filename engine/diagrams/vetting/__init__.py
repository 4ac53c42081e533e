"""Says what in a diagram cannot be run as drawn, element by element, with what to draw instead.

`vet` refuses only what has no exact meaning here or can never work. What a partnership asks of a diagram
before it is published is in `engine.diagrams.governance`; what only deserves a look in `.advice`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from engine.diagrams.model import Diagram
from engine.diagrams.reading import read
from engine.diagrams.vetting import (
    activities,
    answers,
    contradictions,
    conversations,
    elements,
    engines,
    events,
    expressions,
    gateways,
    hand_overs,
    joins,
    pauses,
    references,
    soundness,
)
from engine.diagrams.vetting.family import Family
from engine.diagrams.vetting.view import Known, Rule, View
from engine.errors import DiagramRefused, Problem

MAX_PROBLEMS = 200

RULES: tuple[Rule, ...] = (
    elements.strangers,
    elements.refused_outside,
    elements.refused_nodes,
    elements.wrong_data,
    engines.other_engines,
    elements.unread_extensions,
    references.loose_flows,
    references.wrong_defaults,
    references.loose_boundaries,
    references.wrong_lanes,
    references.called_processes,
    references.unknown_names,
    references.unknown_elements,
    references.wrong_subjects,
    hand_overs.ambiguous_messages,
    hand_overs.wrong_own_cases,
    hand_overs.wrong_closings,
    conversations.wrong_message_flows,
    conversations.other_receivers,
    conversations.wrong_correlation,
    events.out_of_place,
    events.without_content,
    events.wrong_links,
    events.wrong_flows,
    events.twice_the_same,
    events.wrong_interruption,
    events.endless_cycles,
    events.partial_starts,
    events.wrong_starts,
    *contradictions.RULES,
    activities.without_work,
    activities.wrong_loops,
    activities.wrong_behavior,
    activities.wrong_order,
    activities.wrong_quantities,
    activities.too_deep,
    activities.compensation,
    activities.other_undoing,
    gateways.ambiguous,
    gateways.wrong_rounds,
    gateways.misplaced_conditions,
    gateways.event_gateways,
    gateways.pointless,
    expressions.unreadable,
    answers.never_answered,
    answers.lost_answers,
    expressions.unknown_clocks,
    pauses.wrong_pauses,
    expressions.wrong_times,
    expressions.wrong_targets,
    expressions.reserved_names,
    soundness.nowhere_to_start,
    soundness.unreachable,
    soundness.never_ending,
    soundness.automatic_loops,
    soundness.endless_calls,
    joins.stuck_joins,
)
"""Every rule, in the order its problems are listed. A rule that is not here is not asked."""

NOTHING_KNOWN = Known()


def vet(files: Mapping[str, bytes], known: Known = NOTHING_KNOWN) -> list[Problem]:
    """Everything that stops these files (by path) from running; empty when they run as drawn."""
    diagrams, problems = read_all(files)
    return (problems + vet_diagrams(diagrams, known))[:MAX_PROBLEMS]


def vet_diagrams(diagrams: Iterable[Diagram], known: Known = NOTHING_KNOWN) -> list[Problem]:
    """The same for diagrams that have been read already."""
    family = tuple(diagrams)
    problems = list(_across(family))
    for view in views(family, known):
        problems += apply(RULES, view)
    return list(dict.fromkeys(problems))[:MAX_PROBLEMS]


def apply(rules: Iterable[Rule], view: View) -> list[Problem]:
    """The first problems that the rules find: nobody reads more, and looking for more would cost time."""
    return list(islice((problem for rule in rules for problem in rule(view)), MAX_PROBLEMS))


def views(diagrams: tuple[Diagram, ...], known: Known) -> list[View]:
    family = Family(diagrams)
    return [View(diagram, known, family) for diagram in diagrams]


def read_all(files: Mapping[str, bytes]) -> tuple[list[Diagram], list[Problem]]:
    """The files that can be read, and why the others cannot."""
    diagrams: list[Diagram] = []
    problems: list[Problem] = []
    for path, content in files.items():
        try:
            diagrams.append(read(content, path))
        except DiagramRefused as error:
            problems += error.problems
    return diagrams, problems


def _across(family: tuple[Diagram, ...]) -> list[Problem]:
    """Rules between files: something to run at all, and each process once."""
    problems: list[Problem] = []
    holders: dict[str, list[Diagram]] = {}
    for diagram in family:
        if not any(process.executable for process in diagram.processes.values()):
            problems.append(
                Problem(
                    "",
                    f"Expected a process that is marked as executable, but {named(diagram)} has none. "
                    "Mark the one that is to run (isExecutable).",
                )
            )
        for id in diagram.processes:
            holders.setdefault(id, []).append(diagram)
    for id, found in holders.items():
        if len(found) > 1:
            where = " and ".join(map(named, found))
            problems.append(Problem(id, f"Expected {found[0].words(id)} in one file, but it is in {where}."))
    return problems


def named(diagram: Diagram) -> str:
    return f"“{diagram.path}”" if diagram.path else "the file"


__all__ = ["RULES", "Known", "apply", "named", "read_all", "vet", "vet_diagrams", "views"]
