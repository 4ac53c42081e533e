"""Pages about the service itself: the accessibility statement and what is kept in the browser."""

from __future__ import annotations

from web.routes import Answer, page, pages, public

blueprint = pages("about")


@blueprint.get("/accessibility")
@public
def accessibility() -> Answer:
    return page("about/accessibility.html")


@blueprint.get("/cookies")
@public
def cookies() -> Answer:
    return page("about/cookies.html")
