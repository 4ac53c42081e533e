"""The server side of form-js forms (schemaVersion 19 and below): load, draw, check, summarise; no HTTP.

    form = forms.load(content)                              raises InvalidInput, naming each problem
    forms.view(form, answers, context, errors=…)            list[Field] for a page to draw
    forms.from_post(form, request.form)                     answers out of an HTML post
    forms.edited(form, answers, request.form)               answers after an add or remove button, else None
    forms.submit(form, answers, context)                    Submission(kept, errors)
    forms.exact(form, kept)                                 the same with times to the second, as FEEL wants
    forms.summary(form, answers, context)                   list[Row] for check-your-answers

`answers` are plain JSON; `context` holds the process variables that conditions may read, and `names`:
the names of the people the case is about, which a field with the property `deidentified` may not contain.
A date with the property `past` cannot be still to come.
"""

from engine.forms.answer_types import answer_types
from engine.forms.components import Form
from engine.forms.fields import ErrorLink, Field, Option, Part, Repeat, Row, Submission, asked, walk
from engine.forms.posts import edited, from_post
from engine.forms.schema import load
from engine.forms.seconds import exact
from engine.forms.submissions import appeared, submit
from engine.forms.summaries import summary
from engine.forms.views import view

__all__ = [
    "ErrorLink",
    "Field",
    "Form",
    "Option",
    "Part",
    "Repeat",
    "Row",
    "Submission",
    "answer_types",
    "appeared",
    "asked",
    "edited",
    "exact",
    "from_post",
    "load",
    "submit",
    "summary",
    "view",
    "walk",
]
