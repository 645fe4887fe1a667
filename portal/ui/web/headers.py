"""The headers of every answer, and the content policy: the tightest under which Streamlit 1.67 draws.

The one inline script of Streamlit's page is allowed by its hash, computed from the installed file,
so that another version cannot silently need a looser policy.
"""

import base64
import hashlib
import re

# An empty style element (emotion) and the one `@layer` rule that react-aria writes.
STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
)
OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
    "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


def hashed(inline: str) -> str:
    """Return the policy's name for an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


def policy(index: str) -> str:
    """Return the content policy for Streamlit's own page. Raises `ValueError` unless it has one inline script."""
    inline = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    if len(inline) != 1:
        raise ValueError("Streamlit's page has changed: its inline scripts must be looked at.")
    rules = [
        "default-src 'none'",
        f"script-src 'self' {hashed(inline[0])}",
        "style-src 'self'",
        f"style-src-elem 'self' {' '.join(STYLES)}",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
    return "; ".join(rules)


def always(index: str) -> dict[bytes, bytes]:
    """Return the headers of every answer. A tighter referrer policy would take the Origin from forms."""
    return {
        b"content-security-policy": policy(index).encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
        b"x-frame-options": b"DENY",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"permissions-policy": ", ".join(f"{name}=()" for name in OFF).encode(),
        b"x-robots-tag": b"noindex",
        b"cache-control": b"no-store",
    }
