"""A text is seen as it will stand before it is saved: nothing is written, nothing is lost."""

from __future__ import annotations

from typing import Any

from flask import Flask
from wtforms import DateField, HiddenField, IntegerField, StringField, TextAreaField

from portal.web.doors import Door
from portal.web.forms import Previewing, WebAddressField
from portal.web.forms.previews import MADE_BY_FORMS
from tests import factories as make
from tests import test_doors
from tests.harness.client import Client
from tests.harness.forms import PageForm
from tests.harness.portal import signed_in
from tests.test_doors import ROWS, World
from tests.test_sent_twice import EXAMPLES, filled, posted_to, written

kept_world, world = test_doors.kept_world, test_doors.world

PRESS = "Voorbeeld"
SCRIPT = "<script>dat</script>"
TEXT = f"Eerst **dit** en dan {SCRIPT}.\n\n- een punt"
# Long texts without a preview: mails and reasons stand as they are typed, without any mark-up.
AS_TYPED = {
    "accounts.reset_factor",
    "commitments.move_term",
    "commitments.retract",
    "commitments.withdraw",
    "moderation.freeze",
    "moderation.hide",
    "moderation.restore",
    "moderation.set_back",
    "organisations.answer",
    "organisations.join",
    "organisations.object_as_owner",
    "organisations.object_by_link",
    "organisations.propose",
    "organisations.propose_owner",
    "register.disown",
    "signatures.ask_end",
    "signatures.complete_end",
    "signatures.deny",
    "signatures.edit",
    "signatures.end_by_vereniging",
    "signatures.prepare",
    "signatures.stop_by_link",
    "signatures.stop_end",
    "signatures.turn_down",
    # The address by post.
    "vereniging.vereniging",
    "vereniging.report_barrier",
}

# What is typed and stands nowhere by itself, or only with something else.
UNSEEN = {
    "news.create": {"picture_alt"},
    "news.edit": {"picture_alt"},
}
# What takes a few signs only.
SHORT = {"label": "27.3"}


def _forms(app: Flask) -> dict[str, Any]:
    found = {}
    for endpoint in posted_to(app):
        door = getattr(app.view_functions[endpoint], "door", None)
        assert isinstance(door, Door) and door.form is not None
        found[endpoint] = door.form
    return found


def _long_texts(form: Any) -> set[str]:
    # Not why the vereniging enters what somebody else said: that stands in the log.
    return {
        name
        for name in dir(form)
        if name != "entry_reason"
        and getattr(getattr(form, name, None), "field_class", None) is TextAreaField
    }


def previewed(app: Flask) -> dict[str, Any]:
    """Return the form of every endpoint with a preview."""
    return {name: form for name, form in _forms(app).items() if issubclass(form, Previewing)}


def test_it_has_a_preview_of_every_long_text_that_becomes_public(app: Flask) -> None:
    decisions = {name for name in EXAMPLES if name.startswith("moderation.")}
    with_text = {name for name, form in _forms(app).items() if _long_texts(form)}
    assert with_text - decisions - previewed(app).keys() == AS_TYPED - decisions
    for name, form in previewed(app).items():
        assert _long_texts(form) <= {part.name for part in form.previews}, name


def _page_form(app: Flask, world: World, endpoint: str) -> PageForm:
    example = EXAMPLES[endpoint]
    reader = signed_in(app, world.reader(example.viewer or ROWS[endpoint][0].split()[0]))
    values = (example.values or ROWS[endpoint][1])(world)
    rule = next(app.url_map.iter_rules(endpoint))
    with app.test_request_context():
        known = {name: values[name] for name in rule.arguments}
        address = app.url_map.bind("localhost").build(endpoint, known)
    if endpoint == "comments.post":
        return reader.get(world.kept.discussion.address).form(address)
    return reader.get(address).form(address)


def test_it_shows_each_text_saves_nothing_and_keeps_all_that_was_typed(
    app: Flask, world: World
) -> None:
    for endpoint, shape in sorted(previewed(app).items()):
        form = _page_form(app, world, endpoint)
        texts = [part for part in shape.previews if part.look not in MADE_BY_FORMS]
        names = [part.name for part in texts if part.name in form.fields]
        made = {part.name for part in texts if part.render is not None}
        typed = {name: TEXT if name in made else f"Kop {name} & {SCRIPT}" for name in names}
        files = {name: value for name, value in filled(form, {}).items() if name == "document"}
        before = written()
        page = form.submit(typed | files, press=PRESS)
        after = written()
        # A file that came along is kept for the form, as when an error stands in another field.
        changed = {name for name, rows in after.items() if rows != before[name]}
        assert changed <= {"pending_upload"}, (endpoint, changed)
        assert page.status == 200, (endpoint, page.errors)
        shown = page.soup.select_one("#voorbeeld")
        assert shown is not None and not shown.find("script"), endpoint
        assert len(shown.select(".prose strong")) == len(made & set(names)), endpoint
        assert len(shown.select(".prose li")) == len(made & set(names)), endpoint
        words = shown.get_text()
        assert SCRIPT in words, endpoint
        assert all(f"Kop {name} & {SCRIPT}" in words for name in names if name not in made), (
            endpoint
        )
        [again] = [one for one in page.forms if PRESS in one.buttons()]
        kept = {name: again.fields[name] for name in typed}
        assert kept == typed, endpoint
        assert again.fields.get("version") == form.fields.get("version"), endpoint
        # What sends the form is its first button: Enter does not ask for a preview.
        assert again.buttons()[0] != PRESS, endpoint


def _typed_by_hand(form: PageForm, shape: Any) -> dict[str, tuple[str, str]]:
    """Return what is typed into each field that takes words, days or numbers, and how it stands."""
    found = {}
    for name in form.fields:
        kind = getattr(getattr(shape, name, None), "field_class", HiddenField)
        if form.field(name).get("type") == "hidden" or issubclass(kind, HiddenField):
            continue
        if issubclass(kind, WebAddressField):
            found[name] = (f"https://voorbeeld.example/{name}",) * 2
        elif issubclass(kind, StringField):
            found[name] = (SHORT.get(name, f"Woorden in {name}"),) * 2
        elif issubclass(kind, DateField):
            found[name] = ("2019-07-03", "3 juli 2019")
        elif issubclass(kind, IntegerField):
            found[name] = ("37", "37")
    return found


def test_it_shows_all_that_is_typed_whatever_the_field(app: Flask, world: World) -> None:
    for endpoint, shape in sorted(previewed(app).items()):
        form = _page_form(app, world, endpoint)
        typed = _typed_by_hand(form, shape)
        assert typed, endpoint
        page = form.submit({name: words for name, (words, _shown) in typed.items()}, press=PRESS)
        shown = page.soup.select_one("#voorbeeld")
        assert shown is not None, endpoint
        assert page.status == 200, (endpoint, page.errors)
        words = shown.get_text()
        absent = {name for name, (_words, stands) in typed.items() if stands not in words}
        assert absent == UNSEEN.get(endpoint, set()), endpoint


class TestPreview:
    def test_it_still_takes_the_form_once_afterwards(self, sign_in: Any) -> None:
        reader = sign_in(make.make_moderator())
        form = reader.get("news.create").form()
        page = form.submit(title="Een titel", lead="Kort", body=TEXT, press=PRESS)
        assert not page.errors
        done = page.form("/redactie/nieuws/nieuw").submit(press="Concept opslaan")
        assert done.h1 == "Een titel"
        # Asked again on a page that was left open: it shows, and makes nothing more.
        again = form.submit(title="Een titel", lead="Kort", body="Anders", press=PRESS)
        assert again.status == 200 and "Anders" in again.soup.select_one("#voorbeeld").get_text()
        assert len(reader.get("news.manage").soup.select("h3 a")) == 1

    def test_it_asks_for_no_more_than_the_text(self, sign_in: Any) -> None:
        form = sign_in(make.make_moderator()).get("news.create").form()
        empty = form.submit(press=PRESS)
        assert "Er is nog geen tekst om te laten zien." in empty.main and not empty.errors
        long = form.submit(title="t" * 161, body="Kort", press=PRESS)
        assert long.status == 422 and long.error_for("title")
        assert long.soup.select_one("#voorbeeld .prose").get_text(strip=True) == "Kort"

    def test_it_keeps_the_text_of_a_reader_who_asks_too_often(self, make_app: Any) -> None:
        app = make_app(RATE_LIMITS="on", LIMIT_PREVIEW="1")
        with app.app_context():
            client: Client = signed_in(app, make.make_moderator())
            form = client.get("news.create").form()
            assert form.submit(title="Een titel", press=PRESS).status == 200
            refused = form.submit(title="Een titel", press=PRESS)
            assert refused.status == 429 and "Probeer het over een paar minuten" in refused.main
            assert refused.form("/redactie/nieuws/nieuw").fields["title"] == "Een titel"
