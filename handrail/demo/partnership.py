"""A fictional partnership to look at. The places are real; the people and the schools are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from engine import definitions
from engine.tables import area, organisation, person, role_held
from handrail.settings import DEMO_AREA
from web.demo_identity import ISSUER

AREA_NAME = "North Lincolnshire"


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`subject` is also the person's id, so that the demonstration can be spoken about."""

    subject: str
    name: str
    job_title: str
    organisation: str
    roles: tuple[str, ...]


ORGANISATIONS = (
    Organisation("council", "North Lincolnshire Council", "council"),
    Organisation(
        "childrens-services", "North Lincolnshire Children's Services", "childrens_services", "council"
    ),
    Organisation("police", "Humberside Police", "police"),
    Organisation("opcc", "Office of the Police and Crime Commissioner", "local_policing_body"),
    Organisation("ashby-vale", "Ashby Vale Primary School", "school", "council"),
    Organisation("brumby-fields", "Brumby Fields Academy", "school", "council"),
    Organisation("icb", "Humber Integrated Care Board", "health"),
    Organisation("trent-bank", "Trent Bank Health Visiting Team", "health"),
    Organisation("probation", "Probation Service, North Lincolnshire", "probation"),
    Organisation("womens-aid", "Trentside Women's Aid", "voluntary"),
    Organisation("forum", "Disclosure decision forum", "forum"),
)

PEOPLE = (
    # Ashby Vale Primary School
    DemoPerson("amira", "Amira Nawaz", "Year 4 teacher", "ashby-vale", ("practitioner",)),
    DemoPerson(
        "tom",
        "Tom Okafor",
        "Deputy head, designated safeguarding lead",
        "ashby-vale",
        ("dsl", "line_manager"),
    ),
    DemoPerson(
        "grace",
        "Grace Whitaker",
        "Head teacher, deputy safeguarding lead",
        "ashby-vale",
        ("dsl", "line_manager"),
    ),
    # Brumby Fields Academy
    DemoPerson("ellie", "Ellie Shaw", "Attendance and welfare officer", "brumby-fields", ("practitioner",)),
    DemoPerson(
        "martin",
        "Martin Pryce",
        "Assistant head, designated safeguarding lead",
        "brumby-fields",
        ("dsl", "line_manager"),
    ),
    # Trent Bank Health Visiting Team
    DemoPerson("beth", "Beth Lindqvist", "Health visitor", "trent-bank", ("practitioner",)),
    DemoPerson(
        "maeve", "Maeve O'Connell", "Named nurse for safeguarding", "trent-bank", ("dsl", "line_manager")
    ),
    DemoPerson("helena", "Dr Helena Marsh", "Caldicott Guardian", "trent-bank", ("caldicott_guardian",)),
    DemoPerson("yusuf", "Yusuf Rahman", "Deputy Caldicott Guardian", "trent-bank", ("caldicott_deputy",)),
    DemoPerson("ruth", "Ruth Adeyemi", "Information governance manager", "trent-bank", ("ig_lead",)),
    DemoPerson("kwame", "Kwame Boateng", "Director of finance, SIRO", "trent-bank", ("siro",)),
    DemoPerson("wanjiru", "Wanjiru Kamau", "Safeguarding nurse in the hub", "trent-bank", ("mash_health",)),
    # North Lincolnshire Council
    DemoPerson(
        "priya", "Priya Sandhu", "Information governance lead", "council", ("ig_lead", "governance_editor")
    ),
    DemoPerson(
        "daniel",
        "Daniel Frost",
        "Caldicott Guardian",
        "council",
        ("caldicott_guardian", "governance_approver"),
    ),
    DemoPerson("ifeoma", "Ifeoma Eze", "Deputy Caldicott Guardian", "council", ("caldicott_deputy",)),
    DemoPerson("colin", "Colin Marlowe", "Director of governance, SIRO", "council", ("siro",)),
    DemoPerson("gareth", "Gareth Owens", "Housing safeguarding officer", "council", ("mash_housing",)),
    DemoPerson("fiona", "Fiona Blake", "Community safety manager", "council", ("partner_sharer",)),
    DemoPerson("malcolm", "Malcolm Reid", "Head of community safety", "council", ("partner_head",)),
    DemoPerson(
        "susan", "Susan Whitby", "Director of children and communities", "council", ("partner_director",)
    ),
    DemoPerson("harriet", "Harriet Tanner", "Records manager", "council", ("info_asset_reviewer",)),
    DemoPerson("alex", "Alex Winter", "Service operator", "council", ("operator",)),
    DemoPerson("joan", "Joan Barratt", "Internal auditor", "council", ("auditor",)),
    # North Lincolnshire Children's Services
    DemoPerson(
        "nadia", "Nadia Petrov", "Duty social worker", "childrens-services", ("practitioner", "csc_screening")
    ),
    DemoPerson(
        "owen", "Owen Pritchard", "Team manager", "childrens-services", ("csc_manager", "dsl", "line_manager")
    ),
    DemoPerson("jamal", "Jamal Idris", "Social worker", "childrens-services", ("csc_social_worker",)),
    DemoPerson(
        "bridget",
        "Bridget Nolan",
        "Head of service, children's social care",
        "childrens-services",
        ("csc_head", "partner_head"),
    ),
    DemoPerson(
        "alan", "Alan Tse", "Independent reviewing officer", "childrens-services", ("conference_chair",)
    ),
    DemoPerson(
        "leila", "Leila Haddad", "Education safeguarding officer", "childrens-services", ("mash_education",)
    ),
    # Police and the commissioner's office
    DemoPerson("sam", "PC Sam Hargreaves", "Force control room", "police", ("police_contact",)),
    DemoPerson(
        "marta",
        "DC Marta Kowalska",
        "Disclosure officer",
        "police",
        ("police_disclosure_officer", "practitioner"),
    ),
    DemoPerson(
        "lucy",
        "DS Lucy Tran",
        "Protecting vulnerable people unit",
        "police",
        ("police_supervisor", "dsl", "line_manager"),
    ),
    DemoPerson(
        "neil",
        "DI Neil Ashworth",
        "Chair of the disclosure decision forum",
        "police",
        ("forum_chair", "police_supervisor"),
    ),
    DemoPerson("kerry", "Kerry Sewell", "Police researcher in the hub", "police", ("mash_police",)),
    DemoPerson("wendy", "Wendy Ashdown", "Force records manager", "police", ("info_asset_reviewer",)),
    DemoPerson("oliver", "Oliver Grant", "Performance and scrutiny officer", "opcc", ("lpb_officer",)),
    # Health, probation and the voluntary sector
    DemoPerson("patrick", "Patrick Hale", "Executive director of nursing", "icb", ("partner_executive",)),
    DemoPerson(
        "stuart",
        "Stuart Bell",
        "Senior probation officer",
        "probation",
        ("mash_probation", "mappa_lead_agency"),
    ),
    DemoPerson(
        "imogen", "Imogen Farr", "Head of the probation delivery unit", "probation", ("mappa_lead_agency",)
    ),
    DemoPerson("denise", "Denise Carr", "MAPPA coordinator", "probation", ("mappa_coordinator",)),
    DemoPerson("carys", "Carys Bevan", "Independent domestic violence adviser", "womens-aid", ("idva",)),
    DemoPerson(
        "farah", "Dr Farah Aziz", "Lead GP for domestic abuse, for health", "forum", ("forum_member",)
    ),
    DemoPerson("keith", "Keith Lomax", "Housing options manager, for housing", "forum", ("forum_member",)),
)

HELD_FOR = timedelta(days=400)  # so long everybody has had their roles; the demo's cases are younger


def load(db: Connection, now: datetime) -> bool:
    """Create the partnership and publish the shipped processes. False when it was there already."""
    fresh = db.execute(select(area.c.id).where(area.c.id == DEMO_AREA)).first() is None
    if fresh:
        db.execute(insert(area), {"id": DEMO_AREA, "name": AREA_NAME, "jurisdiction": "england"})
        db.execute(insert(organisation), [_organisation(each) for each in ORGANISATIONS])
        db.execute(insert(person), [_person(each) for each in PEOPLE])
        roles = [_role(each, role, now - HELD_FOR) for each in PEOPLE for role in each.roles]
        db.execute(insert(role_held), roles)
    since = now - HELD_FOR if fresh else now
    definitions.publish(db, DEMO_AREA, definitions.shipped(), by=None, now=since, note="As shipped")
    return fresh


def _organisation(each: Organisation) -> dict[str, object]:
    parent = {"parent_id": each.parent}
    return {"id": each.id, "area_id": DEMO_AREA, "name": each.name, "kind": each.kind, **parent}


def _person(each: DemoPerson) -> dict[str, object]:
    who = {"id": each.subject, "area_id": DEMO_AREA, "name": each.name, "job_title": each.job_title}
    return {**who, "issuer": ISSUER, "subject": each.subject}


def _role(each: DemoPerson, role: str, now: datetime) -> dict[str, object]:
    who = {"person_id": each.subject, "organisation_id": each.organisation}
    return {**who, "role": role, "since": now}
