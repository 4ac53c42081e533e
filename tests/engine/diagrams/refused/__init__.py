"""The smallest diagrams that break each rule: the rule, the element that it names, and the body."""

from tests.engine.diagrams.refused.activities import ACTIVITIES
from tests.engine.diagrams.refused.contradictions import CONTRADICTIONS
from tests.engine.diagrams.refused.elements import ELEMENTS
from tests.engine.diagrams.refused.events import EVENTS
from tests.engine.diagrams.refused.expressions import EXPRESSIONS
from tests.engine.diagrams.refused.gateways import GATEWAYS
from tests.engine.diagrams.refused.references import REFERENCES
from tests.engine.diagrams.refused.soundness import SOUNDNESS

REFUSED = ELEMENTS | REFERENCES | EVENTS | ACTIVITIES | GATEWAYS | EXPRESSIONS | SOUNDNESS | CONTRADICTIONS
