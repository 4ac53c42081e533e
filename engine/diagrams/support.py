"""What Handrail does with each element of BPMN 2.0: runs it, only draws it, or refuses it. One table.

The vetting refuses by it and `docs/bpmn.md` is written from it, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["executed", "drawn", "refused"]
RUN: Final = "executed"
DRAWN: Final = "drawn"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class Support:
    """`note` says how it runs or, when refused, what to draw instead."""

    tag: str
    title: str
    status: Status
    note: str = ""


NODES: Final = {
    row.tag: row
    for row in (
        Support("task", "Task", RUN, "Passes at once; nobody is asked."),
        Support("userTask", "User task", RUN, "Waits for a person with the role; shows a form."),
        Support("manualTask", "Manual task", RUN, "Waits until a person confirms that it is done."),
        Support("serviceTask", "Service task", RUN, "Waits for a named operation of this service."),
        Support("sendTask", "Send task", RUN, "Sends its message and goes on."),
        Support("receiveTask", "Receive task", RUN, "Waits for its message."),
        Support(
            "businessRuleTask",
            "Business rule task",
            RUN,
            "Makes a decision of a DMN file; or waits for a named operation, as a service task does.",
        ),
        Support(
            "scriptTask",
            "Script task",
            REFUSED,
            "Diagrams may not run code. Give a task an output mapping (Output: variable and FEEL value), "
            "or draw a service task with a named operation.",
        ),
        Support("subProcess", "Sub-process", RUN, "Shares the variables of the process around it."),
        Support(
            "eventSubProcess",
            "Event sub-process",
            RUN,
            "Interrupting and not, at every level. Each run of one that does not interrupt has answers of "
            "its own, and hands them on when it ends.",
        ),
        Support(
            "transaction",
            "Transaction",
            RUN,
            "With cancel and compensation of all that was finished in it, also in a sub-process that still "
            "runs, and while it is undone (BPMN 2.0, 13.5.5).",
        ),
        Support(
            "adHocSubProcess",
            "Ad-hoc sub-process",
            RUN,
            "In any order, all at once or one at a time, until its completion condition. Each activity and "
            "event is offered once; when all are done and the condition does not hold yet, all are again.",
        ),
        Support(
            "callActivity",
            "Call activity",
            RUN,
            "Calls a process; its version is fixed at the start, and so is what it is given. It hands on "
            "what it wrote when it ends.",
        ),
        Support("exclusiveGateway", "Exclusive gateway", RUN, "The first flow whose condition is true."),
        Support("parallelGateway", "Parallel gateway", RUN, "All flows; waits for one token from each."),
        Support("inclusiveGateway", "Inclusive gateway", RUN, "Every flow whose condition is true."),
        Support("eventBasedGateway", "Event-based gateway", RUN, "Whatever happens first."),
        Support(
            "complexGateway",
            "Complex gateway",
            RUN,
            "Chooses when its activation condition holds, and again when the rest has come.",
        ),
    )
}

CHILDREN: Final = {
    row.tag: row
    for row in (
        Support(
            "standardLoopCharacteristics",
            "Standard loop",
            RUN,
            "Inside, `loopCounter` is the number of the round.",
        ),
        Support(
            "multiInstanceLoopCharacteristics",
            "Multi-instance, parallel and sequential",
            RUN,
            "Inside, `loopCounter` is the number of the instance, and `numberOfInstances`, "
            "`numberOfActiveInstances` and `numberOfCompletedInstances` count all of them as they are at "
            "that moment, also in a process that is called. Each instance has answers of its own, and hands "
            "them on when it ends: to the output collection if there is one, else each as the variable of "
            "its name.",
        ),
        Support("incoming", "Incoming and outgoing lists", DRAWN, "The flows themselves decide."),
        Support("property", "Property", DRAWN, "Variables need no declaration."),
        Support("ioSpecification", "Data inputs and outputs", RUN, "Variables of the activity."),
        Support(
            "dataInputAssociation",
            "Data input association",
            RUN,
            "From a data object to a data input it copies, as an input mapping; without both it is drawn. "
            "With an expression, or a data store, it is refused.",
        ),
        Support(
            "dataOutputAssociation",
            "Data output association",
            RUN,
            "From a data output to a data object it copies, as an output mapping; without both it is drawn. "
            "With an expression, or a data store, it is refused.",
        ),
        Support("potentialOwner", "Potential owner", DRAWN, "Use Assignment: candidate groups = the role."),
        Support("humanPerformer", "Human performer", DRAWN, "Use Assignment."),
        Support("performer", "Performer", DRAWN, "Use Assignment."),
        Support("resourceRole", "Resource role", DRAWN, "Use Assignment."),
        Support("rendering", "Rendering", DRAWN, "Use a form."),
        Support("correlationSubscription", "Correlation subscription", RUN, "Where a process has its key."),
        Support("dataInput", "Data input of an event", RUN, "What is sent along."),
        Support("dataOutput", "Data output of an event", RUN, "What came along."),
        Support("inputSet", "Input set", DRAWN),
        Support("outputSet", "Output set", DRAWN),
        Support(
            "laneSet", "Lanes", DRAWN, "A lane's name is shown; the role comes from the task's assignment."
        ),
        Support("artifact", "Notes, groups, associations", DRAWN),
        Support("dataObjectReference", "Data object", RUN, "The variable of its name."),
        Support("dataStoreReference", "Data store", DRAWN, "What reads or writes it is refused."),
        Support("supports", "Supported interfaces", DRAWN),
    )
}

OUTSIDE: Final = {
    row.tag: row
    for row in (
        Support("collaboration", "Collaboration, pools", RUN, "Each pool's process runs on its own."),
        Support("messageFlow", "Message flow", RUN, "Messages go by name and correlation, where it leads."),
        Support("correlationKey", "Correlation key", RUN, "A message is for whom all of its key fits."),
        Support(
            "correlationProperty", "Correlation property", RUN, "Where a message has its part of the key."
        ),
        Support("conversation", "Conversation", DRAWN),
        Support("callConversation", "Call conversation", DRAWN),
        Support("subConversation", "Sub-conversation", DRAWN),
        Support("globalConversation", "Global conversation", DRAWN),
        Support("choreography", "Choreography", REFUSED, "Draw a collaboration of processes."),
        Support("choreographyTask", "Choreography task", REFUSED, "Draw a collaboration of processes."),
        Support("subChoreography", "Sub-choreography", REFUSED, "Draw a collaboration of processes."),
        Support("callChoreography", "Call choreography", REFUSED, "Draw a collaboration of processes."),
        Support("globalChoreographyTask", "Choreography task", REFUSED, "Draw a collaboration of processes."),
        Support("globalTask", "Global task", RUN, "Called like a process."),
        Support("globalUserTask", "Global user task", RUN, "Called like a process."),
        Support("globalManualTask", "Global manual task", RUN, "Called like a process."),
        Support("globalScriptTask", "Global script task", REFUSED, "Diagrams may not run code."),
        Support("globalBusinessRuleTask", "Global business rule task", RUN, "Called like a process."),
    )
}

POSITIONS: Final = {
    "start": "a start event",
    "event start": "the start of an event sub-process",
    "catch": "an intermediate event that waits",
    "boundary": "a boundary event",
    "throw": "an intermediate event that throws",
    "end": "an end event",
}
"""Where an event can stand → what we call that place."""

EVENTS: Final[dict[str, dict[str, Status]]] = {
    "start": dict.fromkeys(("", "message", "timer", "conditional", "signal"), RUN),
    "event start": dict.fromkeys(
        ("message", "timer", "conditional", "signal", "error", "escalation", "compensation"), RUN
    ),
    "catch": dict.fromkeys(("message", "timer", "conditional", "signal", "link"), RUN),
    "boundary": dict.fromkeys(
        ("message", "timer", "conditional", "signal", "error", "escalation", "cancel", "compensation"), RUN
    ),
    "throw": dict.fromkeys(("", "message", "signal", "escalation", "link", "compensation"), RUN),
    "end": dict.fromkeys(
        ("", "message", "signal", "escalation", "error", "terminate", "cancel", "compensation"), RUN
    ),
}
"""Place → kind of event ("" for a plain one) → what is done with it. What is not here is not BPMN."""
