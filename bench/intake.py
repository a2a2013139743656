"""Brings in a file of signatories and one of promises: how long each part takes, and what memory.

    python -m bench.intake [--signatories 342] [--commitments 2000] [--database URL] [--folder F]

It makes an empty portal in a folder of its own, writes both files, brings them in as the worker
does and takes them back. It says how long each part takes, how long the longest write section
holds other writers up, and the most memory at a tenth of the promises and at all of them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select

from bench.figures import record
from bench.place import Place
from portal.accounts.models import Account
from portal.commitments.models import Commitment
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.folding import fold
from portal.documents.fields import reader_limits
from portal.intake import jobs
from portal.intake.actions import begin, call_back, publish, stage, take_back
from portal.intake.queries.intakes import get_intake
from portal.intake.reading import read_file
from portal.lifecycle import CommitmentState
from portal.organisations.queries import person_of
from portal.policy import Person
from portal.services.entered import Source

SOURCE = Source("Gemeten lijst", "https://meting.example/lijst")
SIGNATORY = "Organisatie {number} van {town} (fictief);leverancier;3 juli 2019;{kvk:08d}\n"
PROMISE = (
    "Organisatie {number} van {town} (fictief);Toezegging {each}: {town} deelt zijn gegevens;"
    "Wij leveren dit volgens de afspraken, in stappen die u kunt volgen. {filler};"
    "3-7-2019;eind 2027\n"
)
FILLER = "Meer tekst over wat er komt en voor wie. " * 8
SYLLABLES = (
    "ber",
    "dal",
    "hof",
    "kamp",
    "lo",
    "meer",
    "oord",
    "rijn",
    "stad",
    "veen",
    "wijk",
    "zand",
)


def _town(number: int) -> str:
    base = len(SYLLABLES)
    parts = (number % base, number // base % base, number // base // base % base)
    return "".join(SYLLABLES[part] for part in parts).capitalize()


def _files(folder: Path, signatories: int, commitments: int) -> Iterator[Path]:
    first, second = folder / "ondertekenaars.csv", folder / "toezeggingen.csv"
    rows = (
        SIGNATORY.format(number=n, town=_town(n), kvk=10_000_000 + n) for n in range(signatories)
    )
    first.write_text("naam;soort;getekend;kvk\n" + "".join(rows))
    promised = (
        PROMISE.format(number=n % signatories, town=_town(n % signatories), each=n, filler=FILLER)
        for n in range(commitments)
    )
    head = "ondertekenaar;titel;wat;toegezegd op;termijn\n"
    second.write_text(head + "".join(promised))
    yield from (first, second)


@contextmanager
def _timed(label: str) -> Iterator[None]:
    start, busy = time.perf_counter(), time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lasted, worked = time.perf_counter() - start, time.process_time() - busy
    print(f"  {label:28} {lasted:7.2f} s, of the processor {worked:6.2f} s; most memory {peak} MB")


def _beheerder() -> Person:
    account = Account(
        name="Meting",
        email="meting@voorbeeld.example",
        email_key=fold("meting@voorbeeld.example"),
        password_hash="-",
        is_beheerder=True,
        created_at=clock.now(),
        confirmed_at=clock.now(),
    )
    with write_section():
        db.session.add(account)
    person = person_of(account.id)
    assert person is not None
    return person


def _bring_in(path: Path, by: Person) -> int:
    print(f"{path.name}")
    with _timed("read and staged"), write_section():
        sheets = read_file(path, limits=reader_limits())
        number = stage(sheets, file_name=path.name, source=SOURCE, by=by).id
    with _timed("looked at"):
        jobs.look(number)
    with write_section():
        begin(get_intake(number), by=by)
    with _timed("brought in"):
        jobs.bring_in(number)
    return number


def _time_section(name: str, act: Callable[..., None]) -> Callable[..., None]:
    def timed(*arguments: object, **named: object) -> None:
        with _timed(name):
            act(*arguments, **named)

    return timed


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signatories", type=int, default=342)
    parser.add_argument("--commitments", type=int, default=2000)
    parser.add_argument("--database")
    parser.add_argument("--folder", type=Path, help="where the figure is noted beside the goals")
    asked = parser.parse_args()
    jobs.publish = _time_section("  of which made public", publish)
    jobs.take_back = _time_section("  of which in one section", take_back)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = Place.at(folder / "portal", asked.database).portal()
        with app.app_context():
            upgrade()
            by = _beheerder()
            start, busy = time.perf_counter(), time.process_time()
            files = _files(folder, asked.signatories, asked.commitments)
            numbers = [_bring_in(path, by) for path in files]
            lasted, worked = time.perf_counter() - start, time.process_time() - busy
            print(f"all of it: {lasted:.1f} s, of the processor {worked:.1f} s")
            if asked.folder is not None:
                record(asked.folder, "bench.intake", intake=worked)
            shown = select(func.count()).where(Commitment.state == CommitmentState.PUBLISHED)
            print(f"promises that everybody reads: {db.session.scalar(shown)}")
            for number in reversed(numbers):
                with write_section():
                    call_back(get_intake(number), by=by)
                with _timed("taken back"):
                    jobs.call_back(number)


if __name__ == "__main__":
    main()
