"""The house rules: how large, who imports whom, what the locks and the catalogue hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from portal.core.db import db
from tests.harness import wording

ROOT = Path(__file__).parents[1]
PORTAL = sorted((ROOT / "portal").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))

MODULE_LINES = 300
FUNCTION_LINES = 30
VIEW_LINES = 15
TEMPLATE_LINES = 100
TEMPLATE_COLUMNS = 160
CONFTEST_LINES = 150
# Of a hundred functions, fewer than three with Any in their signature.
MOST_VAGUE = 0.03
FILE_BYTES = 1_000_000
NAMELESS = {"utils", "helpers", "common", "misc", "base", "manager"}
# The rooms of a package in portal/, and what else its tests are named for besides its modules.
ROOMS = ("actions", "queries", "views")
BESIDE_MODULES = re.compile(r"\w*browser|at_once")
NAMED_BY_DESIGN = {"portal/web/forms/base.py"}
# A registry of packages is the installer's business: no file names one.
REGISTRIES = re.compile(rb"pypi\.org|pythonhosted|npmjs\.(org|com)|yarnpkg|jsdelivr|unpkg\.com")
# Forms that stand at the end of a link from a mail: who wants to do nothing closes the page.
FROM_A_MAIL = {
    "accounts/accept_role",
    "accounts/confirm",
    "accounts/reset",
    "accounts/take_email",
    "following/confirm",
    "organisations/accept",
    "organisations/prove_mailbox",
    "signatures/confirm",
    "signatures/confirm_end",
    "signatures/stop_by_link",
}
BEFORE_SIGNING_IN = {"accounts/forgotten", "accounts/unconfirmed"}
# Words that are the same in both languages.
SAME_IN_ENGLISH = {
    "Contact",
    "Data",
    "Database",
    "Document",
    "Download",
    "Home",
    "Logo",
    "Menu",
    "Moderator",
    "OIN",
    "Privacy",
    "RSIN",
    "Services",
    "Status",
    "TOOI",
    "Website",
    "moderator",
}


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in found if path.is_file()]


@pytest.mark.parametrize(
    ("files", "most"),
    [
        (PORTAL, MODULE_LINES),
        (TEMPLATES, TEMPLATE_LINES),
        ([ROOT / "tests/conftest.py"], CONFTEST_LINES),
    ],
    ids=["modules", "templates", "conftest"],
)
def test_it_keeps_files_short(files: list[Path], most: int) -> None:
    long = [f"{_named(path)}: {_lines(path)}" for path in files if _lines(path) > most]
    assert not long, f"longer than {most} lines: {long}"


def test_it_keeps_lines_of_templates_short() -> None:
    long = [
        f"{_named(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > TEMPLATE_COLUMNS
    ]
    assert not long, f"longer than {TEMPLATE_COLUMNS} characters: {long}"


def test_it_gives_every_page_of_a_form_a_way_out() -> None:
    shut = set()
    for path in TEMPLATES:
        text = path.read_text()
        is_form = 'extends "layouts/form.html"' in text and "<form" in text
        if is_form and not re.search(r'_\("(Annuleren|Terug|Niet |Nee)', text):
            shut.add(_named(path).removeprefix("templates/").removesuffix(".html"))
    assert shut == FROM_A_MAIL | BEFORE_SIGNING_IN


def test_it_keeps_functions_short() -> None:
    long = []
    for path in PORTAL:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{_named(path)}:{node.lineno} {node.name}: {lines}")
    assert not long, f"longer than {FUNCTION_LINES} lines: {long}"


def _is_mark(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in ("requires", "public")


def _views() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give every view with its place: what stands behind the mark of a door."""
    for path in PORTAL:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(map(_is_mark, node.decorator_list)):
                yield f"{_named(path)}:{node.lineno} {node.name}", node


def test_it_keeps_views_short_and_says_what_each_does() -> None:
    views = dict(_views())
    lines = {name: (view.end_lineno or 0) - view.lineno + 1 for name, view in views.items()}
    long = [f"{name}: {count}" for name, count in lines.items() if count > VIEW_LINES]
    silent = [name for name, view in views.items() if not ast.get_docstring(view)]
    assert len(views) > 100
    assert not long, f"longer than {VIEW_LINES} lines: {long}"
    assert not silent, f"views without a sentence: {silent}"


def test_it_reads_and_writes_in_queries_and_actions_only() -> None:
    touching = [
        f"{_named(path)}:{number}"
        for path in PORTAL
        if {"views", "forms", "views.py", "forms.py"} & set(path.parts[len(ROOT.parts) + 2 :])
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\bdb\.session\b|\bselect\(", line)
    ]
    assert not touching, f"views and forms that ask the database themselves: {touching}"


def _says_any(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = function.args
    each = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    each += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    types = [one.annotation for one in each if one.annotation is not None]
    types += [function.returns] if function.returns is not None else []
    names = (node for one in types for node in ast.walk(one) if isinstance(node, ast.Name))
    return any(name.id == "Any" for name in names)


def test_it_says_what_functions_take_and_give() -> None:
    functions = [
        (path, node)
        for path in PORTAL
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    vague = [f"{_named(path)}:{node.lineno}" for path, node in functions if _says_any(node)]
    assert len(vague) < len(functions) * MOST_VAGUE, f"Any in the signature: {vague}"


def test_it_imports_only_at_the_top_of_a_module() -> None:
    hidden = []
    for path in [*PORTAL, *TESTS]:
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    hidden.append(f"{_named(path)}:{node.lineno}")
    assert not hidden, f"imports inside functions: {hidden}"


def test_it_gives_every_module_a_name_and_a_sentence_that_say_what_it_is() -> None:
    nameless = [
        _named(path)
        for path in PORTAL
        if NAMELESS & {path.stem, path.parent.name} and _named(path) not in NAMED_BY_DESIGN
    ]
    silent = [_named(path) for path in PORTAL if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not nameless, f"names that say nothing: {nameless}"
    assert not silent, f"no sentence at the top: {silent}"


def _packages_with_rooms() -> dict[Path, list[str]]:
    """Return the folders of packages in portal/, each with the rooms that it has."""
    rooms = {
        folder: [
            room
            for room in ROOMS
            if (folder / room).is_dir() or (folder / room).with_suffix(".py").is_file()
        ]
        for folder in sorted((ROOT / "portal").iterdir())
    }
    return {folder: names for folder, names in rooms.items() if names}


def test_it_has_tests_of_every_room_in_one_place() -> None:
    packages = _packages_with_rooms()
    missing = []
    for folder, rooms in packages.items():
        tests = ROOT / "tests" / folder.name
        for room in rooms:
            is_file = (tests / f"test_{room}.py").is_file()
            if is_file == bool(list((tests / room).glob("test_*.py"))):
                missing.append(f"tests/{folder.name}/test_{room}.py")
    assert len(packages) > 10
    assert not missing, f"not there, or there beside a folder of the room's name: {missing}"


def test_it_names_tests_for_what_they_test() -> None:
    strays = []
    for folder, rooms in _packages_with_rooms().items():
        modules = {path.stem for path in folder.iterdir()} | set(rooms)
        for path in (ROOT / "tests" / folder.name).glob("test_*.py"):
            name = path.stem.removeprefix("test_")
            if name not in modules and not BESIDE_MODULES.fullmatch(name):
                strays.append(_named(path))
    assert not strays, f"named for no room, no module, no browser, no two at once: {strays}"


def test_it_lets_only_the_specific_know_the_generic() -> None:
    # In a process of its own: the linter silences every logger that was there before it.
    linter = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_it_has_migrations_that_lead_to_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    assert not differences, differences


def test_it_names_no_registry_and_locks_with_hashes() -> None:
    naming = [_named(path) for path in _tracked() if REGISTRIES.search(path.read_bytes())]
    assert set(naming) <= {"tests/test_house.py"}, f"these name a registry: {naming}"
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        pinned = re.findall(r"^[\w.-]+(?:\[.*?\])?==\S+", text, re.MULTILINE)
        assert "://" not in text, f"{lock.name} names a host"
        assert pinned, f"{lock.name} pins nothing"
        for requirement in re.split(r"\n(?=\w)", text.strip()):
            assert "--hash=sha256:" in requirement, f"no hash: {requirement[:80]}"
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    unsure = [name for name, facts in packages.items() if name and "integrity" not in facts]
    placed = [name for name, facts in packages.items() if "resolved" in facts]
    assert not unsure, f"no hash: {unsure}"
    assert not placed, f"bound to one host: {placed}"


def test_it_gives_every_decision_a_number_of_its_own() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    numbers = [name[:4] for name in names if name[:4].isdigit()]
    assert len(numbers) > 40
    twice = [name for name in names if numbers.count(name[:4]) > 1]
    assert not twice, f"give the newest of these the next number, in its title too: {twice}"
    titles = [(ROOT / "docs/decisions" / name).read_text().splitlines()[0] for name in names]
    assert [int(title.split()[1].rstrip(".")) for title in titles if title[2:3].isdigit()] == [
        int(number) for number in numbers
    ]


def test_it_keeps_large_files_out_of_the_repository() -> None:
    large = [_named(path) for path in _tracked() if path.stat().st_size > FILE_BYTES]
    assert not large, f"over 1 MB: {large}"


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "portal/translations/en/LC_MESSAGES/messages.po").open("rb") as catalogue:
        return read_po(catalogue, locale="en")


def test_it_speaks_english_wherever_it_speaks_dutch(english: Catalog) -> None:
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = [
        row
        for folder in ("portal", "templates")
        for row in extract_from_dir(
            str(ROOT / folder),
            methods,
            options,
            keywords={
                "_": None,
                "_l": None,
                "gettext": None,
                "lazy_gettext": None,
                "ngettext": (1, 2),
                "lazy_ngettext": (1, 2),
            },
        )
    ]
    asked = {message[0] if isinstance(message, tuple) else message for _f, _n, message, *_ in found}
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in english
        if message.id
    }
    assert not asked - known, f"not in the catalogue: {sorted(asked - known)}"


def test_it_leaves_no_word_untranslated(english: Catalog) -> None:
    faults = []
    for message in english:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        spoken = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy:
            faults.append(f"fuzzy: {sources[0]}")
        if not all(spoken):
            faults.append(f"empty: {sources[0]}")
        elif sources[0] == spoken[0] and sources[0] not in SAME_IN_ENGLISH:
            faults.append(f"still Dutch: {sources[0]}")
        for error in message.check(english):
            faults.append(f"{error}: {sources[0]}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("is_english", [False, True], ids=["nl", "en"])
def test_it_says_one_word_for_one_thing_and_says_it_plainly(is_english: bool) -> None:
    assert len(wording.spoken(english=is_english)) > 2000
    faults = wording.faults(english=is_english)
    assert not faults, "\n".join(faults)
    assert not wording.lost_exceptions(), "exceptions that no text needs"
