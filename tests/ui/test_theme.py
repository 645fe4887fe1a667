"""The colours of the theme: text has a contrast of 4.5, the edges of fields and parts one of 3."""

import tomllib
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
TONES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    theme = THEME[scheme]
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"])
    pairs = [(theme["textColor"], ground) for ground in grounds] + [(theme["linkColor"], ground) for ground in grounds]
    pairs += [(theme[f"{tone}TextColor"], theme[f"{tone}BackgroundColor"]) for tone in TONES]
    pairs += [(theme[f"{tone}TextColor"], theme["backgroundColor"]) for tone in TONES]
    pairs += [("#FFFFFF", theme["primaryColor"])]

    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_can_be_seen(scheme: str) -> None:
    theme = THEME[scheme]
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"])
    pairs = [(theme[part], ground) for part in ("borderColor", "primaryColor") for ground in grounds]

    assert [pair for pair in pairs if contrast(*pair) < 3] == []
