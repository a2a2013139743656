"""Every address, page and mail of the demo, written down, so that two versions can be compared.

    python -m bench.snapshot take FOLDER [--most 2000]
    python -m bench.snapshot compare BEFORE AFTER [--ignore-space] [--summary]

`take` runs the portal of the checkout that it stands in, on a SQLite database of its own and on a
clock that stands still. It leans on what stays when the inside is renamed: answers to requests, the
table of addresses, rows of jobs. So it can be copied into an older checkout and run there.
`compare` prints every difference once, with the pages that have it; its exit status says whether
there are any. What is random at every run (keys of forms, tokens of links) is written as a word.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock
from urllib.parse import quote, urldefrag, urljoin

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import text

from portal import create_app
from portal.config import read_settings
from portal.core import clock
from portal.core.db import db
from portal.services.mail import compose

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SITE = "http://localhost"
SIGN_IN = "/inloggen"
VISITOR = "visitor"
# The people of the demo as whom the pages are read, by their addresses.
PEOPLE = {
    "reader": "pim@lezers.example",
    "owner": "noor@lindewoude.example",
    "editor": "bilal@lindewoude.example",
    "moderator": "hanneke@voorbeeldvereniging.example",
    "moderator-and-editor": "joris@voorbeeldvereniging.example",
    "beheerder": "esther@voorbeeldvereniging.example",
}
HEADERS = ("Content-Type", "Location", "Cache-Control", "Content-Disposition")
# Mails of long ago are emptied by the demo itself: so they are copied as they are written.
COPY_MAILS = (
    "CREATE TABLE snapshot_mail (id INTEGER PRIMARY KEY, payload TEXT, at TEXT)",
    "CREATE TRIGGER snapshot_mail AFTER INSERT ON job WHEN new.kind = 'mail' BEGIN "
    "INSERT INTO snapshot_mail VALUES (new.id, new.payload, new.created_at); END",
)
RANDOM = (
    (re.compile(r'(?<=value=")\d*##[0-9a-f]{40,}'), "FORM-KEY"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])"), "TOKEN"),
    (re.compile(r"(?<![\w-])[0-9a-f]{32}(?![\w-])"), "ONE-TIME-KEY"),
    (re.compile(r"(?<=<code>)[0-9a-f]{16}(?=</code>)"), "REQUEST-ID"),
    (re.compile(r"(?<=[\w-]\.)[A-Z0-9]{8}(?=\.(?:css|js|svg|png|woff2|ico)\b)"), "HASH"),
)


# Around these elements white space means nothing; around others a space may show.
BLOCKS = re.compile(
    r"\s*(</?(?:html|head|body|meta|link|title|script|h[1-6]|p|div|[uod]l|li|d[dt]|table|t(?:head|body)"
    r"|t[rdh]|section|article|header|footer|nav|main|aside|details|summary|fieldset|legend|figure"
    r"|form|option|select|svg|rect|text|line|g|path)\b[^>]*>)\s*"
)
STORED = re.compile(r"(?<![\w-])[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-f]{32})(?![\w-])")

_contents: dict[str, str] = {}


def know_files(folder: Path) -> None:
    """Let stored files be named by what is in them: their own names are random."""
    for path in folder.rglob("*"):
        if path.is_file():
            _contents[path.stem] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def without_random(written: str) -> str:
    """Return a text with a fixed word for everything that differs at every run."""
    written = STORED.sub(lambda match: f"FILE-{_contents.get(match[1], 'UNKNOWN')}", written)
    for pattern, word in RANDOM:
        written = pattern.sub(word, written)
    return written


class Links(HTMLParser):
    """The addresses to which a page leads; those of forms only where they are read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            is_read = (values.get("method") or "get").lower() == "get"
            named = values.get("action") if is_read else None
        else:
            named = values.get("href") or values.get("src")
        if named:
            self.addresses.append(named)


@dataclass
class Reader:
    """A person, or a visitor, who reads the portal; the same cookie goes with every request."""

    client: FlaskClient
    cookie: str = ""
    # What waits to be read: addresses with a question come last, for there is no end to them.
    plain: deque[str] = field(default_factory=deque)
    asking: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)

    def ask(self, address: str) -> tuple[str, list[str]]:
        """Return the answer as text, and the addresses to which it leads."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        answer = self.client.get(address, headers=headers)
        body = answer.get_data()
        lines = [f"GET {address}", f"Status: {answer.status_code}"]
        lines += [f"{name}: {answer.headers[name]}" for name in HEADERS if name in answer.headers]
        cookies = answer.headers.getlist("Set-Cookie")
        lines += [f"Set-Cookie: {cookie.partition('=')[0]}" for cookie in cookies]
        leads_to = [answer.headers["Location"]] if "Location" in answer.headers else []
        if answer.mimetype == "text/html":
            leads_to += Links(body.decode()).addresses
        if answer.mimetype.startswith("text/") or answer.is_json or "xml" in answer.mimetype:
            lines += ["", body.decode()]
        else:
            lines += ["", f"{len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()}"]
        return without_random("\n".join(lines)), leads_to

    def remember(self, address: str, base: str = "/") -> None:
        """Note an address of the portal that is to be read, once."""
        whole = urldefrag(urljoin(SITE + base, address)).url
        path = whole.removeprefix(SITE)
        is_ours = whole == SITE + path and not path.startswith("/static/dist/")
        if is_ours and path not in self.seen:
            self.seen.add(path)
            (self.asking if "?" in path else self.plain).append(path)

    def crawl(self, most: int) -> Iterator[tuple[str, str]]:
        """Yield (address, answer) of what is remembered and of all that it leads to."""
        read = 0
        while (self.plain or self.asking) and read < most:
            address = (self.plain or self.asking).popleft()
            page, leads_to = self.ask(address)
            read += 1
            yield address, page
            for further in leads_to:
                self.remember(further, address)


def make_portal(folder: Path) -> Flask:
    """Return the portal of this checkout on the demo, its clock standing still."""
    settings = {
        "PORTAL_ENV": "test",
        "DATA_DIR": str(folder),
        "PUBLIC_URL": SITE,
        "RATE_LIMITS": "off",
        "PATH": os.environ["PATH"],
    }
    app = create_app(read_settings(settings))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            for statement in COPY_MAILS:
                connection.execute(text(statement))
    clock.set_now(NOW)
    # So do the moments that the demo writes into its packed documents.
    with mock.patch("zipfile.time.localtime", return_value=NOW.timetuple()):
        output = _command(app, "demo")
    app.extensions["snapshot_password"] = re.findall(r"password (\S+) as", output)[0]
    # The demo lets the clock run again. The worker makes the pictures of documents.
    clock.set_now(NOW)
    _command(app, "worker", "--once")
    know_files(folder)
    return app


def _command(app: Flask, *arguments: str) -> str:
    done = app.test_cli_runner().invoke(args=arguments)
    if done.exit_code:
        raise SystemExit(f"{arguments[0]} stumbled: {done.output} {done.exception!r}")
    return done.output


def rules_of(app: Flask) -> list[str]:
    """Return every address of the portal with its methods; the names of values may change."""
    rules = []
    for rule in app.url_map.iter_rules():
        shape = re.sub(r"<(?:(\w+(?:\([^)]*\))?):)?\w+>", r"<\1>", rule.rule)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        rules.append(f"{shape} {' '.join(methods)}")
    return sorted(rules)


def mails_of(app: Flask) -> list[tuple[str, str]]:
    """Return (name of a file, text) of every mail that the demo caused, sent or not."""
    mails, numbers = [], Counter[str]()
    with app.app_context():
        query = text("SELECT payload, at FROM snapshot_mail ORDER BY at, id")
        with db.engine.connect() as connection:
            rows = connection.execute(query).all()
        for payload, _at in rows:
            message: Any = compose(json.loads(payload))
            headers = ("Subject", "From", "To", "Content-Language", "Auto-Submitted")
            lines = [f"{name}: {message[name]}" for name in headers]
            name = f"{message['To']}: {message['Subject']}"
            numbers[name] += 1
            mails.append(
                (f"{name} {numbers[name]}", "\n".join([*lines, "", message.get_content()]))
            )
        db.session.remove()
    return mails


def signed_in(app: Flask, email: str) -> str:
    """Sign in through the form; return the cookie that belongs to it."""
    client = app.test_client()
    form = client.get(SIGN_IN).get_data(as_text=True)
    hidden = re.findall(r'<input name="(\w+)" type="hidden" value="([^"]*)"', form)
    typed = {"email": email, "password": app.extensions["snapshot_password"]}
    answer = client.post(SIGN_IN, data={**dict(hidden), **typed})
    if answer.status_code not in (302, 303):
        raise SystemExit(f"{email} cannot sign in: {answer.status}")
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{cookie.key}={cookie.value}" if cookie else ""


class Folder:
    """Where a snapshot is written: a folder for each reader, a file for each address."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = Counter[str]()

    def write(self, reader: str, name: str, content: str) -> None:
        """Write one file; one with the name of an earlier one gets a number."""
        short = quote(without_random(name).replace("/", "~"), safe=" @:,+=")
        if len(short) > 180:
            short = short[:160] + hashlib.sha256(short.encode()).hexdigest()[:16]
        self.written[f"{reader}/{short}"] += 1
        number = self.written[f"{reader}/{short}"]
        path = self.root / reader / (short if number == 1 else f"{short} ({number})")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.rstrip("\n") + "\n")


def take(root: Path, most: int) -> None:
    """Write a snapshot of this checkout into a folder that does not exist yet."""
    if root.exists():
        raise SystemExit(f"{root} exists already: choose another folder, or remove it.")
    folder = Folder(root)
    with TemporaryDirectory() as data:
        app = make_portal(Path(data))
        folder.write(".", "rules", "\n".join(rules_of(app)))
        mails = mails_of(app)
        for name, mail in mails:
            folder.write("mails", name, without_random(mail))
        guest = Reader(app.test_client(use_cookies=False))
        links = re.findall(re.escape(SITE) + r"(/\S+)", "\n".join(mail for _name, mail in mails))
        for address in dict.fromkeys(links):
            folder.write("links-in-mails", address, guest.ask(address)[0])
        for person, email in {VISITOR: "", **PEOPLE}.items():
            reader = Reader(app.test_client(use_cookies=False))
            reader.cookie = signed_in(app, email) if email else ""
            for path in _without_values(app):
                reader.remember(path)
                reader.remember(f"/en{path}")
            count = 0
            for address, page in reader.crawl(most):
                count += 1
                folder.write(person, address, page)
            left = len(reader.plain), len(reader.asking)
            print(f"{person}: {count} pages read; left: {left[0]} and {left[1]} with a question")


def _without_values(app: Flask) -> list[str]:
    rules = [rule.split(" ", 1) for rule in rules_of(app)]
    return [path for path, methods in rules if "<" not in path and "GET" in methods]


def _spaced(words: str) -> str:
    """Return a page in which white space that no reader sees is always the same."""
    return BLOCKS.sub(r"\n\1\n", re.sub(r"\s+", " ", words))


def differences(
    before: Path, after: Path, *, ignore_space: bool
) -> tuple[dict[str, list[str]], Counter[str]]:
    """Return {unified diff: names of what differs so}, and how many things are what."""
    left, right = (
        {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
        for root in (before, after)
    )
    diffs: dict[str, list[str]] = {}
    counts = Counter[str]()
    for name in sorted(left.keys() | right.keys()):
        if name not in left or name not in right:
            word = "only before" if name in left else "only after"
            counts[word] += 1
            diffs.setdefault(word, []).append(name)
            continue
        texts = [left[name].read_text(), right[name].read_text()]
        if ignore_space and not name.startswith(("rules", "mails/")):
            texts = [_spaced(page) for page in texts]
        if texts[0] == texts[1]:
            counts["the same"] += 1
            continue
        counts["different"] += 1
        lines = difflib.unified_diff(*(page.splitlines() for page in texts), n=2, lineterm="")
        # Without the names and the line numbers, so that pages that differ alike stand together.
        changed = [re.sub(r"^@@.*@@$", "@@", line) for line in list(lines)[2:]]
        diffs.setdefault("\n".join(changed), []).append(name)
    return diffs, counts


def compare(before: Path, after: Path, *, ignore_space: bool, summary: bool) -> int:
    """Print what differs; return 1 when anything does."""
    diffs, counts = differences(before, after, ignore_space=ignore_space)
    for diff, names in sorted(diffs.items(), key=lambda diff: diff[1]):
        print(f"=== {len(names)} x: {names[0]}")
        for name in names[1:8]:
            print(f"        {name}")
        if len(names) > 8:
            print(f"        and {len(names) - 8} more")
        if not summary:
            print(diff)
    parts = [f"{counts[word]} {word}" for word in ("the same", "different")]
    parts += [f"{counts[word]} {word}" for word in ("only before", "only after")]
    print(f"{'; '.join(parts)}; {len(diffs)} kinds of difference")
    return int(bool(diffs))


def main() -> int:
    """Read the command line, and take or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    taking = verbs.add_parser("take")
    taking.add_argument("folder", type=Path)
    taking.add_argument("--most", type=int, default=2000, help="pages for each reader")
    comparing = verbs.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--ignore-space", action="store_true")
    comparing.add_argument("--summary", action="store_true", help="no diffs, only where they are")
    options = parser.parse_args()
    if options.verb == "take":
        take(options.folder, options.most)
        return 0
    return compare(
        options.before,
        options.after,
        ignore_space=options.ignore_space,
        summary=options.summary,
    )


if __name__ == "__main__":
    sys.exit(main())
