"""The schema, by sqlite-utils. Imported only when a migration is pending: sqlite-utils is slow to load.

`user_version` holds the number of the newest migration; sqlite-utils' own record of
them would keep the date each was applied, which tells a thief too much.
"""

import sqlite3

from sqlite_utils import Database

from portal.vault.connection import APPLICATION, VERSION


def apply(db: sqlite3.Connection) -> None:
    """Bring an empty database to the newest schema, in one transaction."""
    with db:
        db.execute("begin immediate")
        Database(db).table("rec").create({"loc": int, "ct": bytes}, pk="loc", not_null={"ct"}, strict=True)
        db.execute(f"pragma application_id = {APPLICATION}")
        db.execute(f"pragma user_version = {VERSION}")
