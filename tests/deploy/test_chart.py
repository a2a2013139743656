"""The chart: rendered by Helm itself, and held against what Kubernetes and Haven want."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import helm_python
import pytest

from portal.config import SECRETS
from tests.deploy.files import DEPLOY, kubernetes, objects_in, read
from tests.test_readme import settings_told

CHART = DEPLOY / "helm/groeipact"
MANY = {
    "replicas": 3,
    "secrets": ["SECRET_KEY", "DATABASE_URL"],
    "persistence": {"accessMode": "ReadWriteMany", "size": "10Gi"},
}
PINNED = {"image": {"repository": "example/groeipact", "digest": "sha256:" + "0" * 64}}
KINDS = {
    "ConfigMap",
    "CronJob",
    "Deployment",
    "Ingress",
    "NetworkPolicy",
    "PersistentVolumeClaim",
    "PodDisruptionBudget",
    "Service",
}


def render(**values: Any) -> list[dict[str, Any]]:
    with helm_python.Chart.load(CHART) as chart:
        return list(objects_in(chart.render(values, name="groeipact", namespace="groeipact")))


def pods_of(made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in made:
        spec = one.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            yield spec["template"]["spec"]


def of_kind(made: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (found,) = [one for one in made if one["kind"] == kind]
    return found


@pytest.mark.parametrize("values", [{}, MANY, PINNED, {"backup": {"enabled": False}}], ids=str)
def test_it_makes_what_kubernetes_takes(values: dict[str, Any]) -> None:
    schema = kubernetes()
    # It takes two seconds to load: only where it is used, not wherever tests are collected.
    jsonschema = import_module("jsonschema")
    made = render(**values)
    for one in made:
        kind = schema["kinds"][f"{one['apiVersion']} {one['kind']}"]
        checked = jsonschema.Draft7Validator({"definitions": schema["definitions"], "$ref": kind})
        faults = [f"{fault.json_path}: {fault.message}" for fault in checked.iter_errors(one)]
        assert not faults, f"{one['kind']}: {faults}"
    assert {one["kind"] for one in made} >= KINDS - {"CronJob"}


def test_helm_finds_nothing_wrong() -> None:
    found = helm_python.lint(CHART, strict=True)
    assert not [one for one in found["messages"] if one["severity"] > 1], found
    assert not found["errors"]


def test_its_containers_are_nobodys_root_and_write_only_what_is_mounted() -> None:
    pods = list(pods_of(render()))
    assert len(pods) == 2
    for pod in pods:
        about = pod["securityContext"]
        assert about["runAsNonRoot"] is True
        assert about["runAsUser"] == int(re.findall(r"(?m)^USER (\d+):", read("Containerfile"))[0])
        assert about["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"] + pod.get("initContainers", []):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            for bound in ("requests", "limits"):
                assert set(container["resources"][bound]) == {"cpu", "memory"}
            mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
            assert {"/data", "/tmp"} <= mounts


def test_its_parts_meet_on_one_port_and_by_one_name() -> None:
    made = render()
    web = next(c for pod in pods_of(made) for c in pod["containers"] if c["name"] == "web")
    (port,) = web["ports"]
    settings = of_kind(made, "ConfigMap")["data"]
    assert str(port["containerPort"]) == settings["PORT"]
    for probe, path in {
        "startupProbe": "/healthz",
        "livenessProbe": "/healthz",
        "readinessProbe": "/readyz",
    }.items():
        assert web[probe]["httpGet"] == {"path": path, "port": port["name"]}
    assert of_kind(made, "Service")["spec"]["ports"][0]["targetPort"] == port["name"]
    (rule,) = of_kind(made, "Ingress")["spec"]["rules"]
    assert settings["PUBLIC_URL"] == f"https://{rule['host']}"
    labels = of_kind(made, "Deployment")["spec"]["template"]["metadata"]["labels"]
    for selector in (
        of_kind(made, "Service")["spec"]["selector"],
        of_kind(made, "Deployment")["spec"]["selector"]["matchLabels"],
        of_kind(made, "NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        of_kind(made, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= labels.items()


def test_it_gives_the_portal_settings_that_there_are_and_no_secret() -> None:
    values = {"settings": {"MAIL_SERVER": "mail.example", "MAIL_SENDER": "a@mail.example"}}
    settings = of_kind(render(**values), "ConfigMap")["data"]
    assert set(settings) <= set(settings_told())
    assert settings["MAIL_SERVER"] == "mail.example"
    assert settings["TRUSTED_PROXY_HOPS"] == "1"


def test_it_hands_out_each_secret_as_a_file_and_none_by_the_environment() -> None:
    made = render(**MANY)
    settings = of_kind(made, "ConfigMap")["data"]
    files = {settings[f"{name}_FILE"]: name for name in MANY["secrets"]}
    for pod in pods_of(made):
        (volume,) = [one["secret"] for one in pod["volumes"] if "secret" in one]
        for container in pod["containers"] + pod["initContainers"]:
            assert [list(source) for source in container["envFrom"]] == [["configMapRef"]]
            (mount,) = [one for one in container["volumeMounts"] if one["name"] == "secrets"]
            assert mount["readOnly"]
            handed = {f"{mount['mountPath']}/{one['path']}": one["key"] for one in volume["items"]}
            assert handed == files
            # Kubernetes makes the files those of its fsGroup: the portal reads them by its group.
            assert volume["defaultMode"] == 0o440
            assert pod["securityContext"]["fsGroup"] == pod["securityContext"]["runAsUser"]


def test_it_knows_every_secret_of_the_portal() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())
    assert set(schema["definitions"]["secret"]["enum"]) == set(SECRETS)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"replicas": 2}, "ReadWriteMany"),
        ({**MANY, "secrets": ["SECRET_KEY"]}, "DATABASE_URL"),
        ({"secrets": ["DATABASE_URL"]}, "SECRET_KEY"),
        ({"publicUrl": "http://groeipact.example"}, "publicUrl"),
        ({"settings": {"SECRET_KEY": "x" * 40}}, "SECRET_KEY"),
        ({"existingSecret": ""}, "existingSecret"),
        ({"image": {"repository": "x", "digest": "sha256:12"}}, "digest"),
        ({"replica": 1}, "replica"),
    ],
    ids=str,
)
def test_it_refuses_values_with_which_it_cannot_run(values: dict[str, Any], said: str) -> None:
    with (
        helm_python.Chart.load(CHART) as chart,
        pytest.raises(helm_python.HelmError, match=said),
    ):
        chart.validate_schema(values)
        chart.render(values, name="groeipact")
