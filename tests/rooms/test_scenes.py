"""Whoever an act concerns hears of it, by name, and nobody else: act by act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import MAILS
from portal.core.db import db, write_section
from portal.services.models import HistoryRow, Job
from portal.services.telling import joined
from tests.rooms.scenes import ONLY_IN_SCENES, SCENES
from tests.rooms.scenes.parts import Scene

TABLE = joined(*(room.WHO_IS_TOLD for room in MAILS))


@pytest.mark.parametrize("make_scene", SCENES, ids=lambda scene: scene.__name__)
def test_it_tells_those_and_nobody_else(app: Flask, make_scene: Callable[[], Scene]) -> None:
    scene = make_scene()
    acted = db.session.scalar(select(func.max(HistoryRow.id))) or 0
    mailed = db.session.scalar(select(func.max(Job.id))) or 0
    with write_section():
        scene.do()
    rows = select(HistoryRow.subject, HistoryRow.step).where(HistoryRow.id > acted)
    acts = {tuple(row) for row in db.session.execute(rows)}
    jobs = select(Job.payload).where(Job.kind == "mail", Job.id > mailed)
    mails = [(each["template"], each["to"]) for each in db.session.scalars(jobs)]
    for heard in scene.heard:
        assert (heard.thing, heard.act) in acts
        announced = {
            to
            for each in TABLE[heard.thing, heard.act].mails
            for to in each.to
            if each.template == heard.template
        }
        assert heard.readers.keys() <= announced
        readers = sorted(to for template, to in mails if template == heard.template)
        assert readers == sorted(address for each in heard.readers.values() for address in each)


def test_the_scenes_have_everybody_whom_the_world_of_tests_lacks(app: Flask) -> None:
    seen = {
        ((heard.thing, heard.act), heard.template, to)
        for make_scene in SCENES
        for heard in make_scene().heard
        for to in heard.readers
    }
    assert seen >= ONLY_IN_SCENES, ONLY_IN_SCENES - seen
