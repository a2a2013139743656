"""Every public function of the rooms of one name, and arguments for it by name and type."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

import portal

# So many ways are tried to call one function: rows in several states, for one.
MOST_CALLS = 24


def functions_of(room: str) -> list[Callable[..., Any]]:
    """Return every public function that a module of `room` ("actions", "queries") defines."""
    found = []
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        parts = module.name.split(".")
        if len(parts) < 3 or parts[2] != room:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            is_own = inspect.isfunction(value) and value.__module__ == module.name
            if is_own and not name.startswith("_"):
                found.append(value)
    return found


def named(function: Callable[..., Any]) -> str:
    """Return the name under which a failure speaks of a function."""
    return f"{function.__module__.removeprefix('portal.')}.{function.__qualname__}"


class NoValue(LookupError):
    """Nothing is known that could be handed to a parameter."""


class Values:
    """What can be handed to parameters: by their name, else by their type."""

    def __init__(
        self, by_name: Mapping[str, Sequence[Any]], by_type: Mapping[str, Sequence[Any]]
    ) -> None:
        self._by_name = by_name
        self._by_type = by_type

    def calls(
        self, function: Callable[..., Any], most: int = MOST_CALLS
    ) -> Iterator[dict[str, Any]]:
        """Yield arguments for `function`, every combination once up to `most`."""
        parameters = inspect.signature(function).parameters.values()
        choices = {
            parameter.name: self._values(function, parameter)
            for parameter in parameters
            if parameter.kind is not parameter.VAR_KEYWORD
        }
        # The texts of a commitment are handed over by name; other such values are optional.
        more = self._by_name["texts"] if any(p.name == "texts" for p in parameters) else [{}]
        # What comes first is what is acted upon: it changes fastest, who acts changes last.
        names = list(reversed(choices))
        combinations = product(*(choices[name] for name in names))
        for chosen in islice(combinations, most):
            yield {**dict(zip(names, chosen, strict=True)), **more[0]}

    def _values(self, function: Callable[..., Any], parameter: inspect.Parameter) -> Sequence[Any]:
        kind = str(parameter.annotation)
        for key in (f"{named(function)}.{parameter.name}", f"{parameter.name}: {kind}"):
            if key in self._by_name:
                return self._by_name[key]
        for part in (kind, *kind.split(" | ")):
            if part in self._by_type:
                return self._by_type[part]
        if parameter.name in self._by_name:
            return self._by_name[parameter.name]
        if parameter.default is not inspect.Parameter.empty:
            return [parameter.default]
        raise NoValue(f"{named(function)} needs {parameter.name}: {kind}")
