"""The twelve provinces, by the word that is kept of them; None stands for the whole country."""

from __future__ import annotations

# Names are the provinces' own, the same in both languages of the portal.
PROVINCES = {
    "drenthe": "Drenthe",
    "flevoland": "Flevoland",
    "fryslan": "Fryslân",
    "gelderland": "Gelderland",
    "groningen": "Groningen",
    "limburg": "Limburg",
    "noord-brabant": "Noord-Brabant",
    "noord-holland": "Noord-Holland",
    "overijssel": "Overijssel",
    "utrecht": "Utrecht",
    "zeeland": "Zeeland",
    "zuid-holland": "Zuid-Holland",
}

_OTHER_NAMES = {"friesland": "fryslan"}


def find_province(name: str) -> str | None:
    """Return the kept word for a name as lists write it ("Friesland" too), None if unknown."""
    word = name.strip().casefold()
    by_name = {called.casefold(): key for key, called in PROVINCES.items()}
    return _OTHER_NAMES.get(word) or by_name.get(word) or (word if word in PROVINCES else None)


def province_name(province: str | None) -> str | None:
    """Return the name of a province, None for an organisation of the whole country."""
    return PROVINCES[province] if province is not None else None
