"""The shape of every record: checked when read, and never so large that its row does not hold it."""

import msgspec
import pytest
from msgspec import inspect

from portal.crypto.sealing import LADDER, ROOM
from portal.errors import Tampered
from portal.vault import records
from portal.vault.pages import PAGE
from portal.vault.records import Record, pack, unpack

ICON = "\U0001f332"  # four bytes, the most that a character takes
YEAR_2106 = 2**32 - 1


def largest(info):  # noqa: PLR0911 - one for each type
    """Return a value at the bounds of a type."""
    match info:
        case inspect.IntType():
            return info.le
        case inspect.StrType():
            return ICON * info.max_length
        case inspect.BytesType():
            return bytes(info.max_length)
        case inspect.BoolType():
            return True
        case inspect.EnumType():
            return list(info.cls)[-1]
        case inspect.ListType():
            return [largest(info.item_type)] * info.max_length
        case inspect.StructType():
            return info.cls(*(bounded(field) for field in info.fields))
    raise AssertionError(info)


def bounded(field):
    if field.name == "text":
        return "a" * field.type.max_length
    if field.name == "entries":
        return [largest(field.type.item_type)]
    return largest(field.type)


def biggest(kind):
    return largest(inspect.type_info(kind))


def slip():
    return msgspec.structs.replace(biggest(records.Slip), written=YEAR_2106, edited=YEAR_2106)


LARGEST = [
    (biggest(records.State), LADDER[-1]),
    (biggest(records.OwnPage), 8_660),
    (records.ShelfPage([slip()] * records.SLIPS), PAGE),
    (biggest(records.StoreSeal), LADDER[0]),
    (biggest(records.Account), LADDER[0]),
    (biggest(records.Door), LADDER[0]),
    (msgspec.structs.replace(biggest(records.Letter), text=""), LADDER[0]),
    (msgspec.structs.replace(biggest(records.Letter), items=[]), PAGE),
    (biggest(records.Draft), LADDER[-1]),
    (biggest(records.Invite), PAGE),
    (biggest(records.Join), LADDER[0]),
    (biggest(records.Seen), LADDER[0]),
    (biggest(records.View), LADDER[0]),
    (biggest(records.Received), PAGE),
]
names = [type(record).__name__ for record, _ in LARGEST]


@pytest.mark.parametrize(("record", "step"), LARGEST, ids=names)
def test_a_record_at_its_bounds_fits_its_row_and_comes_back(record, step):
    assert len(pack(record)) <= ROOM[step]
    assert unpack(pack(record), type(record)) == record


def test_every_record_is_tried_at_its_bounds():
    alone = {"Record", "Reader", "Version", "Entry", "Slip", "Permission", "Person", "Audience", "Invitation", "Link"}
    alone |= {"DraftRef", "Generation"}  # parts of others
    every = {name for name, kind in vars(records).items() if isinstance(kind, type) and issubclass(kind, Record)}
    assert every - alone == set(names)


def test_a_full_page_of_slips_is_exactly_the_smallest_page():
    assert len(pack(records.ShelfPage([slip()] * records.SLIPS))) > ROOM[LADDER[1]]
    with pytest.raises(Tampered):
        unpack(msgspec.msgpack.encode([[slip()] * (records.SLIPS + 1)]), records.ShelfPage)


@pytest.mark.parametrize(("record", "_step"), LARGEST, ids=names)
def test_a_payload_with_a_field_too_many_is_refused(record, _step):
    longer = [*msgspec.msgpack.decode(pack(record)), 0]
    with pytest.raises(Tampered):
        unpack(msgspec.msgpack.encode(longer), type(record))


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", records.Account),
        (b"\xc1", records.Account),
        (pack([b"k" * 31]), records.Account),
        (pack(["k" * 32]), records.Account),
        (pack({"seed": bytes(32)}), records.Account),
        (pack([]), records.Account),
        (pack([bytes(8), 5, 0, 0, 0]), records.Door),
        (pack([bytes(8), 1, -1, 0, 0]), records.Door),
        (pack([bytes(8), 1, 0, 2**40 + 1, 0]), records.Door),
        (pack([bytes(16), 1.5, False]), records.Seen),
    ],
)
def test_a_payload_of_another_shape_is_refused(payload, kind):
    with pytest.raises(Tampered) as caught:
        unpack(payload, kind)
    assert caught.value.__suppress_context__
    assert str(caught.value) == ""


def test_nothing_beyond_its_bounds_is_ever_stored():
    with pytest.raises(ValueError, match="bounds"):
        pack(msgspec.structs.replace(biggest(records.State), settings=bytes(401)))


def test_a_record_does_not_change():
    with pytest.raises(AttributeError):
        records.Account(bytes(32)).seed = bytes(32)
