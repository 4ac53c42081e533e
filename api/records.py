"""records."""

from api.routes import Noun

noun = Noun("records", "Records.")
