"""The addresses of a portal, compiled once in a process instead of once for each portal."""

from __future__ import annotations

from collections.abc import Hashable
from types import MethodType
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

# What an address is compiled from -> what compiling it sets.
_compiled: dict[Hashable, dict[str, Any]] = {}


class KnownRule(Rule):
    """Half of what it takes to make a portal is to compile its addresses: they are always alike."""

    def compile(self) -> None:
        """Take over what the same address got before, or compile it."""
        key = self._source()
        if key not in _compiled:
            before = dict(vars(self))
            super().compile()
            _compiled[key] = {
                name: value
                for name, value in vars(self).items()
                if name not in before or value is not before[name] or name == "arguments"
            }
            return
        for name, value in _compiled[key].items():
            setattr(self, name, self._own(value))

    def _source(self) -> Hashable:
        map_, defaults = self.map, self.defaults or {}
        return (
            *(self.rule, self.subdomain, self.host, self.merge_slashes, map_.host_matching),
            tuple(sorted((name, repr(value)) for name, value in defaults.items())),
            tuple(sorted((name, repr(kind)) for name, kind in map_.converters.items())),
        )

    def _own(self, value: Any) -> Any:
        if isinstance(value, MethodType):
            return MethodType(value.__func__, self)
        return set(value) if isinstance(value, set) else value


def know_rules() -> None:
    """Let every portal of this process from now on share what it compiles."""
    Flask.url_rule_class = KnownRule
