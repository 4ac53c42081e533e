"""What a person can rely on to share, who may rely on it, and what each asks to be shown.

Three questions, all of which need an answer: the basis in data protection law, the power to share, and what
lifts confidentiality. General processing and law enforcement are told apart everywhere: Schedule 8 is never
offered to a school or the NHS.
"""

from __future__ import annotations

from policy.lawful_bases.basis import CONTROLLERS, REGIMES, Basis, Controller, Regime, offered
from policy.lawful_bases.consent import CONSENT, CONSENT_AS_LIMB
from policy.lawful_bases.gateways import CONFIDENTIALITY, CONFIDENTIALITY_SOURCE, GATEWAYS, Gateway
from policy.lawful_bases.general import ARTICLE_6, ARTICLE_9, ARTICLE_10
from policy.lawful_bases.law_enforcement import PART_3, SCHEDULE_8
from policy.lawful_bases.limbs import LIMBS_SOURCE, SAFEGUARDING_LIMBS, Limb, unmet_limbs

__all__ = [
    "ARTICLE_10",
    "ARTICLE_6",
    "ARTICLE_9",
    "Basis",
    "CONFIDENTIALITY",
    "CONFIDENTIALITY_SOURCE",
    "CONSENT",
    "CONSENT_AS_LIMB",
    "CONTROLLERS",
    "Controller",
    "GATEWAYS",
    "Gateway",
    "LIMBS_SOURCE",
    "Limb",
    "PART_3",
    "REGIMES",
    "Regime",
    "SAFEGUARDING_LIMBS",
    "SCHEDULE_8",
    "offered",
    "unmet_limbs",
]
