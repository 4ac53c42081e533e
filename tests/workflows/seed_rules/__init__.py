"""What the two documents ask that Handrail was built for, rule by rule, and what keeps it.

`elements`: `process:element`, `form:name.key`, `decision:table` or `guidance:page`. `walks`: tests of this
folder, each of which goes through one of these elements at least. `tests`: further ones, of forms and tables.
"""

from tests.workflows.seed_rules.departures import DEPARTURES, Departure
from tests.workflows.seed_rules.guidance_2022 import GUIDANCE_2022
from tests.workflows.seed_rules.procedures_2024 import PROCEDURES_2024
from tests.workflows.seed_rules.rule import Rule

__all__ = ["DEPARTURES", "ELSEWHERE", "RULES", "Departure", "Rule"]

RULES = (*GUIDANCE_2022, *PROCEDURES_2024)

ELSEWHERE = {  # processes that people start and neither document asks for
    "breach": "Data Protection Act 2018 sections 67 and 68, UK GDPR Articles 33 and 34",
    "child_protection": "Working Together and the Children Act 1989, sections 44 to 47",
    "disagreement": "Working Together and local escalation policies",
    "subject_rights": "UK GDPR Articles 12 and 15 to 21, Data Protection Act 2018 sections 45 to 54",
}
