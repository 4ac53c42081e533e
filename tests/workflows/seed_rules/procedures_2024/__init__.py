"""What the local procedures of 2024 ask."""

from tests.workflows.seed_rules.procedures_2024.caldicott import CALDICOTT
from tests.workflows.seed_rules.procedures_2024.crime import CRIME_AND_DISORDER, SERIOUS_VIOLENCE
from tests.workflows.seed_rules.procedures_2024.disclosure_schemes import DISCLOSURE_SCHEMES
from tests.workflows.seed_rules.procedures_2024.information_sharing import INFORMATION_SHARING

PROCEDURES_2024 = (
    *INFORMATION_SHARING,
    *CALDICOTT,
    *CRIME_AND_DISORDER,
    *DISCLOSURE_SCHEMES,
    *SERIOUS_VIOLENCE,
)
