"""definitions."""

from api.routes import Noun

noun = Noun("definitions", "Processes.")
