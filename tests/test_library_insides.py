"""What the portal holds of libraries beyond their documented interface, watched at every upgrade.

The list, with the reason of each, stands in docs/decisions/0025-what-we-hold-of-libraries.md.
"""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from _pytest.junitxml import LogXML, xml_key
from bs4 import BeautifulSoup
from flask import Flask, render_template_string, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, login_user
from jinja2 import Environment, UndefinedError, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine.default import DefaultDialect
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_cookie
from werkzeug.wsgi import FileWrapper
from wtforms import Form, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice

from portal.core import sqlite
from portal.core.columns import Moment
from portal.core.i18n import lazy_gettext
from portal.lifecycle import TextState
from portal.web.forms import CreatingForm, EditingForm
from portal.web.forms.base import LIBRARY_WORDS, LibraryWords
from portal.web.late import Later
from tests.harness.client import Client

PORTAL = Path(__file__).parents[1] / "portal"


class TestSqlalchemy:
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        driver = {"check_same_thread": False, "factory": sqlite.OwnConnection, "timeout": 0}
        engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}", connect_args=driver)
        sqlite.prepare(engine)
        yield engine
        engine.dispose()

    def test_it_asks_the_dialect_to_begin(self, engine: Engine) -> None:
        assert callable(DefaultDialect.do_begin)
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            assert not driver.in_transaction
            connection.execute(text("SELECT 1"))
            # The driver begins nothing by itself: this is our own BEGIN.
            assert driver.isolation_level is None
            assert driver.in_transaction

    def test_it_lets_a_type_read_a_column_by_itself(self, engine: Engine) -> None:
        with engine.connect() as connection:
            moment = text("SELECT '2026-12-01 09:00:00.000000' AS at").columns(at=Moment())
            read = connection.execute(moment).scalar_one()
        assert read == datetime(2026, 12, 1, 9, tzinfo=UTC)

    def test_it_hands_our_option_to_the_driver_and_takes_it_back(self, engine: Engine) -> None:
        with engine.connect() as connection:
            writing = connection.execution_options(portal_write=True)
            with writing.begin():
                driver: Any = connection.connection.dbapi_connection
                assert driver.begins == "BEGIN IMMEDIATE"
                other = sqlite3.connect(str(engine.url.database), timeout=0)
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    other.execute("BEGIN IMMEDIATE")
                other.close()
        with engine.connect() as connection:
            assert connection.connection.dbapi_connection is driver
            assert driver.begins == "BEGIN"


class TestFlaskLogin:
    def test_it_is_bound_to_an_app_by_what_we_set_ourselves(self) -> None:
        manager, app = LoginManager(), Flask("watched")
        before = {name for name in vars(app) if vars(app)[name]}
        manager.init_app(app, add_context_processor=False)
        new = {name for name in vars(app) if vars(app)[name]} - before
        # The second is for a remember-me, which is not here, and opens the session on every answer.
        assert new == {"login_manager", "after_request_funcs"}
        assert app.after_request_funcs == {None: [manager._update_remember_cookie]}

    def test_it_opens_no_session_for_a_file(self, app: Flask, client: Client) -> None:
        style = app.jinja_env.globals["asset"]("app.css")
        assert "Cookie" not in client.get(style).headers.get("Vary", "").split(", ")
        assert "Set-Cookie" not in client.get("/").headers

    def test_it_finds_no_remember_me_in_any_cookie(self, app: Flask) -> None:
        assert app.config["REMEMBER_COOKIE_NAME"] == ""
        assert list(parse_cookie("=x; ; = ;a=b;remember_token=1")) == ["a", "remember_token"]

    def test_it_keeps_the_token_where_tests_and_measurements_put_it(self, app: Flask) -> None:
        class Somebody:
            is_active = True

            def get_id(self) -> str:
                return "token"

        with app.test_request_context():
            login_user(Somebody())
            assert session["_user_id"] == "token"
        interface = app.session_interface
        assert isinstance(interface, SecureCookieSessionInterface)
        assert interface.get_signing_serializer(app) is not None


class TestJinja:
    def _late(self, app: Flask) -> tuple[list[int], dict[str, Any]]:
        asked: list[int] = []

        def find() -> str:
            asked.append(1)
            return "found"

        return asked, {"late": Later(find)}

    def _render(self, app: Flask, source: str, names: dict[str, Any]) -> str:
        return app.jinja_env.from_string(source, globals=names).render()

    def test_it_asks_our_context_for_a_name_that_a_template_mentions(self, app: Flask) -> None:
        asked, names = self._late(app)
        assert self._render(app, "{{ late }} and {{ late }}", names) == "found and found"
        assert asked == [1]

    def test_it_does_not_ask_for_a_name_that_it_does_not_mention(self, app: Flask) -> None:
        asked, names = self._late(app)
        assert self._render(app, "nothing", names) == "nothing"
        assert asked == []

    def test_it_makes_the_globals_of_a_template_in_our_way(self, app: Flask) -> None:
        template = app.jinja_env.from_string("", globals={"own": 1})
        assert type(template.globals) is dict
        assert template.globals["own"] == 1
        assert "can" in template.globals

    @pytest.mark.parametrize(
        ("passes", "kind"),
        [
            (pass_context, Context),
            (pass_eval_context, EvalContext),
            (pass_environment, Environment),
        ],
    )
    def test_it_calls_a_function_with_what_that_asks_for(
        self, app: Flask, passes: Any, kind: type
    ) -> None:
        names = {"asks": passes(lambda given, n: f"{isinstance(given, kind)}{n} ")}
        source = "{% for n in (1, 2) %}{{ asks(n) }}{{ plain(n=n) }}{% endfor %}"
        names["plain"] = lambda *, n: f"{n} "
        assert self._render(app, source, names) == "True1 1 True2 2 "

    def test_it_draws_a_macro_anew_for_text_that_is_no_markup(self, app: Flask) -> None:
        source = '{% from "components/badge.html" import badge %}{{ badge(v) }}{{ badge(text=v) }}'
        with app.test_request_context("/"):
            for value, stands in (
                (Markup("<b>"), "<b>"),
                ("<b>", "&lt;b&gt;"),
                (1, "1"),
                (True, "True"),
            ):
                assert self._render(app, source, {"v": value}).count(f">{stands}</span>") == 2

    def test_it_draws_a_macro_in_the_language_of_the_page(self, app: Flask) -> None:
        source = '{% from "components/status.html" import status %}{{ status("quiet") }}'
        for locale, is_dutch in (("nl", True), ("en", False), ("nl", True)):
            with app.test_request_context("/", environ_overrides={"portal.locale": locale}):
                assert ("langere tijd" in render_template_string(source)) is is_dutch

    def test_it_makes_what_a_template_imports_once(self, app: Flask) -> None:
        source = '{% from "components/spoken.html" import spoken %}{{ note(spoken) }}'
        seen: list[object] = []
        for _time in range(2):
            self._render(app, source, {"note": lambda macro: seen.append(macro) or ""})
        assert seen[0] is seen[1]

    @pytest.mark.parametrize(
        "source", ["{{ _(%r, name=n) }}", "{%% trans name=n %%}%s{%% endtrans %%}"]
    )
    def test_it_finds_our_words_in_a_template_and_escapes_what_is_put_in(
        self, app: Flask, source: str
    ) -> None:
        words = "Gemaild aan %(name)s." if "_(" in source else "Gemaild aan {{ name }}."
        with app.test_request_context("/"):
            assert app.jinja_env.globals["gettext"].__module__ == "portal.web.phrases"
            page = render_template_string(source % words, n="<b>")
        assert page == "Gemaild aan &lt;b&gt;."

    @pytest.mark.parametrize(
        ("value", "stands"),
        [
            ("<b> & 'c'", "&lt;b&gt; &amp; &#39;c&#39;"),
            (Markup("<b>ja</b>"), "<b>ja</b>"),
            (TextState.PLACED, "placed"),
            (7, "7"),
            (True, "True"),
            (None, "None"),
            (lazy_gettext("Ja of nee"), "Ja of nee"),
        ],
    )
    def test_it_shows_values_in_our_way_as_it_would_itself(
        self, app: Flask, value: object, stands: str
    ) -> None:
        with app.test_request_context("/"):
            page = render_template_string("{{ v }}{% set w %}{{ v }}{% endset %}{{ w }}", v=value)
            assert page == stands * 2 == str(escape(value)) * 2
            told = render_template_string("{{ _('Ja: %(v)s.', v=v) }}", v=value)
            assert told == f"Ja: {stands}."

    def test_it_calls_macros_in_our_way_as_it_would_itself(self, app: Flask) -> None:
        source = (
            "{% macro m(a, b='x') %}{{ a }}{{ b }}{{ caller() if caller is defined }}{% endmacro %}"
            "{% for a in ['<', 2] %}{{ m(a) }} {% call m(a, b=a) %}!{% endcall %};{% endfor %}"
        )
        with app.test_request_context("/"):
            assert render_template_string(source) == "&lt;x &lt;&lt;!;2x 22!;"

    def test_it_refuses_a_name_that_nobody_gave(self, app: Flask) -> None:
        with app.test_request_context("/"), pytest.raises(UndefinedError):
            render_template_string("{{ nobody }}")

    def test_it_escapes_nothing_in_a_mail(self, app: Flask) -> None:
        template = app.jinja_env.from_string("{% autoescape false %}{{ v }}{% endautoescape %}")
        assert template.render(v="<b>") == "<b>"


class _Watched(CreatingForm, EditingForm):
    """All hidden fields that the portal has."""


class TestWtforms:
    def test_it_writes_hidden_fields_as_the_library_does(self, app: Flask) -> None:
        with app.test_request_context("/"):
            form = _Watched.open()
            ours = BeautifulSoup(form.hidden_tag(), "html.parser").find_all("input")
            theirs = BeautifulSoup(
                "".join(str(field()) for field in form.hidden_fields()), "html.parser"
            ).find_all("input")
        assert {tag["name"] for tag in ours} == {"csrf_token", "once", "version"}
        for own, other in zip(ours, theirs, strict=True):
            assert {key: other[key] for key in ("name", "type", "value")} == own.attrs

    def test_it_refuses_in_the_words_that_we_replace(self) -> None:
        class Choosing(Form):
            one = SelectField(choices=[SelectChoice("1", "een")])
            number = SelectField(choices=[SelectChoice(1, "een")], coerce=int)
            count = IntegerField()

            class Meta:
                def get_translations(self, form: Form) -> LibraryWords:
                    return LibraryWords()

        form = Choosing(MultiDict({"one": "2", "number": "x", "count": "x"}))
        form.validate()
        said = {name: [str(word) for word in words] for name, words in form.errors.items()}
        assert said["one"] == [str(LIBRARY_WORDS["Not a valid choice."])]
        assert said["number"][0] == str(LIBRARY_WORDS["Invalid Choice: could not coerce."])
        assert said["count"] == [str(LIBRARY_WORDS["Not a valid integer value."])]


class TestWerkzeug:
    def test_it_reads_the_question_from_where_we_have_cleaned_it(self, app: Flask) -> None:
        with app.test_request_context("/?q=a%00b%0%000") as context:
            assert context.request.args["q"] == "ab%00"

    def test_it_says_which_file_is_wrapped(self, tmp_path: Path) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"abc")
        wrapped = FileWrapper(path.open("rb"), 2)
        assert list(wrapped) == [b"ab", b"c"]
        wrapped.close()
        assert wrapped.file.closed


def test_pytest_keeps_the_report_where_the_suite_looks_for_it() -> None:
    assert isinstance(xml_key, pytest.StashKey)
    assert callable(LogXML.add_global_property)


# A named tuple, a proxy and the operating system document theirs; the last stands in the list.
KNOWN = {"_asdict", "_exit", "_fields", "_get_current_object", "_make", "_replace", "_value"}
KNOWN |= {"_output_child_pre"}


def test_the_portal_reaches_for_no_other_name_with_an_underscore() -> None:
    found = []
    for path in sorted(PORTAL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Attribute) or not node.attr.startswith("_"):
                continue
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not is_own and node.attr not in KNOWN and not node.attr.endswith("__"):
                found.append(f"{path.relative_to(PORTAL)}:{node.lineno} {node.attr}")
    assert not found
