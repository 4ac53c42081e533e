"""What the children's guidance of 2022 asks."""

from tests.workflows.seed_rules.guidance_2022.golden_rules import GOLDEN_RULES
from tests.workflows.seed_rules.guidance_2022.principles import PRINCIPLES
from tests.workflows.seed_rules.guidance_2022.when_and_how import WHEN_AND_HOW

GUIDANCE_2022 = (*GOLDEN_RULES, *PRINCIPLES, *WHEN_AND_HOW)
