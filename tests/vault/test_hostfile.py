"""What a host may set: sizes and sign-ups, and nothing that weakens anything."""

import pytest

from portal.errors import StoreUnreadable
from portal.vault import hostfile
from portal.vault.hostfile import MIB, Limits

ID = "0123456789abcdef"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.toml"


def test_no_file_is_no_settings(file):
    assert hostfile.read(file) is None


def test_the_file_of_a_new_store_reads_back_with_the_usual_limits(file):
    hostfile.write(file, ID)
    read = hostfile.read(file)
    assert (read.store, read.limits) == (ID, Limits())


def test_every_line_that_is_offered_works_when_the_host_takes_it_up(file):
    hostfile.write(file, ID)
    lines = file.read_text("utf-8").splitlines()
    offered = [line.removeprefix("# ") for line in lines if "=" in line or "[" in line]
    file.write_text("\n".join(offered), "utf-8")
    assert hostfile.read(file).limits == Limits()


def test_limits_are_taken_in_their_units(file):
    file.write_text(f'store = "{ID}"\n[limits]\nsign_ups = 3\nnewcomer = 1\naccount = 2\nstore = 4\n')
    assert hostfile.read(file).limits == Limits(sign_ups=3, newcomer=MIB, account=2 * MIB, store=4 * MIB)


@pytest.mark.parametrize(
    "text",
    [
        "not toml at all [",
        "",
        "store = 5",
        'store = "0123"',
        'store = "0123456789ABCDEF"',
        f'store = "{ID}"\nlimits = 3',
        f'store = "{ID}"\n[limits]\nmemory = 3',
        f'store = "{ID}"\n[limits]\nsign_ups = 0',
        f'store = "{ID}"\n[limits]\nsign_ups = "3"',
    ],
)
def test_a_file_that_is_not_ours_is_refused(file, text):
    file.write_text(text)
    with pytest.raises(StoreUnreadable):
        hostfile.read(file)


def test_a_file_that_cannot_be_read_is_refused(file):
    file.mkdir()
    with pytest.raises(StoreUnreadable):
        hostfile.read(file)
