"""Every table, as SQLAlchemy Core. No behaviour: who may write a row is said in the module named after it.

Case-scoped tables carry `area_id` first in their key, so one database per area stays possible.
Instants are aware UTC. `Json` columns hold JSON text with sorted keys.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

FAR = datetime(9999, 12, 31, tzinfo=UTC)  # stands for "no due time" where rows must sort


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. A naive datetime is refused, never guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Expected an instant with a time zone.")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """Plain data as JSON text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else orjson.loads(value)


def _case_scoped(name: str, *rest: Any) -> Table:
    """A table whose rows belong to one case of one area."""
    return Table(
        name,
        metadata,
        Column("area_id", Text, nullable=False),
        Column("case_id", Text, nullable=False),
        *rest,
        ForeignKeyConstraint(["area_id", "case_id"], ["case.area_id", "case.id"]),
    )


# Who -------------------------------------------------------------------------------------------------------

area = Table(
    "area",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False, server_default="england"),
    Column("head_seq", BigInteger, nullable=False, server_default="0"),  # history of what belongs to no case
    Column("head_hash", Text, nullable=False, server_default=""),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("area_id", Text, ForeignKey("area.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),  # school, health … those in policy.organisations are told apart
    Column("parent_id", Text, ForeignKey("organisation.id")),  # who lends it the roles it has not got
)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("area_id", Text, ForeignKey("area.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("job_title", Text, nullable=False, server_default=""),
    Column("issuer", Text, nullable=False),  # who vouches for them (OpenID Connect `iss`) …
    Column("subject", Text, nullable=False),  # … and under which name (`sub`); never the e-mail address
    Column("active", Boolean, nullable=False, server_default=text("true")),
    UniqueConstraint("issuer", "subject"),
)

role_held = Table(
    "role_held",
    metadata,
    Column("person_id", Text, ForeignKey("person.id"), nullable=False),
    Column("organisation_id", Text, ForeignKey("organisation.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    PrimaryKeyConstraint("person_id", "organisation_id", "role", "since"),
)
Index("ix_role_held_organisation", role_held.c.organisation_id, role_held.c.role)

session = Table(
    "session",
    metadata,
    Column("id_hash", Text, primary_key=True),  # SHA-256 of the cookie; the cookie itself is never stored
    Column("person_id", Text, ForeignKey("person.id"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("person_id", Text, ForeignKey("person.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

# What happens ----------------------------------------------------------------------------------------------

file = Table(
    "file",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the bytes, hexadecimal
    Column("bytes", LargeBinary, nullable=False),
)

release = Table(
    "release",
    metadata,
    Column("id", Text, primary_key=True),
    Column("area_id", Text, ForeignKey("area.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),  # over every path and file hash; two equal releases are one
    Column("published_at", Instant, nullable=False),
    Column("published_by", Text),
    Column("note", Text, nullable=False, server_default=""),
    UniqueConstraint("area_id", "hash"),
    UniqueConstraint("area_id", "number"),
)

release_file = Table(
    "release_file",
    metadata,
    Column("release_id", Text, ForeignKey("release.id"), nullable=False),
    Column("path", Text, nullable=False),  # as in workflows/: share_information.bpmn, forms/consent.form …
    Column("hash", Text, ForeignKey("file.hash"), nullable=False),
    Column("version", Integer, nullable=False),  # counts the different contents this path has had
    PrimaryKeyConstraint("release_id", "path"),
)

# Cases -----------------------------------------------------------------------------------------------------

case = Table(
    "case",
    metadata,
    Column("area_id", Text, ForeignKey("area.id"), nullable=False),
    Column("id", Text, nullable=False),
    Column("reference", Text, nullable=False, unique=True),  # random, says nothing
    Column("organisation_id", Text, ForeignKey("organisation.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", Text, ForeignKey("person.id")),  # nobody, when a process of another case asked
    Column("status", Text, nullable=False),  # open, closed
    Column("sealed", Boolean, nullable=False, server_default=text("false")),
    Column("marking", Text, nullable=False, server_default="official_sensitive"),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", Text, nullable=False),
    PrimaryKeyConstraint("area_id", "id"),
)

case_subject = _case_scoped(
    "case_subject",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("date_of_birth", Text),
    Column("part", Text, nullable=False),  # child, parent_or_carer, sibling, alleged_harmer, other
    PrimaryKeyConstraint("area_id", "case_id", "id"),
)

case_member = _case_scoped(
    "case_member",
    Column("person_id", Text, ForeignKey("person.id"), nullable=False),
    Column("relation", Text, nullable=False),  # lead, member, adviser, denied
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("granted_by", Text),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("area_id", "case_id", "person_id", "relation", "since"),
)
Index("ix_case_member_person", case_member.c.person_id, case_member.c.relation)

instance = _case_scoped(
    "instance",
    Column("id", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("release_id", Text, ForeignKey("release.id"), nullable=False),
    Column("edition", Text, nullable=False, server_default=""),
    Column("status", Text, nullable=False),  # running, completed, cancelled
    Column("lock_version", Integer, nullable=False),
    Column("state", LargeBinary),  # live tokens, scope variables, waits; nothing else
    Column("undo", LargeBinary),  # how it was before it was migrated, until the next command
    Column("started_at", Instant, nullable=False),
    Column("started_by", Text),
    Column("started_as", Text),  # the role in which they did
    Column("handed_over_by", Text),  # the instance whose message started it, of this case or another
    Column("correlation", Text),  # the keys of that message, as it was sent; "" for none
    Column("ended_at", Instant),
    PrimaryKeyConstraint("area_id", "id"),
)
Index("ix_instance_case", instance.c.area_id, instance.c.case_id)
Index("ix_instance_handed_over", instance.c.area_id, instance.c.handed_over_by)

user_task = _case_scoped(
    "user_task",
    Column("id", Text, nullable=False),
    Column("instance_id", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text),
    Column("organisation_id", Text),
    Column("assignee_id", Text),
    Column("state", Text, nullable=False),  # open, completed, cancelled
    Column("form", Text),
    Column("properties", Json, nullable=False),
    Column("priority", Integer, nullable=False, server_default="50"),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # FAR when there is none
    Column("reckoned", Json),  # how a named clock reached the due time: `engine.execution.Reckoning.facts`
    Column("follow_up_at", Instant),
    Column("closed_at", Instant),
    Column("completed_by", Text),
    PrimaryKeyConstraint("area_id", "id"),
    UniqueConstraint("area_id", "instance_id", "token"),
)
_open = user_task.c.state == "open"
Index(
    "ix_user_task_mine",
    user_task.c.assignee_id,
    user_task.c.due_at,
    user_task.c.id,
    postgresql_where=_open,
    sqlite_where=_open,
)
_unclaimed = _open & user_task.c.assignee_id.is_(None)
Index(
    "ix_user_task_to_claim",
    user_task.c.organisation_id,
    user_task.c.role,
    user_task.c.due_at,
    user_task.c.id,
    postgresql_where=_unclaimed,
    sqlite_where=_unclaimed,
)
Index(
    "ix_user_task_open_in_case",
    user_task.c.area_id,
    user_task.c.case_id,
    user_task.c.assignee_id,
    postgresql_where=_open,
    sqlite_where=_open,
)
Index("ix_user_task_case", user_task.c.area_id, user_task.c.case_id, user_task.c.opened_at)
Index("ix_user_task_completed", user_task.c.completed_by, user_task.c.closed_at, user_task.c.id)

timer = _case_scoped(
    "timer",
    Column("instance_id", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("reckoned", Json),
    PrimaryKeyConstraint("area_id", "instance_id", "token"),
)
Index("ix_timer_due", timer.c.due_at)

subscription = _case_scoped(
    "subscription",
    Column("instance_id", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("kind", Text, nullable=False),  # message, signal
    Column("message", Text, nullable=False),  # or the signal's name
    Column("correlation", Text, nullable=False),  # canonical JSON of the correlation keys, "" for none
    Column("opened_at", Instant, nullable=False),
    PrimaryKeyConstraint("area_id", "instance_id", "token", "message"),
)
Index("ix_subscription_case", subscription.c.area_id, subscription.c.case_id, subscription.c.message)

inbound_message = _case_scoped(
    "inbound_message",
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),  # message; or a signal that an operator has to let go on
    Column("name", Text, nullable=False),
    Column("correlation", Text, nullable=False),
    Column("variables", Json, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    PrimaryKeyConstraint("area_id", "id"),
)

Index("ix_inbound_message_name", inbound_message.c.area_id, inbound_message.c.case_id, inbound_message.c.name)

incident = _case_scoped(
    "incident",
    Column("id", Text, nullable=False),
    Column("instance_id", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("element", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),  # of the element
    Column("cause", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", Text),  # nobody when the process went on by itself
    Column("resolution", Text),  # retried, skipped, moved, cancelled, passed
    PrimaryKeyConstraint("area_id", "id"),
)
_unresolved = incident.c.resolved_at.is_(None)
Index(
    "ix_incident_unresolved",
    incident.c.area_id,
    incident.c.raised_at,
    incident.c.id,
    postgresql_where=_unresolved,
    sqlite_where=_unresolved,
)
Index(
    "ix_incident_instance",
    incident.c.area_id,
    incident.c.instance_id,
    postgresql_where=_unresolved,
    sqlite_where=_unresolved,
)
Index("ix_instance_release", instance.c.area_id, instance.c.process, instance.c.release_id, instance.c.id)

correction = _case_scoped(
    "correction",
    Column("id", Text, nullable=False),
    Column("instance_id", Text, nullable=False),
    Column("incident_id", Text, nullable=False),
    Column("variable", Text, nullable=False),
    Column("before", Json, nullable=False),  # [value], or [] when there was none
    Column("after", Json, nullable=False),  # [value]
    Column("salt", Text, nullable=False),  # so that the digest in the history cannot be guessed back
    Column("corrected_by", Text, nullable=False),
    Column("corrected_at", Instant, nullable=False),
    PrimaryKeyConstraint("area_id", "id"),
)
Index("ix_correction_case", correction.c.area_id, correction.c.case_id, correction.c.corrected_at)

# What people write -----------------------------------------------------------------------------------------

draft = _case_scoped(
    "draft",
    Column("task_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("answers", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    PrimaryKeyConstraint("area_id", "task_id", "person_id"),
)

record = _case_scoped(
    "record",
    Column("id", Text, nullable=False),
    Column("instance_id", Text, nullable=False),
    Column("task_id", Text),
    Column("kind", Text, nullable=False),  # one of engine.records.KINDS
    Column("version", Integer, nullable=False),
    Column("corrects_id", Text),
    Column("answers", Json, nullable=False),
    Column("said", Json, nullable=False),  # the same in the words of the questions, as they were asked
    Column("form", Text, nullable=False),
    Column("form_hash", Text, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation_id", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
    PrimaryKeyConstraint("area_id", "id"),
)
Index("ix_record_case", record.c.area_id, record.c.case_id, record.c.written_at)

document = _case_scoped(
    "document",
    Column("id", Text, nullable=False),
    Column("task_id", Text),  # for which task it was attached
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("sha256", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("withdrawn_by", Text),
    Column("withdrawn_at", Instant),
    Column("withdrawn_reason", Text, nullable=False),
    PrimaryKeyConstraint("area_id", "id"),
)
Index("ix_document_case", document.c.area_id, document.c.case_id, document.c.added_at)

document_content = Table(
    "document_content",
    metadata,
    Column("area_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    PrimaryKeyConstraint("area_id", "id"),
    ForeignKeyConstraint(["area_id", "id"], ["document.area_id", "document.id"]),
)

# What happened ---------------------------------------------------------------------------------------------

event = Table(
    "event",
    metadata,
    Column("area_id", Text, nullable=False),
    Column("chain", Text, nullable=False),  # the case's id, or the area's for what belongs to no case
    Column("seq", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", Text),
    Column("actor_role", Text),
    Column("instance_id", Text),
    Column("task_id", Text),
    Column("element", Text),
    Column("payload", Text, nullable=False),  # canonical JSON
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("area_id", "chain", "seq"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("person_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request_hash", Text, nullable=False),
    Column("response", Json),  # nothing while the command is under way
    Column("at", Instant),
    PrimaryKeyConstraint("person_id", "key"),
)

# Triggers refuse UPDATE and DELETE.
APPEND_ONLY = ("event", "record", "document_content", "correction", "file", "release", "release_file")
