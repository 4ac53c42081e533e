"""A browser without a screen: it keeps cookies, fills forms as drawn, and follows redirects when told to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse


class Browser:
    """One person's browser. `page` is what it shows now."""

    def __init__(self, client: FlaskClient, base: str) -> None:
        self.client, self.base = client, base
        self.response: TestResponse
        self.page: Any = None

    def open(self, path: str) -> TestResponse:
        return self.arrive(self.client.get(path, base_url=self.base, follow_redirects=True))

    def submit(self, button: str = "", form: int | None = None, **typed: Any) -> TestResponse:
        """Press a button, known by what it says, after typing into the form it belongs to."""
        fields, action = self.filled(button, form)
        for name, value in typed.items():
            fields[name] = value
        return self.arrive(self.client.post(action, data=fields, base_url=self.base, follow_redirects=True))

    def filled(self, button: str, number: int | None = None) -> tuple[dict[str, Any], str]:
        """What pressing a button would send as the page stands, and where to."""
        form, pressed = self._form(button, number)
        fields: dict[str, Any] = {}
        for name, value in form.form_values():
            fields[name] = [*fields[name], value] if isinstance(fields.get(name), list) else value
        if pressed is not None and pressed.get("name"):
            fields[pressed.get("name")] = pressed.get("value", "")
        return fields, form.action or self.path

    def _form(self, button: str, number: int | None) -> tuple[Any, Any]:
        if number is not None:
            return self.page.forms[number], None
        for form in self.page.forms:
            for each in form.xpath(".//button[not(@aria-hidden)]"):
                if " ".join(each.text_content().split()) == button:
                    return form, each
        raise AssertionError(f"There is no button “{button}” on {self.path}.")

    def follow(self, text: str) -> TestResponse:
        for link in self.page.xpath("//a[@href]"):
            if " ".join(link.text_content().split()).startswith(text):
                return self.open(link.get("href"))
        raise AssertionError(f"There is no link “{text}” on {self.path}.")

    def sign_in(self, name: str) -> None:
        """Through the very pages that a person uses."""
        self.open("/sign-in")
        self.submit("Sign in with the demonstration")
        self.submit(form=0, person=name)

    def arrive(self, response: TestResponse) -> TestResponse:
        self.response = response
        if response.mimetype == "text/html":
            self.page = html.fromstring(response.get_data(as_text=True))
        return response

    def cookie(self, name: str) -> Any:
        return self.client.get_cookie(name, urlsplit(self.base).hostname)

    @property
    def path(self) -> str:
        return self.response.request.path

    @property
    def text(self) -> str:
        return " ".join(self.page.xpath("//main")[0].text_content().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.xpath("//h1")[0].text_content().split())

    @property
    def title(self) -> str:
        return " ".join(self.page.xpath("//title")[0].text_content().split())

    @property
    def errors(self) -> list[str]:
        return [
            each.text_content().strip()
            for each in self.page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a")
        ]
