"""The same safe headers on every answer, and no shared cache for a page of somebody signed in."""

from __future__ import annotations

from flask import Flask, Response, g, request, session

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "frame-src 'none'; manifest-src 'self'"
)

FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

HSTS = "max-age=63072000; includeSubDomains"


def fixed_headers(is_https: bool) -> dict[str, str]:
    """Return the headers that every answer has, whoever gives it."""
    return {**FIXED, "Strict-Transport-Security": HSTS} if is_https else dict(FIXED)


def init_app(app: Flask, is_https: bool) -> None:
    """Set the headers on every answer of the app."""
    session_cookie = app.config["SESSION_COOKIE_NAME"]
    always = [(name.lower(), name, value) for name, value in fixed_headers(is_https).items()]

    @app.after_request
    def set_headers(response: Response) -> Response:
        # Looked through once: each question by name would do that again.
        present = {name.lower(): value for name, value in response.headers}
        for key, name, value in always:
            if key not in present:
                response.headers.add(name, value)
        # A file that may be another one tomorrow comes with "no-cache" from Flask itself.
        if present.get("cache-control", "no-cache") == "no-cache":
            # The session's cookie is written after this: a form's first page is private as well.
            is_private = session_cookie in request.cookies or session.modified
            response.headers["Cache-Control"] = "no-store" if is_private else "no-cache"
            response.vary.add("Cookie")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response
