"""The least that Flask can do: says hello, and posts a row the plain way. What we compare with."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response

TABLE = "CREATE TABLE IF NOT EXISTS sketch (id INTEGER PRIMARY KEY, discussion INT, body TEXT)"


def make_hello() -> Flask:
    """Return an app that says hello and nothing else."""
    app = Flask(__name__)

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app


def _connector(path: str) -> Callable[[], sqlite3.Connection]:
    of_thread = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(of_thread, "connection"):
            of_thread.connection = sqlite3.connect(path, timeout=20, isolation_level=None)
            of_thread.connection.execute("PRAGMA journal_mode=WAL")
            of_thread.connection.execute("PRAGMA synchronous=FULL")
        mine: sqlite3.Connection = of_thread.connection
        return mine

    return connection


def make_poster(path: str) -> Flask:
    """Return an app that takes the database at the start of a POST and adds one row.

    No accounts, no forms, no limits, no history, no mail: one row in one table.
    """
    app = Flask(__name__)
    connection = _connector(path)
    connection().execute(TABLE)

    @app.before_request
    def begin() -> None:
        if request.method == "POST":
            connection().execute("BEGIN IMMEDIATE")
            g.began = True

    @app.teardown_request
    def end(fault: BaseException | None) -> None:
        if g.pop("began", False):
            connection().execute("COMMIT" if fault is None else "ROLLBACK")

    @app.post("/reacties/<int:discussion_id>")
    def post(discussion_id: int) -> Response:
        row = (discussion_id, request.form["body"])
        connection().execute("INSERT INTO sketch (discussion, body) VALUES (?, ?)", row)
        return redirect("/")

    return app


def application() -> Flask:
    """Return the posting app for a server; BENCH_SKETCH names its database."""
    return make_poster(os.environ["BENCH_SKETCH"])
