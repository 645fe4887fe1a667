"""The addresses that are pages. The guard answers before any page is loaded, so it has a list of its own."""

PAGES = frozenset(
    {
        *("/start", "/back-in", "/look-around", "/join", "/help-now"),
        *("/today", "/notes", "/note", "/write", "/circle", "/person", "/invite", "/code", "/compare"),
        *("/let-in", "/add", "/home", "/shared", "/open", "/what-i-see", "/leave"),
        *("/library", "/reading", "/more", "/settings"),
    }
)


def is_page(path: str) -> bool:
    """Say whether a page lies at `path`, with a stroke behind it or without. Anything else is nowhere."""
    return path == "/" or path.removesuffix("/") in PAGES
