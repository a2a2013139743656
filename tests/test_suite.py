"""The runner of the tests: it takes every test once, counts, and says what is shaky."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness import suite
from tests.harness.changed import tests_of as found_for
from tests.harness.kinds import KINDS, collected, fixtures_of, is_wanted, kind_of, scripts_for
from tests.harness.suite import Outcome, faults_of, told

TESTS = ["tests/a.py::one", "tests/a.py::two"]


def ran(name: str, tests: list[str], *, failed: int = 0, collected: int = 3) -> Outcome:
    """What a run of these tests counted."""
    outcomes = {test: "failed" if nr < failed else "passed" for nr, test in enumerate(tests)}
    return Outcome(name, f"Server of {name}", collected, outcomes, 61.4, int(failed > 0))


def three(**others: Outcome) -> list[Outcome]:
    """Three runs that are in order, but for the others."""
    usual = {
        "pure": ran("pure", ["tests/b.py::three"]),
        "sqlite": ran("sqlite", TESTS),
        "postgresql": ran("postgresql", TESTS),
    }
    return list((usual | others).values())


class TestKinds:
    def test_it_takes_every_test_once_in_the_three_runs(
        self, request: pytest.FixtureRequest
    ) -> None:
        tests = {item.nodeid: fixtures_of(item) for item in request.config.stash[collected]}
        assert len(tests) == len(request.config.stash[collected])
        chosen = {
            kind: [name for name, used in tests.items() if is_wanted(used, kind, no_browser=False)]
            for kind in KINDS
        }
        assert sorted(chosen["pure"] + chosen["database"]) == sorted(chosen["all"])
        assert len(chosen["all"]) == len(tests)
        assert set(suite.RUNS) == {"pure", "sqlite", "postgresql"}
        assert suite.RUNS["sqlite"][0] == suite.RUNS["postgresql"][0] == "--kind=database"

    def test_it_takes_a_test_for_pure_by_what_it_leads_to(
        self, request: pytest.FixtureRequest
    ) -> None:
        assert kind_of(fixtures_of(request.node)) == "pure"
        assert kind_of(["client", "app", "app_of_worker", "database"]) == "database"

    def test_it_knows_what_a_client_leads_to(
        self, client: object, request: pytest.FixtureRequest
    ) -> None:
        assert kind_of(fixtures_of(request.node)) == "database"

    def test_it_does_each_journey_with_and_without_scripts(self) -> None:
        names = [f"tests/journeys/test_{number}.py::test" for number in range(50)]
        for name in names:
            assert scripts_for(name, "sqlite") is not scripts_for(name, "postgresql")
        assert {scripts_for(name, "sqlite") for name in names} == {True, False}

    def test_it_leaves_the_browser_out(self) -> None:
        assert not is_wanted({"playwright", "database"}, "all", no_browser=True)
        assert is_wanted({"database"}, "all", no_browser=True)


class TestCounts:
    def test_it_finds_nothing_wrong_with_equal_counts(self) -> None:
        assert faults_of(three()) == []

    @pytest.mark.parametrize(
        ("others", "words"),
        [
            ({"sqlite": ran("sqlite", TESTS, failed=1)}, "failed"),
            ({"pure": Outcome("pure")}, "failed"),
            ({"sqlite": ran("sqlite", TESTS[:1])}, "equal"),
            ({"sqlite": ran("sqlite", []), "postgresql": ran("postgresql", [])}, "zero"),
            ({"postgresql": ran("postgresql", TESTS, collected=4)}, "not all"),
        ],
    )
    def test_it_says_what_is_wrong(self, others: dict[str, Outcome], words: str) -> None:
        assert words in " ".join(faults_of(three(**others)))

    def test_it_tells_each_count_beside_its_server_and_the_time(self) -> None:
        lines = told(three(), 125)
        for name in suite.RUNS:
            assert [line for line in lines if f"Server of {name}" in line and " passed" in line]
        assert lines[-1].strip() == "the whole took 2 min 5 s"

    def test_it_names_the_files_that_cost_most_in_all_three_runs(self) -> None:
        runs = three()
        runs[1].spent = {"tests/a.py::one": 3.0, "tests/c.py::four": 4.0}
        runs[2].spent = {"tests/a.py::one": 2.0}
        lines = [line.split() for line in told(runs, 1)]
        assert lines.index(["5", "tests/a.py"]) + 1 == lines.index(["4", "tests/c.py"])

    def test_it_names_and_counts_what_failed_and_then_passed_alone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[str, ...]] = []
        monkeypatch.setattr(suite, "pytest", lambda *arguments: asked.append(arguments) or 0)
        shaky = ran("sqlite", TESTS, failed=1)
        suite.try_alone(shaky)
        lines = "\n".join(told(three(sqlite=shaky), 1))
        assert asked == [("--kind=database", "--database=sqlite", TESTS[0])]
        assert "wankel (failed beside the others, passed alone): 1" in lines
        assert f"{TESTS[0]} (sqlite)" in lines
        assert faults_of(three(sqlite=shaky)) == []

    def test_it_keeps_what_fails_alone_as_well(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(suite, "pytest", lambda *_arguments: 1)
        broken = ran("sqlite", TESTS, failed=1)
        suite.try_alone(broken)
        assert broken.shaky == []
        assert faults_of(three(sqlite=broken))


class TestChanged:
    @pytest.fixture(autouse=True)
    def house(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """A house in which these tests are there."""
        for name in ("test_house", "test_doors", "test_policy", "web/test_log", "news/test_views"):
            path = tmp_path / f"tests/{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize(
        ("changed", "tests"),
        [
            ("docs/limits.md", []),
            ("portal/policy/people.py", ["tests/test_doors.py", "tests/test_policy.py"]),
            ("portal/policy/__init__.py", ["tests/test_doors.py", "tests/test_policy.py"]),
            ("portal/web/guard.py", ["tests/test_doors.py", "tests/web"]),
            ("portal/news/views/reading.py", ["tests/news", "tests/test_doors.py"]),
            ("portal/news/models.py", ["tests/news"]),
            ("templates/news/page.html", ["tests/news"]),
            ("tests/news/test_views.py", ["tests/news/test_views.py"]),
            ("tests/news/scenes.py", ["tests/news"]),
            ("portal/nowhere/models.py", []),
        ],
    )
    def test_it_finds_the_tests_of_what_changed(self, changed: str, tests: list[str]) -> None:
        assert found_for([changed]) == sorted([*tests, "tests/test_house.py"])
