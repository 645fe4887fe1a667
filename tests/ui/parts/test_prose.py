"""Markdown of people: a fixed list of tags, no picture, no HTML, every link shows where it leads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.parts.prose import plain, rendered

TAGS = {
    "p", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "br", "span",
    "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip


def tags(html: str) -> set[str]:
    return set(re.findall(r"</?([a-z0-9]+)", html))


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b>",
        "![a picture](https://evil.example/pixel.png)",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "[click](file:///etc/passwd)",
        "[click](//evil.example)",
        '[a](https://x.example "><script>")',
        "<javascript:alert(1)>",
    ],
)
def test_nothing_but_text_comes_through(source: str) -> None:
    html = rendered(source)

    assert tags(html) <= TAGS
    assert "<img" not in html
    assert not re.search(r'href="(?!https?://|tel:|sms:)', html)


@given(st.text(alphabet="<>&\"'()[]!`*_#\\:/ abjs\n-=1.", max_size=80))
def test_any_text_is_drawn_from_the_fixed_list(source: str) -> None:
    html = rendered(source)

    assert tags(html) <= TAGS
    assert "<h1" not in html


def test_a_link_shows_where_it_leads() -> None:
    html = rendered("[the *bus* times](https://bus.example/today?a=1&b=2)")

    assert 'href="https://bus.example/today?a=1&amp;b=2"' in html
    assert "(https://bus.example/today?a=1&amp;b=2)" in html
    assert 'rel="noreferrer noopener"' in html


def test_a_link_that_says_where_it_leads_says_it_once() -> None:
    assert rendered("<https://bus.example/>").count("bus.example") == 2
    assert "(tel:" not in rendered("[1-800-662-4357](tel:18006624357)")


def test_two_links_in_one_line_keep_their_own_targets() -> None:
    html = rendered("[a](https://one.example) and [b](https://two.example)")

    assert html.index("(https://one.example)") < html.index("(https://two.example)")


def test_headings_of_people_stay_below_the_pages_own() -> None:
    assert rendered("# Big") == "<h2>Big</h2>\n"
    assert rendered("###### Small") == "<h6>Small</h6>\n"
    assert rendered("## Part", below=0) == "<h2>Part</h2>\n"


def test_a_card_shows_words_without_marks() -> None:
    assert plain("# A *good* day\n\n- one\n- `two`\n\n> said") == "A good day · one · two said"
    assert plain("Things to keep:\n\n- leave early") == "Things to keep: leave early"


def test_a_line_stays_a_line() -> None:
    assert rendered("We cooked.\nThen we slept.", below=1).count("<br") == 1
