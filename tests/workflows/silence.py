"""What the disclosure schemes say of an agency that does not answer, when its silence is taken further."""

from __future__ import annotations

from tests.workflows.answers import SAID

RAISED = {
    "disagreement_issue": f"An agency does not answer the police: {SAID} Speak to: {SAID}",
    "disagreement_about": "no_answer",
    "disagreement_agency": "Health",
    "other_party": "other",
    "disagreement_urgency": "high",
}
