"""The principles people check before sharing: seven of information sharing, seven or eight of Caldicott.

Wording is shortened; the source of each list is named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Principle:
    code: str
    title: str
    question: str  # what the person who decides is asked
    source: str
    evidence: str


_S0 = "Children's MARS Information Sharing Guidance, August 2022, The principles"
_S0_S1 = _S0 + "; local procedures, Information Sharing, 24 September 2024, golden rule 6"

# Golden rule 6 names "adequate" in S0 and leaves it out in S1; S1 adds the duty to follow the local security
# policy. This list is the union.
INFORMATION: Final = (
    Principle(
        "necessary",
        "Necessary and proportionate",
        "Is this no more than is needed for the purpose and the level of risk, and what does it do to "
        "the person "
        "and to others it mentions?",
        _S0_S1,
        "S0 S1",
    ),
    Principle(
        "relevant",
        "Relevant",
        "Is all of it relevant, and does it go only to those who need it?",
        _S0_S1,
        "S0 S1",
    ),
    Principle("adequate", "Adequate", "Is it good enough to be understood and relied upon?", _S0, "S0"),
    Principle(
        "accurate",
        "Accurate",
        "Is it up to date, is fact kept apart from opinion, and is anything historical explained?",
        _S0_S1,
        "S0 S1",
    ),
    Principle(
        "timely",
        "Timely",
        "Is it shared in time to protect, even if that leaves no time to seek consent?",
        _S0_S1,
        "S0 S1",
    ),
    Principle(
        "secure",
        "Secure",
        "Is the way it is sent right for how sensitive it is, and as your organisation's security policy "
        "says?",
        _S0_S1,
        "S0 S1",
    ),
    Principle(
        "record",
        "Record",
        "Will the decision and its reasons be recorded, whether or not you share: what, with whom, and "
        "for what?",
        _S0_S1,
        "S0 S1",
    ),
)

_K_2013 = (
    "local procedures, Information Sharing, 24 September 2024, The Seven Caldicott Principles (2013 wording)"
)
_K_2020 = "National Data Guardian, The Eight Caldicott Principles, December 2020"

CALDICOTT_2013: Final = (
    Principle("purpose", "Justify the purpose", "Why is confidential information to be used?", _K_2013, "S1"),
    Principle("necessary", "Use it only when necessary", "Is it absolutely necessary?", _K_2013, "S1"),
    Principle("minimum", "Use the minimum", "Is it the minimum that is necessary?", _K_2013, "S1"),
    Principle("need_to_know", "Strict need to know", "Do only those see it who need to?", _K_2013, "S1"),
    Principle(
        "aware", "Everybody knows their duties", "Does everybody with access know them?", _K_2013, "S1"
    ),
    Principle("law", "Comply with the law", "Which law allows it?", _K_2013, "S1"),
    Principle(
        "duty_to_share",
        "The duty to share",
        "Is sharing here as important as protecting confidentiality?",
        _K_2013,
        "S1",
    ),
)
CALDICOTT_2020: Final = (
    Principle(
        "purpose",
        "Justify the purpose",
        "Is every use defined, scrutinised and documented, and reviewed by a Guardian while it continues?",
        _K_2020,
        "V:K1 V:K8",
    ),
    Principle(
        "necessary", "Use it only when necessary", "Is it necessary for this purpose?", _K_2020, "V:K1 V:K8"
    ),
    Principle("minimum", "Use the minimum", "Is it the minimum that is necessary?", _K_2020, "V:K1 V:K8"),
    Principle(
        "need_to_know", "Strict need to know", "Do only those see it who need to?", _K_2020, "V:K1 V:K8"
    ),
    Principle(
        "aware", "Everybody knows their duties", "Does everybody with access know them?", _K_2020, "V:K1 V:K8"
    ),
    Principle("law", "Comply with the law", "Which law allows it?", _K_2020, "V:K1 V:K8"),
    Principle(
        "duty_to_share",
        "The duty to share for individual care",
        "Is sharing here as important as protecting confidentiality?",
        _K_2020,
        "V:K1",
    ),
    Principle(
        "inform",
        "No surprises",
        "Do patients and service users know, or will they be told, how their information is used?",
        _K_2020,
        "V:K1 V:K5",
    ),
)

# The local procedures print seven; the eighth has existed since December 2020, and the form says so.
CALDICOTT: Final = {"caldicott_2013": CALDICOTT_2013, "caldicott_2020": CALDICOTT_2020}
CALDICOTT_IN_FORCE: Final = "caldicott_2020"

_RULES_2018 = "HM Government, Information Sharing, July 2018, seven golden rules, as given in S0 and S1"
_RULES_2024 = "HM Government, Information Sharing, 2024, seven golden rules"


def _rule(code: str, title: str, source: str, evidence: str) -> Principle:
    return Principle(code, title, "", source, evidence)


GOLDEN_RULES: Final = {
    "HMG-2018-07": (
        _rule("1", "The law is a framework for sharing, not a barrier", _RULES_2018, "S0 S1"),
        _rule("2", "Be open and honest, unless that is unsafe or inappropriate", _RULES_2018, "S0 S1"),
        _rule(
            "3",
            "Seek advice when in doubt, without identifying the person where possible",
            _RULES_2018,
            "S0 S1",
        ),
        _rule("4", "Share with consent where possible, otherwise on a lawful basis", _RULES_2018, "S0 S1"),
        _rule("5", "Consider the safety and well-being of the person and of others", _RULES_2018, "S0 S1"),
        _rule(
            "6",
            "Necessary, proportionate, relevant, adequate, accurate, timely and secure",
            _RULES_2018,
            "S0 S1",
        ),
        _rule("7", "Record the decision and its reasons, whether or not you share", _RULES_2018, "S0 S1"),
    ),
    "HMG-2024-05": (
        _rule(
            "1",
            "A child's right to protection comes before privacy; the law supports it",
            _RULES_2024,
            "V:G2",
        ),
        _rule("2", "Engage with the child or carer where that is practicable and safe", _RULES_2024, "V:G2"),
        _rule("3", "Consent is not needed where a child is at risk; a lawful basis is", _RULES_2024, "V:G2"),
        _rule("4", "Seek advice promptly when unsure", _RULES_2024, "V:G2"),
        _rule(
            "5",
            "Sender and recipient protect the identity of anybody who could be harmed",
            _RULES_2024,
            "V:G2",
        ),
        _rule("6", "Share what is relevant and accurate with those who have a role", _RULES_2024, "V:G2"),
        _rule("7", "Record reasons, explain a refusal, reconsider on new information", _RULES_2024, "B"),
    ),
}
