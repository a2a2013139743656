"""The twelve provinces, by the key that is stored; None stands for the whole country."""

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
    """Return the stored key for a name as lists write it ("Friesland" too), None if unknown."""
    folded = name.strip().casefold()
    by_name = {shown.casefold(): key for key, shown in PROVINCES.items()}
    key = _OTHER_NAMES.get(folded) or by_name.get(folded)
    return key or (folded if folded in PROVINCES else None)


def province_name(province: str | None) -> str | None:
    """Return the name of a province, None for an organisation of the whole country."""
    return PROVINCES[province] if province is not None else None
