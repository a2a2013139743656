"""What changed, read from the log; what is not in sight for everybody is cut at reading."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from portal.commitments.models import Commitment, Prognosis, TermMove, Update
from portal.commitments.queries.standing import IS_PUBLIC
from portal.commitments.standing import Progress
from portal.core import clock
from portal.core.db import Columnar, db, read_as, read_row
from portal.core.paging import Key, Listing, listing_of, read_moment
from portal.following.change import Change
from portal.following.kinds import ACTS, ChangeKind, steps_of
from portal.following.queries.filtering import ChangeFilter, clauses
from portal.lifecycle import (
    ArticleState,
    CommitmentState,
    PactVersionState,
    ReportState,
    SignatureState,
)
from portal.news.models import Article
from portal.organisations.models import Organisation
from portal.pact.models import PactVersion
from portal.reports.models import YearlyReport
from portal.services.models import HistoryRow
from portal.signatures.models import Signature

PER_PAGE = 50


_NEWEST = (HistoryRow.at.desc(), HistoryRow.id.desc())
# The endpoint of what a change is about, and the name of the value in its address.
ADDRESSES = {
    "signature": ("register.signatory", "slug"),
    "commitment": ("commitments.show", "slug"),
    "article": ("news.show", "slug"),
    "pact_version": ("pact.version", "label"),
    "yearly_report": ("overview.report", "key"),
}

_LATER = aliased(HistoryRow)
# An act that was undone, and an article that was taken away and put back, tell only of the last.
_UNDOING = {"signature": "undo", "article": "unpublish"}
# Acts on a commitment that everybody saw only when it was public by then.
_ONCE_PUBLIC = ("edited", "document_added", "document_renewed")

_STANDS = {
    "signature": and_(
        Signature.state.in_((SignatureState.ADMITTED, SignatureState.ENDED)),
        Organisation.published_at.is_not(None),
    ),
    "commitment": and_(
        IS_PUBLIC,
        Organisation.published_at.is_not(None),
        or_(
            HistoryRow.step.not_in(_ONCE_PUBLIC), HistoryRow.from_state == CommitmentState.PUBLISHED
        ),
        or_(
            HistoryRow.step != "reported",
            and_(Update.id.is_not(None), Update.retracted_at.is_(None)),
        ),
        or_(
            HistoryRow.step != "foretold",
            and_(Prognosis.id.is_not(None), Prognosis.recalled_at.is_(None)),
        ),
    ),
    "article": and_(Article.state == ArticleState.PUBLISHED, Article.hidden_at.is_(None)),
    "pact_version": PactVersion.state == PactVersionState.PUBLISHED,
    "yearly_report": YearlyReport.state == ReportState.ESTABLISHED,
}

_KIND = case(
    (and_(HistoryRow.step == "reported", Update.progress == Progress.DONE), ChangeKind.DONE),
    *(
        (and_(HistoryRow.subject == thing, HistoryRow.step == step), str(kind))
        for (thing, step), kind in ACTS.items()
    ),
)
_ENTERED_AS = case(
    (HistoryRow.step == "reported", Update.entered_as),
    (HistoryRow.step == "term_moved", TermMove.entered_as),
    (HistoryRow.step == "withdraw", Commitment.withdrawn_as),
    (HistoryRow.step == "publish", Commitment.entered_as),
    (HistoryRow.subject == "signature", Signature.entered_as),
)
# How addresses name a report; NULL without one.
_REPORT = cast(YearlyReport.year, String) + "-" + cast(YearlyReport.number, String)
# A title is a text of the register, and those are in Dutch here.
_REPORT_TITLE = "Jaarverslag " + _REPORT
_CHANGES: Columnar = (
    select(
        HistoryRow.id.label("id"),
        HistoryRow.at.label("at"),
        _KIND.label("kind"),
        HistoryRow.subject,
        HistoryRow.step,
        func.coalesce(Commitment.slug, Article.slug, PactVersion.label, _REPORT, Organisation.slug),
        func.coalesce(Commitment.short_number, Signature.short_number),
        func.coalesce(
            Commitment.title, Article.title, PactVersion.title, _REPORT_TITLE, Organisation.name
        ),
        func.coalesce(Commitment.language, Article.language, "nl"),
        Organisation.name,
        Organisation.slug,
        _ENTERED_AS,
        Commitment.term_words,
        Commitment.term_language,
        TermMove.old_words,
        TermMove.old_language,
        TermMove.new_words,
        TermMove.language,
        Update.progress,
        Update.told_on,
        Signature.signed_words,
        Signature.signed_earliest,
        Signature.signed_latest,
        HistoryRow.account_id,
        Organisation.id,
    )
    .select_from(HistoryRow)
    .outerjoin(
        Signature, and_(HistoryRow.subject == "signature", Signature.id == HistoryRow.subject_id)
    )
    .outerjoin(
        Commitment, and_(HistoryRow.subject == "commitment", Commitment.id == HistoryRow.subject_id)
    )
    .outerjoin(Article, and_(HistoryRow.subject == "article", Article.id == HistoryRow.subject_id))
    .outerjoin(
        PactVersion,
        and_(HistoryRow.subject == "pact_version", PactVersion.id == HistoryRow.subject_id),
    )
    .outerjoin(
        YearlyReport,
        and_(HistoryRow.subject == "yearly_report", YearlyReport.id == HistoryRow.subject_id),
    )
    .outerjoin(
        Organisation,
        Organisation.id == func.coalesce(Signature.organisation_id, Commitment.organisation_id),
    )
    .outerjoin(Update, Update.history_id == HistoryRow.id)
    .outerjoin(TermMove, TermMove.history_id == HistoryRow.id)
    .outerjoin(Prognosis, Prognosis.history_id == HistoryRow.id)
)


def changes_in(month: date, filters: ChangeFilter, cursor: str | None = None) -> Listing[Change]:
    """Return the page at `cursor` of what changed in the month of that first day, newest first."""
    begin, end = _bounds(month)
    query = _matching(filters).where(HistoryRow.at >= begin, HistoryRow.at < end)
    keys = [
        Key(HistoryRow.at, "at", descending=True, read=read_moment),
        Key(HistoryRow.id, "id", descending=True),
    ]
    page = listing_of(db.session, query, keys, size=PER_PAGE, cursor=cursor)
    rows = [Change(*row) for row in page.rows]
    return Listing(rows, page.next, page.previous, page.start, page.count)


def latest(filters: ChangeFilter, most: int) -> tuple[Change, ...]:
    """Return the `most` changes that came last, the newest first."""
    return read_as(Change, _matching(filters).order_by(*_NEWEST).limit(most))


def changes_between(
    filters: ChangeFilter, since: datetime, until: datetime, most: int
) -> tuple[Change, ...]:
    """Return the first `most` changes after `since`, up to and with `until`, the oldest first."""
    query = _matching(filters).where(HistoryRow.at > since, HistoryRow.at <= until)
    return read_as(Change, query.order_by(HistoryRow.at, HistoryRow.id).limit(most))


def newest_between(filters: ChangeFilter, since: datetime, until: datetime) -> datetime | None:
    """Return when the last change after `since`, up to and with `until`, came; None for none."""
    query = _matching(filters).with_only_columns(HistoryRow.at)
    row = read_row(
        query.where(HistoryRow.at > since, HistoryRow.at <= until)
        .order_by(HistoryRow.at.desc())
        .limit(1)
    )
    return row[0] if row is not None else None


def has_news(since: datetime, until: datetime) -> bool:
    """Return whether an act that can be a change came after `since`, up to and with `until`."""
    acts = or_(
        *(
            and_(HistoryRow.subject == thing, HistoryRow.step.in_(steps_of(thing, ())))
            for thing in _STANDS
        )
    )
    window = (HistoryRow.at > since, HistoryRow.at <= until)
    return db.session.scalar(select(HistoryRow.id).where(*window, acts).limit(1)) is not None


def months_beside(month: date, filters: ChangeFilter) -> tuple[date | None, date | None]:
    """Return the first days of the nearest months before and after in which something changed."""
    begin, end = _bounds(month)
    moments = _matching(filters).with_only_columns(HistoryRow.at)
    earlier = moments.where(HistoryRow.at < begin).order_by(HistoryRow.at.desc())
    later = moments.where(HistoryRow.at >= end).order_by(HistoryRow.at)
    return _month_of(earlier), _month_of(later)


def latest_month(filters: ChangeFilter) -> date | None:
    """Return the first day of the last month in which something changed, None without one."""
    moments = _matching(filters).with_only_columns(HistoryRow.at)
    return _month_of(moments.order_by(HistoryRow.at.desc()))


def find_commitment_title(slug: str) -> str | None:
    """Return the title of the public commitment with this slug, or None."""
    return db.session.scalar(select(Commitment.title).where(Commitment.slug == slug, IS_PUBLIC))


def _month_of(moments: Columnar) -> date | None:
    row = read_row(moments.limit(1))
    return clock.day_of(row[0]).replace(day=1) if row is not None else None


def _bounds(month: date) -> tuple[datetime, datetime]:
    """Return the moments at which a month begins and ends in Amsterdam."""
    following = (month + timedelta(days=31)).replace(day=1)
    day = timedelta(days=1)
    return clock.end_of(month - day), clock.end_of(following - day)


def _matching(filters: ChangeFilter) -> Columnar:
    query = _CHANGES.where(or_(*(_told_of(thing, filters.kinds) for thing in _STANDS)))
    if filters.kinds:
        query = query.where(_KIND.in_(filters.kinds))
    return query.where(*clauses(filters))


def _told_of(thing: str, kinds: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that an act on a thing is a change that everybody may see today."""
    is_one = and_(
        HistoryRow.subject == thing, HistoryRow.step.in_(steps_of(thing, kinds)), _STANDS[thing]
    )
    if thing not in _UNDOING:
        return is_one
    undone = select(_LATER.id).where(
        _LATER.subject == thing,
        _LATER.subject_id == HistoryRow.subject_id,
        _LATER.id > HistoryRow.id,
        _LATER.step == _UNDOING[thing],
    )
    return and_(is_one, ~undone.exists())
