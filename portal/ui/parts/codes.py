"""Codes in groups that can be read aloud, and their QR pictures."""

from collections.abc import Sequence
from html import escape


def groups(parts: Sequence[str], label: str) -> str:
    """Return a code in numbered groups, so that one can say "group three"."""
    cells = "".join(f"<li>{escape(part)}</li>" for part in parts)
    return f'<ol class="code" aria-label="{escape(label)}">{cells}</ol>'


def split(code: str, size: int) -> list[str]:
    """Return `code` in groups of `size`."""
    return [code[at : at + size] for at in range(0, len(code), size)]


def qr(link: str, label: str) -> str:
    """Return a picture of `link` that a phone's camera reads."""
    import segno  # noqa: PLC0415 - late: few pages draw a code

    picture = segno.make(link, error="m").svg_data_uri(scale=4, border=4, dark="#181411", light="#fff")
    return f'<img class="qr" alt="{escape(label)}" src="{picture}">'
