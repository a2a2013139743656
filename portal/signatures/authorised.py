"""Somebody other than the known tekenbevoegde who may end a signature, on the way to its row."""

from __future__ import annotations

from dataclasses import dataclass

from portal.documents.upload import KeptUpload


@dataclass(frozen=True, slots=True)
class AnotherSignatory:
    """Who confirms the ending instead, with the proof of the mandate.

    `has_left` says that the person who is known as tekenbevoegde no longer works there.
    """

    name: str
    function: str
    email: str
    proof: KeptUpload
    proof_note: str = ""
    has_left: bool = False
