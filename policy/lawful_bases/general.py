"""General processing: what UK GDPR Articles 6, 9 and 10 let people rely on."""

from __future__ import annotations

from typing import Final

from policy.lawful_bases.basis import GENERAL, PRIVATE, PUBLIC, Basis

ARTICLE_6: Final = (
    Basis(
        "consent",
        "Consent",
        "UK GDPR Article 6(1)(a)",
        "Early help and voluntary services, where the person truly has a choice.",
        GENERAL,
        "B",
        "The consent record.",
        warning="May be withdrawn at any time. Do not ask for it if you would share anyway.",
    ),
    Basis(
        "legal_obligation",
        "Legal obligation",
        "UK GDPR Article 6(1)(c)",
        "Section 47 enquiries, court orders, section 17 requests, other requests with statutory force.",
        GENERAL,
        "B",
        "The enactment or order.",
    ),
    Basis(
        "vital_interests",
        "Vital interests",
        "UK GDPR Article 6(1)(d)",
        "Life or death, and the person cannot consent.",
        GENERAL,
        "B",
    ),
    Basis(
        "public_task",
        "Public task",
        "UK GDPR Article 6(1)(e)",
        "The usual basis of councils, schools, the NHS, and police outside law enforcement.",
        PUBLIC,
        "V:G9 V:G10",
        "The task's basis in law.",
    ),
    Basis(
        "recognised_legitimate_interest",
        "Recognised legitimate interest",
        "UK GDPR Article 6(1)(ea), inserted by Data (Use and Access) Act 2025 section 70",
        "Safeguarding vulnerable people, crime, emergencies, answering a public body's request.",
        PRIVATE,
        "V:L11 V:L11b",
        "Why it is necessary. No balancing test.",
        warning="Whether section 70 is in force was not checked; a governance lead confirms it first.",
    ),
    Basis(
        "legitimate_interests",
        "Legitimate interests",
        "UK GDPR Article 6(1)(f)",
        "Charities and independent providers.",
        PRIVATE,
        "V:L11",
        "The balancing test.",
    ),
)

ARTICLE_9: Final = (
    Basis(
        "explicit_consent",
        "Explicit consent",
        "UK GDPR Article 9(2)(a)",
        "The person has said so.",
        GENERAL,
        "V:L6b",
    ),
    Basis(
        "social_protection",
        "Employment or social protection law",
        "UK GDPR Article 9(2)(b); Data Protection Act 2018 Schedule 1 paragraph 1",
        "A duty under social protection law.",
        GENERAL,
        "V:L6b",
        policy_document=True,
    ),
    Basis(
        "vital_interests_9",
        "Vital interests",
        "UK GDPR Article 9(2)(c)",
        "Life or death, and the person cannot consent.",
        GENERAL,
        "V:L6b",
    ),
    Basis(
        "legal_claims",
        "Legal claims",
        "UK GDPR Article 9(2)(f)",
        "Courts and legal claims.",
        GENERAL,
        "V:L6b",
    ),
    Basis(
        "health_or_social_care",
        "Health or social care",
        "UK GDPR Article 9(2)(h); Data Protection Act 2018 Schedule 1 paragraph 2",
        "Care of the person, by somebody bound to secrecy.",
        GENERAL,
        "V:L6b",
    ),
    Basis(
        "statutory_purpose",
        "Substantial public interest: statutory and government purposes",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 6",
        "A function given by law.",
        GENERAL,
        "V:L6b",
        policy_document=True,
    ),
    Basis(
        "unlawful_acts",
        "Substantial public interest: preventing or detecting unlawful acts",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 10",
        "Preventing or detecting crime where asking for consent would prejudice it.",
        GENERAL,
        "V:L6b",
        policy_document=True,
        warning="No policy document is needed when telling a competent authority.",
    ),
    Basis(
        "safeguarding",
        "Substantial public interest: safeguarding of children and individuals at risk",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 18",
        "Protecting a child or an adult at risk, without consent.",
        GENERAL,
        "V:L6",
        "All four limbs.",
        policy_document=True,
        warning="If consent was given this is the wrong condition.",
    ),
    Basis(
        "economic_well_being",
        "Substantial public interest: economic well-being of individuals at risk",
        "UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 19",
        "Protecting an adult at risk from economic harm.",
        GENERAL,
        "V:L6b",
        policy_document=True,
    ),
)

# Article 10: convictions and allegations need official authority or a Schedule 1 condition.
ARTICLE_10: Final = (
    Basis(
        "official_authority",
        "Official authority",
        "UK GDPR Article 10",
        "Processing under the control of official authority.",
        PUBLIC,
        "V:L6b",
    ),
    *(basis for basis in ARTICLE_9 if basis.code in ("statutory_purpose", "unlawful_acts", "safeguarding")),
)
