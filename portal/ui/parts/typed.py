"""What people typed, for where Streamlit reads Markdown: labels, options, titles of dialogs, help."""

import re

READ = re.compile(r"[\\`*_\[\]<>$:~&|!{}]")
FIRST = re.compile(r"^([#+=-]|\d+(?=[.)]))")
# What is looked for after the Markdown was read, where a backslash is gone already: icons, addresses, arrows.
LATER = re.compile(
    r"(?<=:)(?=material_|streamlit:)|(?<=http)(?=s?://)|(?<=www)(?=\.)|(?<=@)|(?<=[<>~-])(?=[->=])", re.IGNORECASE
)
JOINER = "\u2060"  # takes no room and breaks no line


def as_typed(text: str) -> str:
    """Return `text` as one line that Streamlit draws letter by letter: no mark, icon, sum or link comes of it."""
    said = READ.sub(r"\\\g<0>", LATER.sub(JOINER, " ".join(text.split())))
    return FIRST.sub(_opening, said)


def _opening(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"
