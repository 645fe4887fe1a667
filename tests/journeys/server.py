"""The product's server as a child process with folders of its own, and the browser to visit it."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "app.py"
CLOCKED = Path(__file__).with_name("clocked.py")
PATIENCE = 1200  # rounds of 50 ms
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, where it keeps its files, what it has said."""

    url: str
    data: Path
    keys: Path
    log: Path
    offset: Path
    process: subprocess.Popen[bytes]

    def pass_time(self, seconds: int) -> None:
        """Move the server's clock forward. Counts only for a server that was started as CLOCKED."""
        ahead = int(self.offset.read_text("ascii")) + seconds
        new = self.offset.with_suffix(".new")
        new.write_text(str(ahead), "ascii")
        new.replace(self.offset)

    def kill(self) -> None:
        """End the server without any chance to tidy up."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running(folder: Path, *, app: Path = PRODUCT, port: int | None = None) -> Iterator[Server]:
    """Start the product with its data below `folder`; the same folder again is the same store.

    `app=CLOCKED` is the product with a clock that `pass_time` moves.
    """
    server = _start(folder, app, port or free_port())
    try:
        _wait(server)
        yield server
    finally:
        server.process.terminate()
        try:
            server.process.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _start(folder: Path, script: Path, port: int) -> Server:
    data, keys, log, offset = (folder / name for name in ("data", "keys", "server.log", "offset"))
    for needed in (data, keys):
        needed.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not offset.exists():
        offset.write_text("0", "ascii")
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
            cwd=ROOT,
            env=_environment({"PORTAL_DATA": str(data), "PORTAL_CONFIG": str(keys), "JOURNEY_OFFSET": str(offset)}),
            stdout=out,
            stderr=out,
        )
    return Server(f"http://127.0.0.1:{port}", data, keys, log, offset, process)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Ours without any setting of Streamlit's: the file that we ship must be enough."""
    return {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")} | dict(more)


def _wait(server: Server) -> None:
    for _ in range(PATIENCE):
        try:
            urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5).close()  # noqa: S310  our own address
        except urllib.error.HTTPError:
            break
        except OSError:
            if _ended(server.process):
                break
        else:
            return
    raise RuntimeError("the server did not start:\n" + server.log.read_text("utf-8"))


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return False
    return True


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)
