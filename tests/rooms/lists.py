"""How every list is asked: with each filter by itself, in each order; and lists of other rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portal.commitments.queries.filtering import WITHOUT, CommitmentFilter
from portal.commitments.queries.listing import ORDERS
from portal.commitments.standing import Standing
from portal.following.queries import ChangeFilter
from portal.register.queries.ordering import BY_NAME, NEWEST, NEWS
from portal.search import indexing, misses
from portal.search.kinds import Kind
from portal.search.queries.finding import answer_to
from portal.search.queries.narrowing import Narrowing
from portal.services import job_figures, jobs
from portal.signatures.queries.filtering import STATES, SignatoryFilter

_PROMISES = (
    CommitmentFilter(),
    CommitmentFilter(kinds=("plan",)),
    CommitmentFilter(organisation_kinds=("gemeente",)),
    CommitmentFilter(layers=("interactie",)),
    CommitmentFilter(principles=("gegevens-bij-de-bron",)),
    CommitmentFilter(standings=(Standing.LATE, Standing.DONE)),
    CommitmentFilter(due="2027"),
    CommitmentFilter(due=WITHOUT),
    CommitmentFilter(organisation="gemeente"),
    CommitmentFilter(words="plan"),
)
_SIGNATORIES = (
    SignatoryFilter(),
    SignatoryFilter(kinds=("gemeente",)),
    SignatoryFilter(province="utrecht"),
    SignatoryFilter(state=next(iter(STATES))),
    SignatoryFilter(signed="2019"),
    SignatoryFilter(event="1"),
    SignatoryFilter(words="gemeente"),
)
_CHANGES = (
    ChangeFilter(),
    ChangeFilter(kinds=("gereed",)),
    ChangeFilter(organisation="gemeente"),
    ChangeFilter(commitment="plan"),
    ChangeFilter(organisation_kinds=("gemeente",)),
    ChangeFilter(province="utrecht"),
    ChangeFilter(promises=CommitmentFilter(kinds=("plan",))),
)
_FOUND = (
    Narrowing(),
    Narrowing(kind=Kind.COMMENT),
    Narrowing(year=2026),
    Narrowing(organisation="gemeente"),
    Narrowing(standing=Standing.LATE),
)
# For `values`: what a parameter of a list is given, before what the world has for it.
LISTS: Mapping[str, Sequence[Any]] = {
    "filters: CommitmentFilter": _PROMISES,
    "filters: SignatoryFilter": _SIGNATORIES,
    "filters: ChangeFilter": _CHANGES,
    "narrowing: Narrowing": _FOUND,
    "is_past: bool": [False],
    "cursor: str | None": [None],
    "commitments.queries.listing.listing.order": list(ORDERS),
    **{
        f"register.queries.signatories.{name}.order": [BY_NAME, NEWEST, NEWS, "te-laat"]
        for name in ("listing", "taken")
    },
}

# Lists and questions that no room of queries has: what waits for the worker, what was not found.
BESIDE: Mapping[str, Callable[[], object]] = {
    "search.misses.misses": misses.misses,
    "search.misses.misses_in_all": misses.misses_in_all,
    "search.indexing.is_due": indexing.is_due,
    "search.indexing.index_some": indexing.index_some,
    "search.queries.finding.answer_to": lambda: answer_to("plan gemeente"),
    "services.jobs.parked": jobs.parked,
    "services.jobs.last_of": lambda: jobs.last_of("mail", 10),
    "services.jobs.run_one": jobs.run_one,
    "services.job_figures.piles": job_figures.piles,
    "services.job_figures.stuck_mail": job_figures.stuck_mail,
    "services.job_figures.waiting_and_parked": job_figures.waiting_and_parked,
    "services.job_figures.longest_wait": job_figures.longest_wait,
}
