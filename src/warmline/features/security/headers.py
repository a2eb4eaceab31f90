"""What every answer tells the browser to refuse: other people's scripts, frames, sniffing, referrers."""

import base64
import hashlib
from collections.abc import Collection, Mapping

CSP = "content-security-policy"
# The two style elements that the desk's component library writes into the page; nothing else inline is allowed.
LIBRARY_STYLES = (
    "@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}",
    "@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}",
)
STYLE_HASHES = tuple(
    f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" for text in LIBRARY_STYLES
)


def content_policy(*, frame_ancestors: str = "'none'", style_hashes: Collection[str] = STYLE_HASHES) -> str:
    """Return a policy that allows our own files only. `style_hashes` are `sha256-…` of known inline styles."""
    styles = " ".join(["'self'", *(f"'{h}'" for h in style_hashes)])
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src {styles}",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


def page_headers(path: str, *, https: bool, style_hashes: Collection[str] = STYLE_HASHES) -> Mapping[str, str]:
    """Return the headers for an answer at `path`.

    The widget's files are used on the customers' pages; its one document is served with a policy of its own that
    names who may embed it, and so are help pages that open beside a form.
    """
    embeddable = path.startswith(("/widget", "/help/"))
    headers = {
        CSP: content_policy(style_hashes=style_hashes),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer" if embeddable else "same-origin",
        "permissions-policy": (
            "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()"  # calls speak
        ),
        "cross-origin-resource-policy": "cross-origin" if embeddable else "same-origin",
    }
    if not embeddable:
        headers["x-frame-options"] = "DENY"
        headers["cross-origin-opener-policy"] = "same-origin"
    if path.startswith("/api"):
        headers["cache-control"] = "no-store"
    if https:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return headers
