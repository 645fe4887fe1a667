"""Open pages without a browser: WebSocket clients that rerun and poll as Streamlit's page does."""

import asyncio
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60  # seconds for one run


@dataclass(slots=True)
class Load:
    """`sessions` open pages at one server, each rerunning every `every` seconds and polling in between.

    Raises `RuntimeError` for a page that draws fewer than `least` elements: it is not the one that was meant.
    """

    url: str
    cookie: str
    page: str
    sessions: int
    every: float
    least: int
    took: list[float] = field(default_factory=list)

    async def run(self, seconds: float) -> None:
        """Keep the pages open for so long. `took` holds the milliseconds of each rerun; the first ones do not count."""
        await asyncio.gather(*(self._one(number, seconds) for number in range(self.sessions)))

    async def _one(self, number: int, seconds: float) -> None:
        host = self.url.removeprefix("http://")
        await asyncio.sleep(number * self.every / self.sessions)
        async with connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie},
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
        ) as socket:
            _, polls, drawn = await self._rerun(socket)
            if drawn < self.least:
                raise RuntimeError("not the page that was meant")
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                await asyncio.sleep(self.every / 2)
                for poll in polls:
                    await self._rerun(socket, poll)
                await asyncio.sleep(self.every / 2)
                took, polls, _ = await self._rerun(socket)
                self.took.append(took)

    async def _rerun(self, socket: ClientConnection, poll: str = "") -> tuple[float, list[str], int]:
        """Run the page, or one of its polling parts; return the milliseconds, the parts that poll, what was drawn."""
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.fragment_id = poll
        began, drawn = time.perf_counter(), 0
        polls: list[str] = []
        await socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), PATIENCE))
            kind = told.WhichOneof("type")
            if kind == "auto_rerun":
                polls.append(told.auto_rerun.fragment_id)
            drawn += kind == "delta"
            if kind == "script_finished":
                return (time.perf_counter() - began) * 1000, polls, drawn
