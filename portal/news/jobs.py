"""What the worker does for news: keep the HTML of articles as it is rendered today."""

from __future__ import annotations

from portal.news.actions import html_of
from portal.news.models import Article
from portal.services.rendering import keeps_html

keeps_html(Article.html, Article.body, html_of)
