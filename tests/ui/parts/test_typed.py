"""Words of people in a label come out letter by letter."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from portal.ui.parts import as_typed
from portal.ui.parts.typed import JOINER

SIGNS = st.text(st.sampled_from("*_`~[]()<>!#+-=.:$&;\\|/@{}w1ab ") | st.characters(exclude_categories=["C", "Z"]))


@given(SIGNS)
def test_markdown_makes_text_of_it_and_nothing_else(text: str) -> None:
    drawn = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(as_typed(text.replace(JOINER, "")))

    assert re.findall(r"<(?!/?p>)", drawn) == []
    said = unescape(re.sub(r"</?p>", "", drawn)).replace(JOINER, "")
    assert said.split() == text.replace(JOINER, "").split()


@pytest.mark.parametrize("name", ["Mom Dad", "O'Neil", "Ana-María", "J. R.", "Fern (2)", "Sam, June"])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert as_typed(name) == name


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        (":material/delete: :red[B] $x$", r"\:material/delete\: \:red\[B\] \$x\$"),
        ("**B**", r"\*\*B\*\*"),
        ("3. Fern", r"3\. Fern"),
        ("- Fern", r"\- Fern"),
        ("Mom & Dad", r"Mom \& Dad"),
        (":material_delete:", rf"\:{JOINER}material\_delete\:"),
        ("https://a.b", rf"http{JOINER}s\://a.b"),
        ("a@b.c", f"a@{JOINER}b.c"),
        ("a -> b", rf"a -{JOINER}\> b"),
    ],
)
def test_what_streamlit_would_read_is_kept_from_it(name: str, drawn: str) -> None:
    assert as_typed(name) == drawn
