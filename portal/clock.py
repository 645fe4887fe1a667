"""The one source of time. Imported by `ui` and `host` only; everything below takes `now` as a parameter.

Call it as `clock.now()`, never `from portal.clock import now`: a browser test moves this clock
by putting another function in its place.
"""

import time


def now() -> int:
    """Return the time in whole UTC seconds since 1970."""
    return int(time.time())
