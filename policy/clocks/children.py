"""Clocks of the safeguarding hub, child protection, moves between authorities and disagreement."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Clock, Kind
from policy.clocks.proposals import OURS

_WT_REFERRAL = (
    "Working Together, chapter 1, paragraph 58, as quoted by Surrey procedures (refreshed April 2024)"
)
_WT_ASSESSMENT = "Working Together 2018, as cited in local children's social care glossaries"
_WT_CONFERENCE = (
    "Working Together, as quoted by Bexley procedures, strategy meetings and section 47 enquiries (undated)"
)
_HUBS = "hub practice differs by a factor of ten; Surrey's and Merton's are nearest; the default: " + OURS
_DORSET = "Pan-Dorset procedures 2.4, notification and transferring information (undated)"
_WALES = "Wales Safeguarding Procedures, children moving; written within 3 days (undated)"
_BOLTON = "Wales Safeguarding Procedures, children moving; Bolton, child protection plans (both undated)"
_BACKGROUND = "Working Together, from memory; not checked"
_MASH, _CP, _MOVE, _DISAGREE = "MASH triage", "child protection timings", "child moves", "disagreement"
_MANAGER = "the children's social care manager is told"
_HEAD = "the head of service is told"
_NEXT = "the next stage is offered; immediate harm may go to any stage at once"


def _stage(urgency: str, stage: int, amount: int, kind: Kind) -> Clock:
    """One stage of a professional disagreement."""
    return Clock(
        f"disagreement_{urgency}_{stage}",
        f"Settle a disagreement ({urgency}), stage {stage}",
        kind,
        amount,
        "the stage starts",
        _NEXT,
        OURS,
        "D",
        _DISAGREE,
        "T24",
    )


CHILDREN: Final = (
    Clock(
        "referral_decision",
        "Decide what response a referral needs, and acknowledge it",
        "working days",
        1,
        "the contact is received",
        _MANAGER,
        _WT_REFERRAL,
        "V:W1",
        _MASH,
        "T17",
        "shorter",
    ),
    Clock(
        "referral_feedback",
        "Tell the referrer the outcome",
        "hours",
        24,
        "the decision",
        _MANAGER,
        "nscb.org.uk, acknowledging referrals, one safeguarding board's procedures (undated)",
        "VL:W3",
        _MASH,
    ),
    Clock("mash_red", "Hub outcome, red", "hours", 4, "the rating", _MANAGER, _HUBS, "VL:H3 D", _MASH, "T18"),
    Clock(
        "mash_amber",
        "Hub outcome, amber",
        "hub hours",
        24,
        "the rating",
        _MANAGER,
        _HUBS,
        "VL:H1 VL:H3",
        _MASH,
        "T18",
    ),
    Clock(
        "mash_green",
        "Hub outcome, green",
        "hub hours",
        72,
        "the rating",
        _MANAGER,
        _HUBS,
        "VL:H3 D",
        _MASH,
        "T18",
    ),
    Clock(
        "strategy_discussion",
        "Hold the strategy discussion",
        "calendar days",
        3,
        "reasonable cause to suspect significant harm",
        _MANAGER,
        "Bexley procedures, strategy meetings: as soon as possible, 3 days at most (undated)",
        "VL:W4",
        _CP,
    ),
    Clock(
        "child_seen",
        "See the child",
        "hours",
        24,
        "a child protection concern",
        _MANAGER,
        "Slough procedures, referrals (undated)",
        "VL:W5",
        _CP,
    ),
    Clock(
        "initial_conference",
        "Hold the initial child protection conference",
        "working days",
        15,
        "the last strategy discussion at which section 47 enquiries were started",
        _HEAD,
        _WT_CONFERENCE,
        "V:W4 V:W7",
        _CP,
        "T19",
        "shorter",
    ),
    Clock(
        "assessment",
        "Finish the assessment",
        "working days",
        45,
        "the referral",
        "the reasons are recorded",
        _WT_ASSESSMENT,
        "V:W6",
        _CP,
        "T20",
        "shorter",
    ),
    Clock(
        "core_group",
        "Hold the core group",
        "working days",
        10,
        "the conference",
        _MANAGER,
        _BACKGROUND,
        "B",
        _CP,
    ),
    Clock(
        "first_review_conference",
        "Hold the first review conference",
        "months",
        3,
        "the initial conference",
        _HEAD,
        _BACKGROUND,
        "B",
        _CP,
    ),
    Clock(
        "review_conference",
        "Hold the next review conference",
        "months",
        6,
        "the last review conference",
        _HEAD,
        _BACKGROUND,
        "B",
        _CP,
    ),
    Clock(
        "move_agencies_told",
        "Tell every agency involved that the child moves",
        "working days",
        5,
        "the move is known",
        _MANAGER,
        _DORSET,
        "VL:T1",
        _MOVE,
        "T21",
    ),
    Clock(
        "move_told",
        "Tell the receiving authority, by telephone",
        "calendar days",
        0,
        "the move is known",
        _MANAGER,
        _WALES,
        "VL:T2",
        _MOVE,
    ),
    Clock(
        "move_written",
        "Send the receiving authority the written information",
        "calendar days",
        3,
        "the move is known",
        _MANAGER,
        _WALES,
        "VL:T2",
        _MOVE,
        "T22",
        note="Which kind of day is not stated; calendar days is the safer reading.",
    ),
    Clock(
        "move_acknowledged",
        "Receive the other authority's acknowledgement",
        "working days",
        1,
        "the written information is sent",
        "the receiving manager is telephoned",
        OURS,
        "D",
        _MOVE,
    ),
    Clock(
        "move_unanswered",
        "Receive the other authority's acknowledgement, at the latest",
        "working days",
        3,
        "the written information is sent",
        "a professional disagreement is opened at manager level",
        OURS,
        "D",
        _MOVE,
    ),
    Clock(
        "transfer_conference",
        "Hold the transfer-in conference",
        "working days",
        15,
        "the written information is received, not before",
        _HEAD,
        _BOLTON,
        "VL:T2 VL:T3",
        _MOVE,
        "T23",
    ),
    *(_stage("immediate", stage, 1, "hours") for stage in (1, 2, 3, 4)),
    *(_stage("high", stage, amount, "hours") for stage, amount in ((1, 24), (2, 24), (3, 48))),
    *(_stage("standard", stage, days, "working days") for stage, days in ((1, 2), (2, 3), (3, 5), (4, 5))),
)
