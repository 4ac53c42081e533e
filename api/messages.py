"""messages."""

from api.routes import Noun

noun = Noun("messages", "Messages.")
