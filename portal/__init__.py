"""The portal of the Groeipact: create_app reads like its table of contents."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import cli
from portal.accounts import jobs as accounts_jobs
from portal.accounts.views import bp as accounts_bp
from portal.comments.views import bp as comments_bp
from portal.commitments.actions import close_commitments
from portal.commitments.queries import organisation_panel as commitment_panel
from portal.commitments.views import bp as commitments_bp
from portal.config import Settings, read_settings
from portal.core import db as database
from portal.core import i18n
from portal.documents import jobs as documents_jobs
from portal.documents.views import bp as documents_bp
from portal.moderation import jobs as moderation_jobs
from portal.moderation.queries import waiting_count
from portal.moderation.views import bp as moderation_bp
from portal.news.views import bp as news_bp
from portal.organisations.queries import roles_of
from portal.organisations.views import bp as organisations_bp
from portal.pact.views import bp as pact_bp
from portal.pages.queries import current_vereniging
from portal.pages.views import bp as pages_bp
from portal.register.views import bp as register_bp
from portal.services import sweep
from portal.services.conflicts import meanwhile
from portal.services.storage import LocalStorage
from portal.signatures import jobs as signatures_jobs
from portal.signatures.actions import follow_name
from portal.signatures.queries import organisation_panel as signature_panel
from portal.signatures.views import bp as signatures_bp
from portal.web import errors, guard, headers, incoming, log, person, templating
from portal.web.assets import bp as assets_bp

ROOT = Path(__file__).resolve().parent.parent

# Named here, so that the worker knows what they can do.
JOBS = (accounts_jobs, documents_jobs, moderation_jobs, signatures_jobs, sweep)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the portal, ready to serve; UnsafeSettings when the environment is not safe."""
    settings = settings or read_settings(os.environ)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = templating.PortalEnvironment
    app.extensions["portal_settings"] = settings
    _configure(app, settings)
    _bind_services(app, settings)
    _lend_hooks(app)
    _open_rooms(app)
    cli.init_app(app)
    guard.check_doors(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
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
    app.extensions["portal_storage"] = LocalStorage(settings.files_dir)
    log.init_app(app, settings.slow_request_seconds)
    incoming.init_app(app)
    headers.init_app(app, settings.is_https)
    i18n.init_app(app)
    templating.init_app(app)
    person.init_app(app)
    errors.init_app(app)
    if settings.trusted_hops:
        hops = settings.trusted_hops
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def _lend_hooks(app: Flask) -> None:
    """Lend functions of higher packages to the lower ones, which may not import them."""
    app.extensions["portal_hooks"] = {
        "roles_of": roles_of,
        "vereniging": current_vereniging,
        "waiting_count": waiting_count,
        "meanwhile": meanwhile,
        "close_commitments": close_commitments,
        "organisation_renamed": follow_name,
        "organisation_panels": lambda *asked: [
            signature_panel(*asked),
            commitment_panel(*asked),
        ],
    }


def _open_rooms(app: Flask) -> None:
    for blueprint in (
        assets_bp,
        pages_bp,
        register_bp,
        accounts_bp,
        documents_bp,
        organisations_bp,
        pact_bp,
        signatures_bp,
        commitments_bp,
        news_bp,
        comments_bp,
        moderation_bp,
    ):
        app.register_blueprint(blueprint)
