"""A small browser for measuring: keeps its connection and cookies, knows the loopback address only, no Django."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlencode

HOST = "127.0.0.1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PROCESSES = 2


@dataclass(frozen=True)
class Visitor:
    """Who asks for which addresses, again and again: a session of the port's server."""

    port: int
    session: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Timing:
    """What a measurement saw, in milliseconds; `rate` in requests a second."""

    requests: int
    median: float
    p95: float
    rate: float


class Browser:
    """One connection to one port."""

    def __init__(self, port: int, session: str = ""):
        self.port = port
        self.cookies = {"sessionid": session} if session else {}
        self.connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """One request, over the kept connection or a new one if the server has closed it in the meantime."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
        self.connection.request(method, path, body.encode() or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def page(self, path: str) -> str:
        """The text of a page. Raises RuntimeError unless it is really shown."""
        status, text = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return text

    def sign_in(self, username: str, password: str) -> str:
        """Sign in by the form, as an officer does. Returns the session's key."""
        found = TOKEN.search(self.page("/sign-in/"))
        form = {"csrfmiddlewaretoken": found[1] if found else "", "username": username, "password": password}
        status, _ = self.ask("POST", "/sign-in/", urlencode(form))
        if status != 302 or "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} cannot sign in: {status}")
        return self.cookies["sessionid"]


def alone(visitor: Visitor, *, requests: int) -> Timing:
    """One user, one request after another."""
    browser = Browser(visitor.port, visitor.session)
    for path in visitor.paths[:10]:
        browser.page(path)
    began = time.perf_counter()
    took = [_timed(browser, visitor.paths[turn % len(visitor.paths)]) for turn in range(requests)]
    return _timing(took, time.perf_counter() - began)


def together(visitors: Sequence[Visitor], *, seconds: float) -> Timing:
    """All users at once for some seconds, in processes of their own so that they do not wait for one another."""
    shares = [list(visitors[one::PROCESSES]) for one in range(PROCESSES)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        crowds = pool.starmap(_crowd, [(share, seconds) for share in shares if share])
    took = [one for some, _ in crowds for one in some]
    return _timing(took, max(span for _, span in crowds))


def _crowd(visitors: list[Visitor], seconds: float) -> tuple[list[float], float]:
    took: list[float] = []
    faults: list[BaseException] = []
    began = time.perf_counter()
    until = began + seconds

    def visit(visitor: Visitor) -> None:
        browser, mine, turn = Browser(visitor.port, visitor.session), [], 0
        try:
            while time.perf_counter() < until:
                mine.append(_timed(browser, visitor.paths[turn % len(visitor.paths)]))
                turn += 1
        except (RuntimeError, OSError, http.client.HTTPException) as fault:
            faults.append(fault)
        took.extend(mine)

    threads = [threading.Thread(target=visit, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} visitors failed, the first with: {faults[0]}")
    return took, time.perf_counter() - began


def _timed(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    browser.page(path)
    return (time.perf_counter() - began) * 1000


def _timing(took: list[float], seconds: float) -> Timing:
    p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    return Timing(len(took), statistics.median(took), p95, len(took) / seconds)
