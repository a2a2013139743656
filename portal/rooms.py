"""The rooms of the portal that have pages."""

from __future__ import annotations

from portal.accounts.views import bp as accounts_bp
from portal.admin.views import bp as admin_bp
from portal.comments.views import bp as comments_bp
from portal.commitments.views import bp as commitments_bp
from portal.documents.views import bp as documents_bp
from portal.following.views import bp as following_bp
from portal.home.views import bp as home_bp
from portal.intake.views import bp as intake_bp
from portal.moderation.views import bp as moderation_bp
from portal.news.views import bp as news_bp
from portal.opendata.views import bp as opendata_bp
from portal.organisations.views import bp as organisations_bp
from portal.overview.views import bp as overview_bp
from portal.pact.views import bp as pact_bp
from portal.rappels.views import bp as rappels_bp
from portal.register.views import bp as register_bp
from portal.search.views import bp as search_bp
from portal.signatures.views import bp as signatures_bp
from portal.vereniging.views import bp as vereniging_bp
from portal.web.assets import bp as assets_bp
from portal.work.views import bp as work_bp

# In the order in which the app opens them.
PAGES = (
    assets_bp,
    home_bp,
    overview_bp,
    register_bp,
    rappels_bp,
    following_bp,
    search_bp,
    opendata_bp,
    vereniging_bp,
    intake_bp,
    admin_bp,
    accounts_bp,
    documents_bp,
    organisations_bp,
    pact_bp,
    signatures_bp,
    commitments_bp,
    news_bp,
    comments_bp,
    moderation_bp,
    work_bp,
)
