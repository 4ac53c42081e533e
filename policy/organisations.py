"""The kinds of organisation that processes tell apart. An organisation may be of any other kind, too."""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {
    "police": "A police force: disclosure schemes, law enforcement processing, advisers of its own.",
    "local_policing_body": "A police and crime commissioner, or a mayor with those functions: alone asks "
    "under section 17.",
    "probation": "Law enforcement processing may apply.",
    "prison": "Law enforcement processing may apply.",
    "youth_offending": "Law enforcement processing may apply.",
}
