"""Law enforcement processing, Data Protection Act 2018 Part 3: only for competent authorities."""

from __future__ import annotations

from typing import Final

from policy.lawful_bases.basis import POLICE, Basis

PART_3: Final = (
    Basis(
        "law_enforcement_task",
        "Necessary for a law enforcement task",
        "Data Protection Act 2018 section 35(2)(b)",
        "Preventing, investigating, detecting or prosecuting crime; threats to public security.",
        POLICE,
        "V:L5",
        regime="law_enforcement",
    ),
    Basis(
        "law_enforcement_consent",
        "Consent for a law enforcement purpose",
        "Data Protection Act 2018 section 35(2)(a)",
        "Rarely: the person has a real choice.",
        POLICE,
        "V:L5",
        "The consent record.",
        regime="law_enforcement",
    ),
)

SCHEDULE_8: Final = (
    Basis(
        "safeguarding_law_enforcement",
        "Safeguarding of children and individuals at risk (law enforcement)",
        "Data Protection Act 2018 Schedule 8 paragraph 4 with sections 35(5) and 42",
        "Sensitive processing to protect a child or an adult at risk, strictly necessary for the purpose.",
        POLICE,
        "V:L7 V:L5",
        "All four limbs; strictly necessary.",
        policy_document=True,
        regime="law_enforcement",
        warning="S1 prints two of the four limbs and offers it to everybody. Others use "
        "Schedule 1 paragraph 18.",
    ),
)
