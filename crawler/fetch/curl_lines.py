"""The fields of requests as libcurl takes them. Making them takes as long as sending them, and most are sent often."""

import re
from typing import Final

from crawler.fetch.shape import request_fields
from crawler.model.exchange import Request
from crawler.model.role import Role

BREAKS = re.compile(r"[\x00\r\n]")
MOST: Final = 64
"""Lists that are remembered of requests with fields of their own: the few ranges that are asked for. Of more, all are
forgotten: cookies and validators are hardly sent twice."""


class Lines:
    """The fields of each request for CURLOPT_HTTPHEADER(3)."""

    __slots__ = ("_known", "_user_agent", "_usual")

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._usual = {role: self._made(Request("", role)) for role in Role}
        self._known: dict[object, list[bytes]] = {}

    def of(self, request: Request) -> list[bytes]:
        """Not to be changed, and the same list where the same fields are sent; none where one of them would break out
        of its line.
        """
        if not request.fields:
            return self._usual[request.role]
        asked = request.role, request.fields
        lines = self._known.get(asked)
        if lines is None:
            if len(self._known) >= MOST:
                self._known.clear()
            lines = self._known[asked] = self._made(request)
        return lines

    def _made(self, request: Request) -> list[bytes]:
        fields = request_fields(request, self._user_agent)
        if any(BREAKS.search(name + value) for name, value in fields):
            return []
        return [f"{name}: {value}".encode() if value else f"{name};".encode() for name, value in fields]
