"""What the server and its host have set. A plain table: no streamlit is imported here.

Flags and environment variables can override `.streamlit/config.toml`, so the settings that
matter are read back at start: `wrong` says in one sentence each what is not as it must be.
The host's own wishes (`settings.toml` in the data folder) hold nothing personal.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

Get = Callable[[str], object]

REQUIRED: dict[str, object] = {
    "logger.enableRich": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.allowedOrigins": [],
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.baseUrlPath": "",
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {"X-Portal-Bind": "bind"},
    "browser.gatherUsageStats": False,
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_NAME = 30
OF_THE_STORE = ("store", "limits")  # what the same file tells the vault
AWAY = "https://www.weather.gov/"

# A name with one of these would tell a neighbour what the notebook is about. Case and accents do not count.
TELLING = (
    "addict", "adicc", "adict", "alcohol", "drug", "drog", "substanc", "sustanc", "recover", "recuper", "rehab",
    "sober", "sobri", "relaps", "recaid", "detox", "desintox", "withdrawal", "treatment", "tratamient", "therap",
    "terap", "clinic", "patient", "pacient", "naloxon", "overdos", "sobredos", "streamlit",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The host's wishes. An empty name means the catalogue's own."""

    name: str = ""
    away: str = AWAY
    country: str = "US"
    notice: str = ""


def host(folder: Path) -> Host:
    """Read `settings.toml` in `folder`; without one, the defaults. Raises `ValueError` with one sentence."""
    file = folder / "settings.toml"
    try:
        if not file.exists():
            return Host()
        table = tomllib.loads(file.read_text("utf-8"))
        found = Host(**{key: value for key, value in table.items() if key not in OF_THE_STORE})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise ValueError("settings.toml cannot be read: see the README for what it may hold.") from error
    except OSError:
        raise ValueError(f"{file} cannot be read: it must be a file that this account is allowed to read.") from None
    for problem in _refused(found):
        raise ValueError(f"settings.toml: {problem}")
    return found


def _refused(found: Host) -> Iterator[str]:
    if not all(isinstance(text, str) for text in (found.name, found.away, found.country, found.notice)):
        yield "name, away, country and notice are texts."
    elif len(found.name) > LONGEST_NAME or telling(found.name):
        yield f"choose a name of up to {LONGEST_NAME} letters that does not tell what the notebook is about."
    elif not _is_https(found.away):
        yield "away must be an address that begins with https://."


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in address


def telling(text: str) -> bool:
    """Say whether `text` holds a stem that tells what the notebook is about."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return any(stem in plain for stem in TELLING)


def secure(get: Get) -> bool:
    """Say whether the server speaks TLS itself."""
    return bool(get("server.sslCertFile")) and bool(get("server.sslKeyFile"))


def hosts(get: Get) -> list[str]:
    """Return the host names that this server answers to."""
    named = get("server.allowedHosts")
    return [str(name) for name in named] if isinstance(named, list | tuple) else []


def wrong(get: Get) -> list[str]:
    """Return one sentence for each setting in force that is not safe; an empty list is a good start."""
    return [*_differing(get), *_reach(get), *_bounds(get)]


def _differing(get: Get) -> Iterator[str]:
    for option, value in REQUIRED.items():
        if get(option) != value:
            yield f"The setting {option} must be {value!r}: remove the flag or variable that changes it."


def _reach(get: Get) -> Iterator[str]:
    if get("server.address") not in LOOPBACK and not secure(get):
        yield "The setting server.address must be 127.0.0.1, or a certificate must be set: others could read along."
    if not hosts(get) or any("*" in name for name in hosts(get)):
        yield "The setting server.allowedHosts must name each host, without *."


def _bounds(get: Get) -> Iterator[str]:
    if str(get("logger.level")).lower() == "debug":
        yield "The setting logger.level must not be debug: such lines hold what people type."
    for option, most in (("server.maxUploadSize", 10), ("server.disconnectedSessionTTL", 60)):
        value = get(option)
        if not isinstance(value, int) or not 0 < value <= most:
            yield f"The setting {option} must be between 1 and {most}."
