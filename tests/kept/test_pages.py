"""Of every public page it is known whether it is kept whole, and if not, why."""

from __future__ import annotations

from flask import Flask

from portal.kept.pages import NOT_KEPT, PAGES


def test_it_knows_of_every_page_that_a_visitor_can_open(app: Flask) -> None:
    opened = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and (door := app.view_functions[rule.endpoint].door).form is None  # type: ignore[attr-defined]
        and not door.is_for_accounts
    }
    assert not PAGES.keys() & NOT_KEPT.keys()
    missing = opened - PAGES.keys() - NOT_KEPT.keys()
    assert not missing, f"kept whole, or not, and why? {sorted(missing)}"
    assert PAGES.keys() <= opened, "what only some may read is kept for nobody"


def test_it_keeps_no_page_whose_address_is_a_key_to_something(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PAGES:
            assert "token" not in rule.arguments, rule.rule
