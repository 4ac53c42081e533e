"""Every kind of event the history knows, in the past tense, with the sentence a reader sees.

`{…}` in a sentence is filled from the event's payload. An event that is not listed here cannot be recorded.
"""

from __future__ import annotations

from typing import Final

EVENTS: Final[dict[str, str]] = {
    # people
    "person.signed_in": "signed in",
    "person.signed_out": "signed out",
    "token.issued": "issued an access token",
    "token.revoked": "revoked an access token",
    # what happens
    "release.published": "published release {number} of the processes",
    # cases
    "case.opened": "opened the case",
    "case.viewed": "looked at the case",
    "case.handed_over": "The case was opened because {origin} handed it over",
    "case.sealed": "The case is sealed: only those who are part of it may know that it exists",
    "case.closed": "The case is closed: all its processes have ended",
    "member.added": "{person} became part of the case, as {relation}",
    "conflict.names_shown": "was shown who the case is about, to say whether they know them",
    "conflict.none_declared": "declared that they have nothing to do with anybody in the case",
    "conflict.declared": "declared that they have to do with somebody in the case, and is kept out of it",
    # process instances
    "instance.started": "started “{process_name}”",
    "instance.completed": "“{process_name}” came to its end",
    "instance.cancelled": "ended “{process_name}” early",
    "instance.handed_over": "“{process_name}” handed over to “{to}”{where}",
    "element.entered": "“{name}” was reached",
    "element.completed": "“{name}” was passed",
    "element.cancelled": "“{name}” was stopped",
    "element.skipped": "“{name}” was skipped",
    "variables.changed": "Information changed: {variables}",
    "variables.conflicted": "Two branches changed the same information: {variables}",
    # user tasks
    "task.opened": "“{name}” was opened for {role}",
    "task.claimed": "took “{name}”",
    "task.released": "gave “{name}” back",
    "task.reassigned": "passed “{name}” to {to}",
    "task.completed": "completed “{name}”",
    "task.cancelled": "“{name}” is no longer needed",
    "task.viewed": "looked at “{name}”",
    # clocks
    "timer.armed": "A clock was started at “{name}”, running until {due}",
    "timer.fired": "The clock at “{name}” ran out",
    "timer.disarmed": "The clock at “{name}” was stopped",
    # decisions
    "decision.evaluated": "“{decision}” was decided: {why}",
    # messages
    "message.received": "chose “{message}”",
    "message.delivered": "“{name}” came in",
    "message.sent": "The process sent “{name}”",
    # what people write
    "record.written": "wrote a record: {record}",
    "record.viewed": "looked at a record: {record}",
    "document.added": "added a document",
    "document.viewed": "opened a document",
    "document.withdrawn": "withdrew a document: {reason}",
    # trouble
    "incident.raised": "“{name}” cannot go on: {cause}",
    "incident.retried": "let “{name}” be tried again: {reason}",
    "incident.corrected": "corrected “{variable}” because of “{name}”: {reason}",
    "incident.skipped": "let “{name}” be skipped: {reason}",
    "incident.moved": "had the process go on at “{to}” instead of “{name}”: {reason}",
    "incident.cancelled": "ended the process at “{name}”: {reason}",
    "incident.passed": "“{name}” needs nobody's help any more",
    "task.offered": "“{name}” was then offered to {role}",
    # other releases
    "instance.migrated": "moved “{process_name}” from release {before} to release {after}: {reason}",
    "element.replaced": "“{name}” is now “{to}”",
    "migration.undone": "took “{process_name}” back from release {before} to release {after}: {reason}",
}

# What may be folded away when somebody only wants the story.
MACHINERY: Final = frozenset(
    {
        "element.entered",
        "element.completed",
        "element.cancelled",
        "timer.armed",
        "timer.disarmed",
        "variables.changed",
        "task.viewed",
        "case.viewed",
        "record.viewed",
        "document.viewed",
    }
)
