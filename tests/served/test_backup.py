"""A backup of a portal that is in use."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from portal.backup.soundness import faults
from portal.comments.models import CommentVersion
from portal.core.db import db
from tests.factories import make_account, make_discussion
from tests.harness.mailbox import MailServer
from tests.harness.portal import make_portal
from tests.harness.served import ServedPortal
from tests.served.reader import Reader


class Writer(threading.Thread):
    """Posts one comment after the other; `taken` holds those that were acknowledged."""

    def __init__(self, reader: Reader, discussion_id: int, name: str) -> None:
        super().__init__(name=name)
        self._reader, self._discussion_id = reader, discussion_id
        self.taken: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            text = f"Reactie {len(self.taken)} van {self.name}"
            form = self._reader.get("comments.post", discussion_id=self._discussion_id).form()
            assert form.submit(body=text, follow=False).status in (302, 303)
            self.taken.append(text)


@contextmanager
def writing(served: ServedPortal, many: int) -> Iterator[list[Writer]]:
    discussion_id = make_discussion().id
    readers = [Reader(served, make_account()) for _ in range(many)]
    writers = [
        Writer(reader, discussion_id, f"schrijver {number}")
        for number, reader in enumerate(readers)
    ]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stopping.set()
        for writer in writers:
            writer.join()


def type_in(app: Flask, *words: object) -> str:
    runner = app.test_cli_runner()
    result = contextvars.Context().run(runner.invoke, args=[str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def test_it_holds_every_comment_that_was_taken_before_it_began(
    served: ServedPortal, mail_server: MailServer, tmp_path: Path
) -> None:
    place, folder = tmp_path / "in-use.tar", tmp_path / "elsewhere"
    with writing(served, 3) as writers:
        while min(len(writer.taken) for writer in writers) < 2:
            assert all(writer.is_alive() for writer in writers)
            time.sleep(0.02)
        before = [text for writer in writers for text in tuple(writer.taken)]
        type_in(served.app, "backup", place)
        during = sum(len(writer.taken) for writer in writers)
    assert during > len(before), "nobody waited for the backup"
    elsewhere = make_portal(f"sqlite:///{folder / 'portal.sqlite3'}", folder, mail_server)
    type_in(elsewhere, "restore", place)
    with elsewhere.app_context():
        kept = set(db.session.scalars(select(CommentVersion.body)))
        assert kept.issuperset(before)
        assert list(faults(lambda _count: None)) == []
        db.session.rollback()
        db.engine.dispose()
