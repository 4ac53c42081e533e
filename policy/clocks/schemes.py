"""Clocks of the disclosure schemes: DVDS, CSODS, MAPPA, and section 17 of the 2022 Act."""

from __future__ import annotations

from typing import Final

from policy.clocks.clock import Clock
from policy.clocks.proposals import OURS

_DVDS_2014 = (
    "Domestic Violence Disclosure Scheme briefing, March 2014 (Sussex); the inner text of the statutory "
    "guidance of April 2023 was not checked"
)
_DVDS_28 = (
    "Domestic Violence Disclosure Scheme statutory guidance, April 2023, under Domestic Abuse Act 2021 "
    "section 77; 28 days as reported with its publication and by the police complaints body, March 2025"
)
_IOPC = "Independent Office for Police Conduct, learning recommendation to Avon and Somerset, March 2025"
_CSODS = (
    "Child Sex Offender Disclosure Scheme guidance, April 2023, as published by forces "
    "(Cleveland; Avon and Somerset)"
)
_S17 = "Police, Crime, Sentencing and Courts Act 2022 section 17 gives no limit; the number: " + OURS
_S1_CSOR = (
    "local procedures, Information Sharing, 24 September 2024, CSOR Disclosure Scheme, gives no limit; "
    "the number: "
)
_DVDS, _CSOR = "DVDS disclosure", "CSOR disclosure"
_SUPERVISOR = "the police supervisor is told and the delay is marked"

SCHEMES: Final = (
    Clock(
        "dvds_initial_checks",
        "Make the first checks and judge the risk",
        "hours",
        24,
        "first contact",
        _SUPERVISOR,
        _DVDS_2014,
        "V:D4",
        _DVDS,
        "T07",
    ),
    Clock(
        "dvds_meeting",
        "Meet the applicant face to face",
        "working days",
        10,
        "first contact",
        "the police supervisor is told and safety is judged again",
        _DVDS_2014,
        "V:D4",
        _DVDS,
        "T08",
        note="May be 10 calendar days in the 2023 guidance [B]; set it locally.",
    ),
    Clock(
        "dvds_full_checks",
        "Finish the full checks and the risk assessment",
        "calendar days",
        20,
        "first contact",
        _SUPERVISOR,
        OURS,
        "D",
        _DVDS,
    ),
    Clock(
        "dvds_overall",
        "Finish the application: disclosure made, or not made and support given",
        "calendar days",
        28,
        "first contact, or the indicator for right to know",
        "the reasons are recorded, a safeguarding and communication plan is made, the supervisor is reminded "
        "daily",
        _DVDS_28,
        "V:D2 V:D7",
        _DVDS,
        "T09",
        "shorter",
        "Weekends count [B]. Guidance, not law: a miss is a recorded departure. The start for right to know "
        "is [B].",
    ),
    Clock(
        "dvds_retriage",
        "Judge the risk again while the person waits",
        "calendar days",
        1,
        "the last time it was judged",
        "the police supervisor is told; it starts again each day",
        _IOPC,
        "V:D7",
        _DVDS,
        "T10",
    ),
    Clock(
        "dvds_representations",
        "Wait for the other person's representations",
        "calendar days",
        7,
        "representations are invited",
        "the decision is made without them; the 28 days go on",
        OURS,
        "D",
        _DVDS,
    ),
    Clock(
        "dvds_closure",
        "Check that timers, records and children's referral are complete",
        "working days",
        5,
        "the outcome is delivered",
        _SUPERVISOR,
        OURS,
        "D",
        _DVDS,
    ),
    Clock(
        "csods_initial_checks",
        "Make the first checks",
        "hours",
        24,
        "the application",
        _SUPERVISOR,
        _CSODS,
        "V:C2 V:C3 V:C4",
        _CSOR,
        "T11",
    ),
    Clock(
        "csods_interview",
        "Interview the applicant and prove identity and relationship to the child",
        "calendar days",
        10,
        "the application",
        _SUPERVISOR,
        _CSODS,
        "V:C2 V:C3 V:C4",
        _CSOR,
        "T12",
        note="The sources say days, not which kind; calendar days is the safer reading.",
    ),
    Clock(
        "csods_overall",
        "Finish the full risk assessment and decide",
        "calendar days",
        28,
        "the application (a force may count from the interview)",
        "the reasons are recorded and an interim safeguarding plan is made",
        "Avon and Somerset Police, application process, step 3 (undated)",
        "VL:C3",
        _CSOR,
        "T13",
        note="The start is not stated; 35 and 45 days are superseded figures still found on some pages.",
    ),
    Clock(
        "csods_recheck",
        "Check again while the application waits",
        "hours",
        24,
        "the last check",
        _SUPERVISOR,
        OURS,
        "D",
        _CSOR,
    ),
    Clock(
        "csods_representations",
        "Wait for the subject's representations",
        "calendar days",
        7,
        "representations are invited",
        "the decision is made without them; the overall limit goes on",
        OURS,
        "D",
        _CSOR,
        "T14",
    ),
    Clock(
        "partner_return",
        "Answer the police's request for information about a disclosure",
        "working days",
        5,
        "the partner is asked",
        "the partner is chased; the police go on without it and record so",
        OURS,
        "D",
        _CSOR,
    ),
    Clock(
        "undertaking_refused",
        "Decide whether disclosure still takes place when the undertaking is not signed",
        "calendar days",
        0,
        "the undertaking is refused",
        _SUPERVISOR,
        _S1_CSOR + OURS,
        "D",
        _CSOR,
    ),
    Clock(
        "csods_urgent_paperwork",
        "Complete the record of an urgent disclosure",
        "hours",
        24,
        "the urgent disclosure",
        _SUPERVISOR,
        OURS,
        "D",
        _CSOR,
    ),
    Clock(
        "mappa_decision",
        "Decide on telling a third party",
        "calendar days",
        0,
        "the day of the next meeting, or of the exposure if that is earlier",
        "the lead agency's manager is told",
        OURS,
        "D",
        "MAPPA third-party disclosure",
        "T15",
        note="Started with a date that people agree on, so it has no length of its own.",
    ),
    Clock(
        "section_17_request",
        "Answer a local policing body's request",
        "working days",
        20,
        "the request",
        "the head of the authority is told, then the local policing body; never a practitioner",
        _S17,
        "D",
        "section 17 request",
        "T16",
        note="A date the request gives comes first.",
    ),
)
