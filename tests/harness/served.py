"""The portal as an operator runs it: `flask serve` in processes of its own, on its own data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page

from portal import create_app
from portal.accounts.models import Account
from portal.config import read_settings
from portal.core.db import db
from portal.services.job_figures import waiting_and_parked
from tests.harness.databases import Database, run_folder
from tests.harness.log_watch import WATCH
from tests.harness.mailbox import Mailbox, MailServer, free_port
from tests.harness.portal import session_cookie
from tests.harness.warm import Begun, copies

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
SETTLE_SECONDS = 5.0


class ServedPortal:
    """Web server and worker on a free port; `app` is a way to their data for factories."""

    def __init__(
        self,
        database: Database,
        name: str,
        mail: MailServer,
        front: str = "",
        *,
        is_loaded: bool = True,
        **environment: str,
    ) -> None:
        self._database = database
        self._name = name
        self._mail = mail
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = run_folder() / name
        self.log = self.folder / "serve.log"
        self.environment = {
            "PORTAL_ENV": "test",
            "DATABASE_URL": database.create(name),
            "DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "MAIL_SERVER": mail.host,
            "MAIL_PORT": str(mail.port),
            "RATE_LIMITS": "off",
            "DECISION_MAIL_SECONDS": "0",
            "METRICS_NETWORKS": "127.0.0.1",
            # Half a request of a test is one still when a busy machine has done the rest.
            "HEADER_SECONDS": "60",
            "BODY_SECONDS": "60",
            # So is a query of one that waits until those before it have written what they count.
            "DATABASE_SECONDS": "60",
            **environment,
        }
        self.app = create_app(read_settings(self.environment))
        self.mailbox = Mailbox(mail)
        self._command = ["flask", "--app", "wsgi", "serve"]
        if front:
            # Web server alone, with a front of the test's own.
            self._command = ["granian", "--interface", "asginl", "--factory", front]
            self.environment["GRANIAN_PORT"] = str(self.port)
        # Whether it begins as a copy of a process that has loaded everything, see warm.py.
        self._is_loaded = is_loaded
        self._process: subprocess.Popen[bytes] | Begun | None = None

    def start(self) -> None:
        """Start, and wait until it says that it is well."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = self._begun()
        # Its own session outlives a killed test run: the next run reads this and ends it.
        (self.folder / "serve.pid").write_text(str(self._process.pid))
        deadline = time.monotonic() + PATIENCE
        while not self.is_well():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the portal did not start:\n{self.log_text()[-4000:]}")
            time.sleep(0.05)

    def _begun(self) -> subprocess.Popen[bytes] | Begun:
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        environment = {**kept, **self.environment}
        if self._is_loaded:
            return copies().begin(self._command, environment, self.log)
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *self._command],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Let it run on an empty database, with its context open for factories."""
        if self._process is None:
            self.start()
        self._database.reset(self._name)
        self.mailbox.empty()
        read = len(self.log_text())
        with self.app.app_context():
            yield
            self._settle()
            faults = WATCH.faults(self.log_text()[read:].splitlines())
            assert not faults, f"its log tells {faults}"
        # pytest shows this beside a test that failed.
        print(self.log_text()[read:][-6000:].replace("\\n", "\n"))

    def _settle(self) -> None:
        """Let its worker send what the test left: the mail server is that of the next test too."""
        deadline = time.monotonic() + SETTLE_SECONDS
        db.session.rollback()
        while waiting_and_parked()[0] and time.monotonic() < deadline:
            time.sleep(0.05)
            db.session.rollback()

    def is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def sign_in(self, page: Page, account: Account) -> None:
        """Make the reader of this page the account, without a password."""
        name, value = session_cookie(self.app, account)
        page.context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def log_text(self) -> str:
        """What its processes wrote."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """The process that `flask serve` began as."""
        assert self._process is not None
        return self._process.pid

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll() if self._process is not None else 0

    def stop(self) -> int:
        """Ask it to stop, as an operator's service manager does; return its exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._process = None
        return code

    def kill(self) -> None:
        """End every process of it at once, as a power cut does."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def close(self) -> None:
        """End it, and let go of its data."""
        self.kill()
        with self.app.app_context():
            db.engine.dispose()
