"""The figures for a program that watches: who may read them, and what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open
from prometheus_client.parser import text_string_to_metric_families as read_plain
from sqlalchemy import event, text

from portal.admin import metrics
from portal.comments.models import CommentVersion
from portal.core import clock
from portal.core.db import db, write_section
from portal.services.jobs import enqueue, run_due
from portal.services.mail import send
from portal.services.models import Job
from tests import factories as make
from tests.harness.client import Client
from tests.harness.mailbox import Mailbox

TOKEN = "een-lang-geheim-woord"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
OPEN_METRICS = "application/openmetrics-text; version=1.0.0"
# What grows with the years.
GROWING = ("history", "comment_version", "job", "signature", "profile_text", "access_request")


@pytest.fixture
def watched(make_app: Callable[..., Flask]) -> Iterator[Client]:
    """A reader of a portal whose figures can be read."""
    app = make_app(METRICS_TOKEN=TOKEN, METRICS_NETWORKS="10.1.0.0/16, 2001:db8::7")
    yield Client(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def figures(reader: Client) -> dict[str, dict[tuple[str, ...], float]]:
    """Return what is told: of each name the values, by the values of their labels."""
    told: dict[str, dict[tuple[str, ...], float]] = {}
    page = reader.get("/metrics", headers=BEARER)
    assert page.status == 200
    for family in read_plain(page.body.decode()):
        for sample in family.samples:
            labels = tuple(value for _name, value in sorted(sample.labels.items()))
            told.setdefault(sample.name.removeprefix("groeipact_"), {})[labels] = sample.value
    return told


class TestWhoMayRead:
    @pytest.mark.parametrize(
        ("address", "headers", "status"),
        [
            ("127.0.0.1", BEARER, 200),
            ("127.0.0.1", {"Authorization": "Bearer iets-anders-van-die-lengte"}, 404),
            ("127.0.0.1", {"Authorization": "Bearer "}, 404),
            ("127.0.0.1", {"Authorization": "Bearer gehe\u00efm"}, 404),
            ("127.0.0.1", {}, 404),
            ("10.1.200.3", {}, 200),
            ("::ffff:10.1.200.3", {}, 200),
            ("2001:db8::7", {}, 200),
            ("2001:db8::8", {}, 404),
            ("10.2.0.1", {}, 404),
            # Somebody passes it on whom nobody trusts: whose request it is, is not known.
            ("10.1.200.3", {"X-Forwarded-For": "192.0.2.1"}, 404),
        ],
    )
    def test_it_is_who_knows_the_token_or_asks_from_an_allowed_address(
        self, watched: Client, address: str, headers: dict[str, str], status: int
    ) -> None:
        asked = watched.raw.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
        assert asked.status_code == status
        assert "Set-Cookie" not in asked.headers
        assert (asked.headers["Cache-Control"] == "no-store") == (status == 200)

    def test_it_is_the_client_as_the_trusted_proxy_says(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(METRICS_NETWORKS="10.1.0.0/16", TRUSTED_PROXY_HOPS="1")
        said = ("10.1.0.1", "192.0.2.1", "10.1.0.1, 192.0.2.1")
        statuses = [
            app.test_client().get("/metrics", headers={"X-Forwarded-For": each}).status_code
            for each in said
        ]
        assert statuses == [200, 404, 404]

    @pytest.mark.parametrize("said", [BEARER, {"Authorization": "Bearer None"}, {}])
    def test_it_is_nobody_where_nobody_is_named(
        self, make_app: Callable[..., Flask], said: dict[str, str]
    ) -> None:
        reader = make_app(METRICS_NETWORKS="").test_client()
        assert reader.get("/metrics", headers=said).status_code == 404

    def test_it_answers_on_plain_http_and_to_every_name(
        self, make_app: Callable[..., Flask]
    ) -> None:
        app = make_app(PUBLIC_URL="https://groeipact.example", METRICS_TOKEN=TOKEN)
        headers = {**BEARER, "Host": "10.0.0.5:8000"}
        assert app.test_client().get("/metrics", headers=headers).status_code == 200


class TestForm:
    def test_it_is_what_prometheus_reads_in_both_its_forms(self, watched: Client) -> None:
        watched.get("/nieuws")
        plain = watched.get("/metrics", headers=BEARER)
        assert plain.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        modern = watched.get("/metrics", headers={**BEARER, "Accept": OPEN_METRICS})
        assert modern.headers["Content-Type"].startswith(OPEN_METRICS)
        old = {family.name for family in read_plain(plain.body.decode())}
        new = {family.name for family in read_open(modern.body.decode())}
        # OpenMetrics names an info without its end.
        assert new == (old - {"groeipact_build_info"}) | {"groeipact_build"}
        assert {"groeipact_http_requests", "groeipact_trouble"} <= new

    def test_its_names_are_as_prometheus_advises(self, watched: Client) -> None:
        """What `promtool check metrics` says of names, in so far as it holds for these."""
        lines = watched.get("/metrics", headers=BEARER).body.decode().splitlines()
        kinds = dict(line.split()[2:4] for line in lines if line.startswith("# TYPE"))
        helps = {line.split()[2]: line for line in lines if line.startswith("# HELP")}
        assert len(kinds) > 15
        for name, kind in kinds.items():
            assert re.fullmatch(r"groeipact_[a-z][a-z_]*[a-z]", name), name
            assert len(helps[name].split()) > 4, f"{name} says what it is"
            assert name.endswith("_total") == (kind == "counter"), name
            assert not re.search(r"_(milliseconds|minutes|kilobytes|megabytes|gauge|count)", name)
            assert "seconds" not in name or name.endswith("_seconds"), name
            assert "bytes" not in name or name.endswith("_bytes"), name


class TestRequests:
    def test_it_counts_by_route_and_nothing_that_a_stranger_makes_up(self, watched: Client) -> None:
        watched.get("/nieuws")
        watched.get("/en/nieuws")
        for number in range(5):
            watched.get(f"/nergens-{number}")
            watched.get(f"/nieuws/bestaat-niet-{number}")
        told = figures(watched)
        requests = told["http_requests_total"]
        assert requests["news.index", "2xx"] == 2
        assert requests["none", "4xx"] == 5
        assert requests["news.show", "4xx"] == 5
        assert "nergens" not in str(told) and "bestaat" not in str(told)
        assert told["http_request_duration_seconds_count"]["news.index",] == 2
        assert told["http_request_duration_seconds_bucket"]["+Inf", "news.index"] == 2
        assert 0 < told["http_request_duration_seconds_sum"]["news.index",] < 60


class TestPortal:
    def test_it_tells_of_jobs_and_mails(self, watched: Client, mailbox: Mailbox) -> None:
        mailbox.refuse("weg@example.org")
        with write_section():
            send("account_password", to="weg@example.org", name="Iemand")
            send("account_password", to="hier@example.org", name="Iemand")
        run_due()
        mailbox.go_down()
        with write_section():
            send("account_password", to="later@example.org", name="Iemand")
            enqueue("sweep", {}, run_at=clock.now() + timedelta(hours=1))
        run_due()
        told = figures(watched)
        assert told["jobs"] == {
            ("mail", "parked"): 1,
            ("mail", "waiting"): 1,
            ("sweep", "waiting"): 1,
        }
        assert told["mails_total"] == {("sent",): 1, ("delayed",): 1, ("refused",): 1}
        assert told["job_runs_total"]["mail", "done"] == 1
        assert told["jobs_overdue_seconds"][()] == 0
        db.session.query(Job).update({"run_at": clock.now() - timedelta(hours=1)})
        overdue = figures(watched)["jobs_overdue_seconds"][()]
        assert 3600 <= overdue < 3700
        assert figures(watched)["trouble"]["jobs_parked",] == 1

    def test_it_tells_what_waits_and_for_how_long(self, watched: Client) -> None:
        make.make_comment(state="pending")
        make.make_signature(state="confirmed")
        since = clock.now() - timedelta(days=2)
        db.session.query(CommentVersion).update({"created_at": since})
        told = figures(watched)
        assert told["waiting_items"]["comment_version",] == 1
        assert told["waiting_items"]["signature",] == 1
        assert told["waiting_items"]["ending",] == 0
        assert 172800 <= told["waiting_oldest_seconds"]["comment_version",] < 172900
        assert ("ending",) not in told["waiting_oldest_seconds"]

    def test_it_tells_what_it_is_made_of_and_what_it_takes(self, watched: Client) -> None:
        make.make_process(kind="web")
        make.make_process(kind="web", ended_at=clock.now())
        make.make_process(kind="worker", beat_at=clock.now() - timedelta(hours=1))
        told = figures(watched)
        assert told["processes"] == {("web",): 1, ("worker",): 0}
        assert told["trouble"]["worker",] == 1
        ((versions, _one),) = told["build_info"].items()
        assert re.fullmatch(r"(SQLite|PostgreSQL) \d+\..*", versions[0])
        assert told["database_up"][()] == 1
        assert told["database_size_bytes"][()] > 100_000
        assert told["disk_size_bytes"][()] > told["disk_free_bytes"][()] > 0
        assert "backup_age_seconds" not in told, "there never was one"

    def test_it_says_so_when_the_database_is_not_there(
        self, watched: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watched.get("/nieuws")
        monkeypatch.setattr(metrics, "_database_now", lambda: (False, False))
        told = figures(watched)
        assert told["database_up"][()] == 0
        assert "jobs" not in told
        assert "http_requests_total" in told

    @pytest.mark.parametrize("schema", ["0001", "9999"], ids=["older", "newer"])
    def test_it_says_so_when_the_schema_is_of_another_version(
        self, watched: Client, schema: str
    ) -> None:
        assert figures(watched)["schema_fits"][()] == 1
        with write_section():
            db.session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": schema})
        told = figures(watched)
        assert (told["database_up"][()], told["schema_fits"][()]) == (1, 0)
        assert "jobs" not in told


def test_it_looks_through_nothing_that_grows(watched: Client) -> None:
    figures(watched)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, values))

    with watched.app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        figures(watched)
        event.remove(db.engine, "before_cursor_execute", note)
        is_sqlite = db.engine.dialect.name == "sqlite"
        if not is_sqlite:
            db.session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        plans = [
            str(db.session.connection().exec_driver_sql(f"{explain} {statement}", values).all())
            for statement, values in asked
        ]
        db.session.rollback()
    assert len(plans) > 10
    scan = "SCAN {}[ ']" if is_sqlite else "Seq Scan on {} "
    scanned = {name for name in GROWING for plan in plans if re.search(scan.format(name), plan)}
    assert not scanned
