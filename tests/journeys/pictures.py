"""Pictures of the pages that journeys visit, for people to look at: only when PORTAL_SHOTS names a folder."""

import os
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
FOLDER = os.environ.get("PORTAL_SHOTS")


def shoot(page: Page, name: str) -> None:
    """Save the page as it stands: on a phone in both themes, on a desktop in the light one. Then all is as before."""
    if not FOLDER:
        return
    folder, before = Path(FOLDER), page.viewport_size or PHONE
    folder.mkdir(parents=True, exist_ok=True)
    for size, theme in ((PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light")):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png", animations="disabled")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
