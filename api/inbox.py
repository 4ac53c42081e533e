"""inbox."""

from api.routes import Noun

noun = Noun("inbox", "Tasks.")
