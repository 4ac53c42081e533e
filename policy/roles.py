"""Every role a lane can be given to, and where the service looks for somebody who holds it.

`S0` and `S1` name the practitioner, the information governance lead, the Caldicott Guardian and "named or
designated practitioners or senior managers"; the others come from the schemes they belong to.
A role says which tasks a person may be asked to do. It never opens a case: only membership of the case does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Scope = Literal["organisation", "area"]


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    name: str
    scope: Scope  # organisation: the case's own, else its parent's …; area: whichever organisation has it
    description: str
    source: str  # evidence tag first, then document and place where there is one


def _organisation(code: str, name: str, description: str, source: str) -> Role:
    return Role(code, name, "organisation", description, source)


def _area(code: str, name: str, description: str, source: str) -> Role:
    return Role(code, name, "area", description, source)


_S0_RULE_3 = "S0: Children's MARS Information Sharing Guidance, August 2022, golden rule 3"
_S1_COMPETENCE = "S1: local procedures, Information Sharing, 24 September 2024, decisions about subtle harm"
_S1_CALDICOTT = "S1: local procedures, Information Sharing, 24 September 2024, The Seven Caldicott Principles"
_S1_CSOR = "S1: local procedures, Information Sharing, 24 September 2024, CSOR Disclosure Scheme"
_S1_DVDS = "S1: local procedures, Information Sharing, 24 September 2024, DVDS"
_S1_SVD = "S1: local procedures, Information Sharing, 24 September 2024, 2022 Act sections 16 and 17"

ROLES: Final[dict[str, Role]] = {
    role.code: role
    for role in (
        # Deciding whether to share
        _organisation(
            "practitioner",
            "Practitioner",
            "Works with children or families: teacher, nurse, health visitor, social worker. Decides alone "
            "where significant harm is clear.",
            "S0, S1: Who is the advice for?",
        ),
        _organisation(
            "line_manager", "Line manager", "The practitioner's manager: advice, and disagreements.", "D"
        ),
        _organisation(
            "dsl",
            "Designated safeguarding lead",
            "Named or designated professional or senior manager, competent in child protection: must decide "
            "or advise where harm is subtle or it is neglect.",
            _S1_COMPETENCE,
        ),
        _organisation(
            "ig_lead",
            "Information governance lead",
            "Advises without being told who it is about where possible; screens for impact assessment; "
            "answers subject access.",
            _S0_RULE_3,
        ),
        _organisation(
            "caldicott_guardian",
            "Caldicott Guardian",
            "Senior person responsible for confidential health and care information. Never decides on "
            "their own request.",
            _S1_CALDICOTT,
        ),
        _organisation(
            "caldicott_deputy",
            "Deputy Caldicott Guardian",
            "Takes over when the Guardian is away or asked for it themselves.",
            "V:K3: UK Caldicott Guardian Council, checklist for new guardians",
        ),
        _organisation(
            "siro",
            "Senior information risk owner",
            "Settles what the Guardian and the information governance lead cannot; accepts risk.",
            "V:K2: UK Caldicott Guardian Council manual, relationships",
        ),
        _organisation(
            "info_asset_reviewer", "Records reviewer", "Decides what is kept and what is not.", "D"
        ),
        _organisation(
            "partner_contact",
            "Partner contact",
            "Named person at the agency that asks for or receives information.",
            "S0: right information to the right individual",
        ),
        _organisation(
            "partner_sharer",
            "Partner sharer",
            "Named contact of a specified, educational, prison or youth custody authority.",
            _S1_SVD,
        ),
        _organisation(
            "partner_head", "Head of service", "Settles professional disagreement, stage 3.", "VL:E2"
        ),
        _organisation("partner_director", "Director", "Settles professional disagreement, stage 4.", "VL:E2"),
        # Children's social care and the multi-agency safeguarding hub
        _area(
            "csc_screening",
            "Children's social care front door",
            "Social worker who receives contacts and rates them.",
            "S0: concerns go to children's services and/or the police",
        ),
        _area(
            "csc_manager",
            "Children's social care manager",
            "Decides on contacts; chairs strategy discussions.",
            "V:W1: Working Together as quoted by local procedures",
        ),
        _area(
            "csc_social_worker",
            "Child's social worker",
            "Social worker who is responsible for the child: sees the child, makes enquiries, assesses.",
            "V:W1: Working Together as quoted by local procedures",
        ),
        _area(
            "csc_head",
            "Head of service, children's social care",
            "Is told when a conference or a transfer is late, and sees that the child is safe meanwhile.",
            "D",
        ),
        _area(
            "conference_chair",
            "Conference chair",
            "Chairs and reviews child protection conferences; does not manage the child's case.",
            "B: Working Together, from memory; not checked",
        ),
        _area("mash_police", "Hub researcher, police", "Answers for the police in the hub.", "VL:H3"),
        _area("mash_health", "Hub researcher, health", "Answers for health in the hub.", "VL:H4"),
        _area("mash_education", "Hub researcher, education", "Answers for education in the hub.", "VL:H4"),
        _area("mash_probation", "Hub researcher, probation", "Answers for probation in the hub.", "VL:H4"),
        _area("mash_housing", "Hub researcher, housing", "Answers for housing in the hub.", "VL:H4"),
        # Police and the disclosure schemes
        _area(
            "police_contact",
            "Police first contact",
            "101, front counter or online desk: first contact and immediate risk.",
            "S0: the police are notified immediately",
        ),
        _area(
            "police_disclosure_officer",
            "Police disclosure officer",
            "Specially trained: checks, meetings, risk assessment, telling people in person.",
            _S1_CSOR,
        ),
        _area(
            "police_supervisor",
            "Police supervisor",
            "Decides on disclosure; decides what happens when an undertaking is not signed. The rank is "
            "the force's choice.",
            _S1_CSOR,
        ),
        _area(
            "forum_chair", "Decision forum chair", "Chairs the forum that decides on disclosure.", "VL:D10"
        ),
        _area("forum_member", "Decision forum member", "Decides jointly on disclosure.", "VL:D10"),
        _area(
            "idva",
            "Independent domestic violence adviser",
            "Supports the person at risk at and after disclosure.",
            _S1_DVDS + "; V:D3",
        ),
        _area("mappa_lead_agency", "MAPPA lead agency", "Decides on telling a third party.", "V:M1"),
        _area("mappa_coordinator", "MAPPA coordinator", "Keeps the meeting's decisions.", "V:M1"),
        _area(
            "lpb_officer", "Local policing body officer", "Asks for information under section 17.", _S1_SVD
        ),
        _area(
            "partner_executive",
            "Safeguarding partners' executive",
            "Settles professional disagreement, last stage.",
            "VL:E2",
        ),
        # Running the service
        _area("auditor", "Auditor", "Checks that the history is whole. Reads no case.", "D"),
        _area(
            "operator", "Operator", "Keeps the service running; puts right what stopped. Reads no case.", "D"
        ),
        _area("governance_editor", "Governance editor", "Drafts changes to diagrams, forms and clocks.", "D"),
        _area(
            "governance_approver",
            "Governance approver",
            "Publishes what somebody else drafted, never their own.",
            "D",
        ),
    )
}
