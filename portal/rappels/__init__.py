"""Desk: the half-yearly rappel, in which signatories say how it stands with their promises."""
