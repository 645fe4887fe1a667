"""Codes in groups, and pictures of links that the page draws by itself."""

from portal.ui.parts import groups, qr, split


def test_groups_are_numbered_by_their_list() -> None:
    assert groups(["AB12", "<b>"], "Your code") == (
        '<ol class="code" aria-label="Your code"><li>AB12</li><li>&lt;b&gt;</li></ol>'
    )


def test_a_code_is_split_evenly() -> None:
    assert split("123456789012", 5) == ["12345", "67890", "12"]


def test_a_picture_of_a_link_is_inline_and_has_words() -> None:
    picture = qr("http://127.0.0.1:8501/#J=ABCD", "Code as a picture")

    assert 'alt="Code as a picture"' in picture
    assert 'src="data:image/svg+xml' in picture
    assert "ABCD" not in picture
