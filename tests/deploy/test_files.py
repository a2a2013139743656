"""Units, proxies, image and compose file: read by their own programs, and true to the portal."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.config import read_settings
from tests.deploy.files import DEPLOY, NO_SETTINGS, ROOT, read, run, settings_in
from tests.handbook.stand_in import settings_of
from tests.test_readme import settings_told

UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
LIMITS = (ROOT / "docs/limits.md").read_text()
DEFAULTS = read_settings({"PORTAL_ENV": "test"})


def test_the_sample_of_settings_names_those_there_are_and_starts_once_it_is_filled_in(
    tmp_path: Path,
) -> None:
    sample = settings_in(read("groeipact.env"))
    assert set(sample) <= set(settings_told())
    filled = {"SECRET_KEY": "0" * 64, "MAIL_SERVER": "mail.example", "MAIL_SENDER": "a@b.example"}
    found = read_settings({**sample, **filled, "DATA_DIR": str(tmp_path)})
    assert found.mode == "production"
    assert found.is_https
    assert found.trusted_hops == 1
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        read_settings(sample)


def test_the_shell_of_the_portal_is_read_by_a_shell() -> None:
    run("sh", "-n", DEPLOY / "groeipact")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
class TestUnits:
    def test_systemd_reads_it(self, unit: Path, tmp_path: Path) -> None:
        # The programs that it names are not on this machine.
        text = re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text)
        told = run("systemd-analyze", "verify", "--man=no", tmp_path / unit.name)
        assert unit.name not in told, told

    def test_it_reaches_little_of_the_machine(self, unit: Path) -> None:
        told = run(
            "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", unit
        )
        assert float(re.findall(r"exposure level for \S+: ([\d.]+)", told)[0]) < 2

    def test_it_runs_the_portal_that_the_handbook_installs(self, unit: Path) -> None:
        said = settings_of(unit)
        program, *words = shlex.split(said["ExecStart"][0])
        assert program == f"{said['WorkingDirectory'][0]}/.venv/bin/flask"
        assert words[:2] == ["--app", "wsgi"]
        assert words[2] in ("serve", "worker", "backup")
        handbook = (ROOT / "docs/beheer/installeren.md").read_text()
        for place in (said["WorkingDirectory"][0], said["EnvironmentFile"][0]):
            assert place in handbook
        assert f"install -d -o {said['User'][0]} -g {said['Group'][0]} -m 700 /var/lib" in handbook
        data = settings_in(read("groeipact.env"))["DATA_DIR"]
        assert data == f"/var/lib/{said['StateDirectory'][0]}"

    def test_it_gives_each_process_the_files_that_its_connections_take(self, unit: Path) -> None:
        said = settings_of(unit)
        if "serve" in said["ExecStart"][0]:
            assert int(said["LimitNOFILE"][0]) > DEFAULTS.front.connections
            assert int(said["TimeoutStopSec"][0]) > 20


def test_the_timer_starts_the_backup_every_night(tmp_path: Path) -> None:
    told = run("systemd-analyze", "calendar", "*-*-* 02:30:00")
    assert "02:30:00" in told
    said = settings_of(DEPLOY / "systemd/groeipact-backup.timer")
    assert said["OnCalendar"] == ["*-*-* 02:30:00"]
    assert said["Persistent"] == ["yes"]


def certificate(folder: Path) -> None:
    """Write a certificate and its key, as an authority would give them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "groeipact.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now,
                                now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "privkey.pem").write_bytes(private)


class TestNginx:
    TEXT = read("proxy/nginx.conf")

    def said(self, name: str) -> list[str]:
        """Return every value that a directive has."""
        return re.findall(rf"(?m)^\s*{name} (.+);$", self.TEXT)

    def test_nginx_reads_it(self, tmp_path: Path) -> None:
        certificate(tmp_path)
        text = self.TEXT.replace("/etc/letsencrypt/live/groeipact.example", str(tmp_path))
        (tmp_path / "site.conf").write_text(text)
        whole = (
            f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
            f"http {{ access_log off; include {tmp_path}/site.conf; }}"
        )
        (tmp_path / "nginx.conf").write_text(whole)
        assert "test is successful" in run("nginx", "-t", "-c", tmp_path / "nginx.conf")

    def test_it_lets_the_portal_say_what_is_too_large_or_too_slow(self) -> None:
        (most,) = self.said("client_max_body_size")
        assert int(most.removesuffix("m")) > DEFAULTS.max_file_bytes // 1024**2 * 2
        assert self.said("proxy_request_buffering") == ["off"]
        assert self.said("client_header_timeout") == [f"{DEFAULTS.front.header_seconds}s"]
        assert self.said("client_body_timeout") == [f"{DEFAULTS.front.body_seconds}s"]
        assert self.said("send_timeout") == [f"{DEFAULTS.front.reading_seconds}s"]
        # A connection to the portal ends here before the portal ends it.
        held = [int(value.removesuffix("s")) for value in self.said("keepalive_timeout")]
        assert min(held) < DEFAULTS.front.header_seconds

    def test_it_counts_for_one_address_what_the_portal_does_not(self) -> None:
        assert "dat doet een proxy ervoor" in LIMITS
        assert self.said("limit_conn") == ["groeipact_address 100"]
        assert self.said("limit_req") == ["zone=groeipact_asked burst=200 nodelay"]
        assert set(self.said("limit_conn_status") + self.said("limit_req_status")) == {"429"}

    def test_it_leads_to_the_port_of_the_portal_and_keeps_health_inside(self) -> None:
        assert f"server 127.0.0.1:{DEFAULTS.port};" in self.TEXT
        assert "location ~ ^/(healthz|readyz)$" in self.TEXT
        headers = {"Host": "$host", "X-Forwarded-Proto": "$scheme"}
        headers["X-Forwarded-For"] = "$proxy_add_x_forwarded_for"
        assert (
            headers.items()
            <= dict(value.split(" ", 1) for value in self.said("proxy_set_header")).items()
        )

    def test_it_writes_down_no_address_of_a_reader(self) -> None:
        servers = self.TEXT.count("server_name")
        assert self.said("access_log") == ["off"] * servers


class TestCaddy:
    def adapted(self, **environment: str) -> Any:
        file = DEPLOY / "proxy/Caddyfile"
        told = run("caddy", "adapt", "--validate", "--config", file, XDG_DATA_HOME="/tmp",
                   XDG_CONFIG_HOME="/tmp", **environment)  # fmt: skip
        return json.loads(told[told.index('{"apps"') :].splitlines()[0])

    def test_caddy_reads_it_and_finds_the_portal(self) -> None:
        text = json.dumps(self.adapted())
        assert f'"dial": "127.0.0.1:{DEFAULTS.port}"' in text
        assert '"host": ["groeipact.example"]' in text
        text = json.dumps(self.adapted(GROEIPACT_HOST="a.example", GROEIPACT_UPSTREAM="web:8000"))
        assert '"dial": "web:8000"' in text
        assert '"host": ["a.example"]' in text

    def test_it_bounds_what_the_portal_leaves_to_it(self) -> None:
        (server,) = self.adapted()["apps"]["http"]["servers"].values()
        second = 10**9
        assert server["read_header_timeout"] == DEFAULTS.front.header_seconds * second
        text = json.dumps(server)
        assert f'"max_size": {100 * 10**6}' in text
        assert '"/healthz", "/readyz"' in text


class TestImage:
    TEXT = read("Containerfile")

    def test_hadolint_finds_nothing_wrong(self) -> None:
        assert run("hadolint", DEPLOY / "Containerfile") == ""

    def test_it_runs_as_nobodys_root_on_the_ports_it_says(self) -> None:
        last = self.TEXT[self.TEXT.rindex("\nFROM ") :]
        uid, gid = re.findall(r"(?m)^USER (\d+):(\d+)$", last)[0]
        assert f"--uid {uid} " in last
        assert uid == gid
        given = dict(re.findall(r"([A-Z][A-Z_]+)=(\S+)", last[last.index("\nENV") :]))
        assert set(given) - NO_SETTINGS <= set(settings_told())
        assert f"EXPOSE {given['PORT']}" in last
        assert f"http://127.0.0.1:{given['HEALTH_PORT']}/healthz" in last
        assert f"VOLUME {given['DATA_DIR']}" in last

    def test_it_has_every_file_that_serving_needs(self) -> None:
        copied = re.findall(r"(?m)^COPY (?!--from)(.+)$", self.TEXT)
        names = {name for line in copied for name in line.split()[:-1]}
        assert all((ROOT / name).exists() for name in names)
        assert {"portal", "templates", "migrations", "wsgi.py"} <= names
        let_in = read("Containerfile.containerignore").splitlines()
        for name in names:
            assert any(line in (f"!{name}", f"!{name}/src", f"!{name}/img") for line in let_in), (
                f"{name} is kept out of the build"
            )
        # Whoever builds may name others; no file here names a registry.
        assert re.findall(r"(?m)^FROM (\S+)", self.TEXT) == ["${NODE}", "${BASE}", "${BASE}"]

    def test_it_holds_both_bases_by_their_digest(self) -> None:
        bases = dict(re.findall(r"(?m)^ARG (\w+)=(\S+)$", self.TEXT))
        assert set(bases) == {"BASE", "NODE"}
        for base in bases.values():
            assert re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", base)


class TestCompose:
    TEXT = read("compose.yaml")
    SERVICES = yaml.safe_load(TEXT)["services"]

    def test_it_is_what_the_specification_says(self) -> None:
        compose_spec.ComposeSpecification.model_validate(yaml.safe_load(self.TEXT))

    @pytest.mark.parametrize("name", SERVICES)
    def test_each_service_can_do_no_more_than_it_must(self, name: str) -> None:
        service = self.SERVICES[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"mem_limit", "pids_limit", "healthcheck", "restart"} - set(service) <= (
            {"healthcheck"} if name == "web" else set()
        )
        assert ("ports" in service) is (name == "proxy")

    def test_it_gives_the_portal_settings_that_there_are(self) -> None:
        for name in ("web", "worker", "backup"):
            given = self.SERVICES[name]["environment"]
            assert set(given) <= set(settings_told())
        upstream = self.SERVICES["proxy"]["environment"]["GROEIPACT_UPSTREAM"]
        assert upstream == f"web:{self.SERVICES['web']['environment']['PORT']}"
        assert "HEALTH_PORT" in self.SERVICES["web"]["environment"]

    def test_it_hands_out_secrets_as_files_to_those_that_read_them(self) -> None:
        files = yaml.safe_load(self.TEXT)["secrets"]
        for name, service in self.SERVICES.items():
            given = service.get("environment", {})
            read = {value.rpartition("/")[2] for key, value in given.items() if "_FILE" in key}
            assert read == set(service.get("secrets", [])), name
            assert read <= set(files)
            assert not {"SECRET_KEY", "DATABASE_URL", "POSTGRES_PASSWORD"} & set(given)
        for name, secret in files.items():
            assert secret == {"file": f"./secrets/{name}"}
            assert f"#     {name} " in self.TEXT, "the lines above say how to make it"

    def test_the_database_has_no_way_out(self) -> None:
        assert self.SERVICES["database"]["networks"] == ["inside"]
        assert yaml.safe_load(self.TEXT)["networks"]["inside"] == {"internal": True}
