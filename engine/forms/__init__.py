"""The server side of form-js forms (schemaVersion 19 and below): load, draw, check and summarise, with no HTTP.

    form = forms.load(content)                              raises InvalidInput, naming each problem
    forms.view(form, answers, context, errors=…)            list[Field] for a page to draw
    forms.from_post(form, request.form)                     answers out of an HTML post
    forms.edited(form, answers, request.form)               answers after an add or remove button, else None
    forms.submit(form, answers, context)                    Submission(kept, errors)
    forms.summary(form, answers, context)                   list[Row] for check-your-answers

`answers` are plain JSON; `context` holds the process variables that conditions may read, and `names`: the names of
the people the case is about, which a field with the property `deidentified` may not contain.
"""
