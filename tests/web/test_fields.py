"""One field for one concept: every form of the portal takes and refuses the same of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.core import UnboundField

import portal.moderation.forms
import portal.vereniging.forms  # noqa: F401
from portal.core import clock
from portal.core.i18n import number_words
from portal.web.forms import AtMost, DayField, MailAddressField, PortalForm, WebAddressField

DAYS = [
    ("2019-07-03", date(2019, 7, 3)),
    (" 3-7-2019 ", date(2019, 7, 3)),
    ("03-07-2019", date(2019, 7, 3)),
    ("1900-01-01", date(1900, 1, 1)),
]
NO_DAYS = ["0001-01-01", "9999-12-31", "31-02-2024", "1899-12-31", "3 juli 2019", "gisteren"]
WEB_ADDRESSES = [
    ("www.voorbeeld.nl", "https://www.voorbeeld.nl"),
    (" HTTPS://Voorbeeld.NL ", "https://voorbeeld.nl"),
    ("http://voorbeeld.nl/plan?jaar=2026", "http://voorbeeld.nl/plan?jaar=2026"),
]
NO_WEB_ADDRESSES = [
    "https://user@evil.nl/",
    "javascript:alert(1)",
    "ftp://voorbeeld.nl",
    "voorbeeld",
    "https://localhost/",
    "https://voorbeeld.nl/ een plan",
    "https://voorbeeld.nl/" + "a" * 500,
]
MAIL_ADDRESSES = [
    ("naam@Gemeente.EXAMPLE", "naam@gemeente.example"),
    ("naam@bücher.example", "naam@xn--bcher-kva.example"),
]
NO_MAIL_ADDRESSES = ["naam", "naam@localhost", "Naam <naam@example.org>", "náám@example.org"]
# The limit of a comment is a setting; whoever signs in types what they know.
NOT_HERE = ("TextForm.body", "CommentForm.body", "EditCommentForm.body", "SignInForm.email")


def _forms(parent: type[PortalForm] = PortalForm) -> Iterator[type[PortalForm]]:
    for form in parent.__subclasses__():
        if form.__module__.startswith("portal."):
            yield form
        yield from _forms(form)


def _fields(kind: type[Field]) -> list[tuple[str, UnboundField]]:
    """Return every field of a concept, in every form that has it."""
    found: dict[str, UnboundField] = {}
    for form in _forms():
        for name in dir(form):
            unbound = getattr(form, name, None)
            if isinstance(unbound, UnboundField) and issubclass(unbound.field_class, kind):
                found[f"{form.__module__}.{form.__name__}.{name}"] = unbound
    return sorted(found.items())


def _cases(kind: type[Field]) -> object:
    fields = _fields(kind)
    return pytest.mark.parametrize(
        "unbound", [field for _name, field in fields], ids=[name for name, _field in fields]
    )


def _sent(unbound: UnboundField, typed: str) -> Field:
    field: Field = unbound.bind(form=Form(), name="field", prefix="")
    field.process(MultiDict({"field": typed}))
    field.validate(Form())
    return field


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@_cases(DayField)  # type: ignore[operator]
def test_it_takes_a_day_the_same_way_everywhere(unbound: UnboundField) -> None:
    for typed, day in DAYS:
        field = _sent(unbound, typed)
        assert (field.data, list(field.errors)) == (day, []), typed
    for typed in NO_DAYS:
        assert len(_sent(unbound, typed).errors) == 1, typed
    assert _sent(unbound, " ").data is None


@_cases(DayField)  # type: ignore[operator]
def test_it_refuses_a_day_to_come_in_the_same_words_everywhere(unbound: UnboundField) -> None:
    refused = list(_sent(unbound, "2199-12-31").errors)
    assert refused in ([], ["Deze datum ligt in de toekomst. Kies vandaag of eerder."])
    assert not _sent(unbound, clock.today().isoformat()).errors


@_cases(WebAddressField)  # type: ignore[operator]
def test_it_takes_a_web_address_the_same_way_everywhere(unbound: UnboundField) -> None:
    for typed, address in WEB_ADDRESSES:
        field = _sent(unbound, typed)
        assert (field.data, list(field.errors)) == (address, []), typed
    for typed in NO_WEB_ADDRESSES:
        assert len(_sent(unbound, typed).errors) == 1, typed


@_cases(MailAddressField)  # type: ignore[operator]
def test_it_takes_an_e_mail_address_the_same_way_everywhere(unbound: UnboundField) -> None:
    for typed, address in MAIL_ADDRESSES:
        field = _sent(unbound, typed)
        assert (field.data, list(field.errors)) == (address, []), typed
    for typed in NO_MAIL_ADDRESSES:
        assert len(_sent(unbound, typed).errors) == 1, typed


PASTED = "Eerst\x0bdan\x0cdaarna\x85later\u2028nog\u2029en\tslot\r\neinde"


def _texts() -> dict[str, UnboundField]:
    """Return every field in which people write, by its name."""
    others = HiddenField | PasswordField | WebAddressField | MailAddressField
    return {
        name: unbound
        for name, unbound in _fields(StringField)
        if not issubclass(unbound.field_class, others) and not name.endswith(NOT_HERE)
    }


def _limit(unbound: UnboundField) -> int:
    """Return the most characters that a field takes; 0 without a limit."""
    checks = unbound.kwargs.get("validators", (*unbound.args, (), ())[1])
    return next((check.characters for check in checks if isinstance(check, AtMost)), 0)


def test_it_takes_a_pasted_text_the_same_way_everywhere() -> None:
    for name, unbound in _texts().items():
        is_area = issubclass(unbound.field_class, TextAreaField)
        typed = _sent(unbound, PASTED).data
        assert typed.split() == PASTED.split(), name
        assert len(typed.splitlines()) == (7 if is_area else 1), name
        assert "\t" not in typed or is_area, name


def test_it_keeps_a_text_that_is_too_long_and_says_by_how_much() -> None:
    unlimited = set()
    for name, unbound in _texts().items():
        most = _limit(unbound)
        if not most:
            unlimited.add(name.rpartition(".")[2])
            continue
        text = "w " * (most // 2 + 600) + "w"
        field = _sent(unbound, text)
        assert field.data == text, name
        assert field.errors == [
            f"Gebruik hoogstens {number_words(most)} tekens. "
            f"U gebruikt er {number_words(len(text) - most)} te veel."
        ], name
        assert "maxlength" not in field(), name
    # Numbers say themselves what is wrong with them.
    assert unlimited == {"cbs", "kvk", "oin", "rsin", "tooi"}


def test_it_looks_at_the_fields_of_every_package() -> None:
    packages = {
        kind: {name.split(".")[1] for name, _field in _fields(kind)}
        for kind in (DayField, WebAddressField, MailAddressField)
    }
    assert packages[DayField] == {
        "commitments",
        "organisations",
        "overview",
        "pact",
        "rappels",
        "signatures",
        "vereniging",
    }
    assert packages[WebAddressField] >= {"commitments", "organisations", "pact", "signatures"}
    assert packages[MailAddressField] == {
        "accounts",
        "following",
        "admin",
        "organisations",
        "signatures",
        "vereniging",
    }


def test_it_has_no_other_field_for_the_same(app: Flask) -> None:
    """A name says what a field asks: no plain field asks for an address or a day."""
    asking = {"email", "website", "url", "on"}
    plain = [
        f"{form.__name__}.{name}"
        for form in _forms()
        for name in dir(form)
        if isinstance(unbound := getattr(form, name, None), UnboundField)
        and asking & set(name.split("_"))
        and not issubclass(unbound.field_class, DayField | WebAddressField | MailAddressField)
    ]
    # Whoever signs in types what they know; it is compared and never mailed to.
    assert set(plain) == {"SignInForm.email"}
