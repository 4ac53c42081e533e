"""Releases: the diagrams, decisions, forms and guidance of an area, as they stood together at one moment.

A release is immutable and known by its content. A process instance stays on the release it was started on,
with everything that release holds, so an old case is never shown a new form.

`publishing` makes one, `releases` reads what it holds, `processes` what its diagrams say of themselves.
"""

from engine.definitions.processes import (
    Beginning,
    StartableProcess,
    beginnings,
    begun_by,
    catching,
    is_sealed,
    startable,
)
from engine.definitions.publishing import known, publish, shipped
from engine.definitions.releases import (
    Release,
    bundle,
    content,
    current,
    decisions,
    diagram_of,
    form,
    guidance,
    load,
    per_release,
)

__all__ = [
    "Beginning",
    "Release",
    "StartableProcess",
    "beginnings",
    "begun_by",
    "bundle",
    "catching",
    "content",
    "current",
    "decisions",
    "diagram_of",
    "form",
    "guidance",
    "is_sealed",
    "known",
    "load",
    "per_release",
    "publish",
    "shipped",
    "startable",
]
