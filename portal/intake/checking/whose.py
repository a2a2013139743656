"""Of which signatory a promise is: one that is here, or one that comes with the same file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal.core.i18n import gettext as _
from portal.intake.queries.intakes import Beside
from portal.intake.queries.known import Known, find_organisation
from portal.intake.verdicts import Outcome, Remark, Verdict
from portal.organisations.likeness import match_name
from portal.organisations.queries import near_duplicates
from portal.policy import Person
from portal.signatures.queries import admitted_signature_of


@dataclass(slots=True)
class Whose:
    """Finds the signatory that a row of a promise names; the same name is looked up once."""

    known: Known
    # The row of a signatory with a name, in the same file.
    beside: Callable[[str], Beside | None]
    by: Person | None
    # Organisations that become signatories with the same file.
    coming: frozenset[int] = frozenset()
    # Name -> the organisation that was chosen for it, on a row of another promise.
    chosen: Mapping[str, int] = field(default_factory=dict)
    _found: dict[str, Outcome] = field(default_factory=dict)

    def find(self, name: str) -> Outcome:
        """Return the signatory; of one that comes with the file and is not here, no number."""
        key = match_name(name)
        if key not in self._found:
            self._found[key] = self._find(name, key)
        outcome = self._found[key]
        return Outcome(
            outcome.verdict,
            list(outcome.remarks),
            outcome.organisation_id,
            candidates=list(outcome.candidates),
        )

    def _find(self, name: str, key: str) -> Outcome:
        beside = self.beside(key)
        if beside is not None and beside.organisation_id is None:
            return self._as_beside(beside)
        if beside is not None:
            return Outcome(Verdict.EQUAL, organisation_id=beside.organisation_id)
        if key in self.chosen:
            return Outcome(Verdict.EQUAL, organisation_id=self.chosen[key])
        named = sorted(self.known.named(name))
        if len(named) == 1:
            return Outcome(Verdict.EQUAL, organisation_id=named[0])
        alike = named or [one.organisation_id for one in near_duplicates(name, for_moderator=True)]
        if alike:
            message = _("Wij weten niet zeker welke organisatie dit is. Kies welke.")
            remarks = [Remark("ondertekenaar", message)]
            return Outcome(Verdict.DOUBTFUL, remarks, candidates=alike)
        message = _(
            "Deze organisatie staat hier niet. Zet die op het blad met ondertekenaars, of "
            "controleer de naam."
        )
        return Outcome(Verdict.WRONG, [Remark("ondertekenaar", message)])

    def _as_beside(self, beside: Beside) -> Outcome:
        if beside.verdict is Verdict.NEW:
            return Outcome(Verdict.EQUAL)
        message = _("Kijk eerst naar de regel van deze ondertekenaar: die wordt zo niet ingevoerd.")
        return Outcome(Verdict.WRONG, [Remark("ondertekenaar", message)])

    def why_not_new(self, organisation_id: int | None) -> str:
        """Return why nothing can be entered for a signatory; "" when it can."""
        organisation = find_organisation(organisation_id) if organisation_id is not None else None
        if organisation is None:
            return ""
        if self.by is not None and (
            organisation.id in self.by.roles or organisation.id in self.by.ties
        ):
            return str(
                _("U hebt of had zelf een band met deze organisatie. Laat een ander dit doen.")
            )
        if organisation.has_owner:
            return str(_("Deze organisatie heeft een eigenaar. Die zegt zelf wat er is toegezegd."))
        if organisation.is_frozen:
            return str(_("Deze organisatie is bevroren."))
        if organisation.id in self.coming or admitted_signature_of(organisation.id) is not None:
            return ""
        return str(_("Deze organisatie is geen ondertekenaar."))
