"""The portal of the Groeipact: create_app reads like its table of contents."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from portal import cli
from portal.accounts import jobs as accounts_jobs
from portal.accounts import mails as accounts_mails
from portal.accounts.actions.own import follow_reach
from portal.accounts.events import StaffRoleTaken
from portal.accounts.roles import invited_address, is_organisation, roles_of, ties_of
from portal.comments import jobs as comments_jobs
from portal.comments import mails as comments_mails
from portal.comments.actions import drop_staff_voice, drop_voice
from portal.comments.hosts import host_of
from portal.commitments import jobs as commitments_jobs
from portal.commitments import mails as commitments_mails
from portal.commitments.actions import close_commitments, refuse_undoing_admission
from portal.config import Settings, read_settings
from portal.core import db as database
from portal.core import i18n
from portal.core.addresses import build_path, destinations
from portal.core.counts import Counts, counts
from portal.core.db import Bound
from portal.core.schema import migrations_folder
from portal.core.settings import settings as bound_settings
from portal.core.starting import close_data
from portal.documents import jobs as documents_jobs
from portal.documents import mails as documents_mails
from portal.following import jobs as following_jobs
from portal.intake import jobs as intake_jobs
from portal.intake import mails as intake_mails
from portal.kept.marks import CurrentMark
from portal.moderation import jobs as moderation_jobs
from portal.moderation.queries import waiting_count as count_waiting
from portal.moderation.queries import waits_by_kind
from portal.moderation.slots import way_to_desk, way_to_ending
from portal.moderation.working_days import is_late
from portal.news import jobs as news_jobs
from portal.news import mails as news_mails
from portal.news import queries as news_queries
from portal.opendata import jobs as opendata_jobs
from portal.opendata.contents import figures_table
from portal.organisations import jobs as organisations_jobs
from portal.organisations import mails as organisations_mails
from portal.organisations import queries as organisation_queries
from portal.organisations.actions import drop_proposer, drop_staff_role
from portal.organisations.events import (
    AccessMoved,
    MemberDropped,
    OrganisationRenamed,
    OrganisationUnfrozen,
    OwnerJoined,
)
from portal.overview import taking as overview_taking
from portal.pact import jobs as pact_jobs
from portal.pact import mails as pact_mails
from portal.papers import typesetting
from portal.places import DESTINATIONS
from portal.rappels import jobs as rappels_jobs
from portal.rappels import mails as rappels_mails
from portal.reports import mails as reports_mails
from portal.rooms import PAGES
from portal.search import jobs as search_jobs
from portal.search.lending import LentIndex
from portal.services import lengths, sweep
from portal.services.desk_length import DeskLength, desk_length
from portal.services.events import handlers, heard
from portal.services.finding import word_index
from portal.services.mailboxes import mailbox_names
from portal.services.reach import ReachChanged
from portal.services.stand_ins import stand_ins
from portal.services.storage import LocalStorage, storage
from portal.services.telling import joined, who_is_told
from portal.signatures import jobs as signatures_jobs
from portal.signatures import mails as signatures_mails
from portal.signatures.actions import (
    drop_member,
    drop_request,
    end_at_once,
    follow_name,
    greet_owner,
    tell_signatory,
)
from portal.signatures.events import AdmissionUndone, SignatureEnded
from portal.vereniging import jobs as vereniging_jobs
from portal.vereniging import mails as vereniging_mails
from portal.web import (
    counting,
    errors,
    figures,
    guard,
    headers,
    hosts,
    https,
    incoming,
    log,
    person,
    templating,
)
from portal.web.cached import CachedParts, cached_parts
from portal.web.contact import last_contact
from portal.web.destinations import check_destinations
from portal.web.paths import PathsFlask
from portal.web.slots import Slot, check_slots, lenders
from portal.web.templating import waiting_count

ROOT = Path(__file__).resolve().parent.parent

# Named here, so that the worker knows what they can do.
JOBS = (
    accounts_jobs,
    comments_jobs,
    commitments_jobs,
    documents_jobs,
    following_jobs,
    intake_jobs,
    moderation_jobs,
    news_jobs,
    opendata_jobs,
    organisations_jobs,
    pact_jobs,
    rappels_jobs,
    search_jobs,
    signatures_jobs,
    lengths,
    sweep,
    vereniging_jobs,
)

# Whom an act concerns, each domain's own.
MAILS = (
    accounts_mails,
    documents_mails,
    vereniging_mails,
    organisations_mails,
    comments_mails,
    pact_mails,
    signatures_mails,
    news_mails,
    commitments_mails,
    rappels_mails,
    intake_mails,
    reports_mails,
)

# Who hears what happens in a package below, in the transaction of the act.
EVENTS = (
    (SignatureEnded, close_commitments),
    (AdmissionUndone, refuse_undoing_admission),
    (ReachChanged, follow_reach),
    (StaffRoleTaken, drop_staff_role),
    (StaffRoleTaken, drop_staff_voice),
    (MemberDropped, drop_voice),
    (MemberDropped, drop_request),
    (AccessMoved, tell_signatory),
    (OrganisationRenamed, follow_name),
    (OrganisationUnfrozen, end_at_once),
    (OwnerJoined, greet_owner),
    (MemberDropped, drop_member),
    (MemberDropped, drop_proposer),
)

# Which desks lend a link to the page of a thing below them.
LENDERS = {Slot.SIGNATURE: (way_to_desk, way_to_ending)}


def create_app(settings: Settings | None = None) -> Flask:
    """Return the portal, ready to serve; UnsafeSettings when the environment is not safe."""
    settings = settings or read_settings(os.environ)
    app = PathsFlask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = templating.PortalEnvironment
    _configure(app, settings)
    _bind_house(app, settings)
    _bind_services(app, settings)
    _open_rooms(app)
    _bind_counts(app)
    close_data(settings)
    cli.init_app(app)
    guard.check_doors(app)
    check_destinations(app)
    check_slots(app)
    Bound.check(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=settings.signing_keys[:-1],
        TESTING=settings.mode == "test",
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=600_000,
        MAX_FORM_PARTS=300,
        SESSION_COOKIE_NAME="__Host-groeipact" if settings.is_https else "groeipact",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )


def _bind_services(app: Flask, settings: Settings) -> None:
    database.init_app(app, settings.database_url, settings.data_dir, settings.web_threads + 2)
    Migrate(app, database.db, directory=str(ROOT / "migrations"))
    log.init_app(app, settings.slow_request_seconds, logs_access=settings.logs_access)
    counting.init_app(app)
    incoming.init_app(app)
    hosts.init_app(app, settings.public_url, settings.extra_hosts)
    https.init_app(app, is_https=settings.is_https, trusts_proxy=settings.trusted_hops > 0)
    headers.init_app(app, settings.is_https)
    i18n.init_app(app)
    templating.init_app(app)
    person.init_app(app)
    errors.init_app(app)
    https.believe_proxies(app, settings.trusted_hops)


def _bind_house(app: Flask, settings: Settings) -> None:
    """Bind what the rooms ask of the app, and what packages above lend to those below."""
    adapter = app.url_map.bind("localhost")
    bound_settings.bind(app, settings)
    storage.bind(app, LocalStorage(settings.files_dir))
    build_path.bind(app, adapter.build)
    migrations_folder.bind(app, str(ROOT / "migrations"))
    roles_of.bind(app, organisation_queries.roles_of)
    ties_of.bind(app, organisation_queries.ties_of)
    invited_address.bind(app, organisation_queries.invited_address)
    is_organisation.bind(app, organisation_queries.is_organisation)
    waiting_count.bind(app, count_waiting)
    desk_length.bind(app, DeskLength(waits_by_kind, is_late))
    cached_parts.bind(app, CachedParts())
    typesetting.init_app(app)
    figures.init_app(app, CurrentMark())
    last_contact.bind(app, [])
    host_of.bind(app, news_queries.host_of)
    destinations.bind(app, DESTINATIONS)
    lenders.bind(app, LENDERS)
    handlers.bind(app, heard(*EVENTS))
    stand_ins.bind(app, organisation_queries.stand_ins_of)
    word_index.bind(app, LentIndex())
    figures_table.bind(app, overview_taking.whole)
    mailbox_names.bind(app, organisation_queries.mailbox_name)
    who_is_told.bind(app, joined(*(room.WHO_IS_TOLD for room in MAILS)))


def _bind_counts(app: Flask) -> None:
    """Count by the names of the routes, once all are there."""
    counted = Counts(counting.families_of(app))
    counted.join()
    counts.bind(app, counted)


def _open_rooms(app: Flask) -> None:
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
