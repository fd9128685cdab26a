"""What the status of a last answer means for a link (RFC 9110, section 15)."""

PHRASES = {
    100: "Continue",
    101: "Switching Protocols",
    200: "OK",
    201: "Created",
    202: "Accepted",
    203: "Non-Authoritative Information",
    204: "No Content",
    205: "Reset Content",
    206: "Partial Content",
    300: "Multiple Choices",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    305: "Use Proxy",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    423: "Locked",
    424: "Failed Dependency",
    425: "Too Early",
    426: "Upgrade Required",
    428: "Precondition Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    505: "HTTP Version Not Supported",
    507: "Insufficient Storage",
    508: "Loop Detected",
    511: "Network Authentication Required",
}
"""Names of the statuses that are met (IANA, HTTP Status Code Registry). The standard library's vary by version."""

REASONS = {
    300: "ok",  # 15.4.1: the resource is there, in several forms, and none was preferred
    304: "ok",  # 15.4.5: as it was when last seen; only ever sent to a request that asked
    401: "http-401",
    402: "http-402",
    403: "http-403",
    404: "http-404",
    407: "http-407",
    408: "timeout",  # 15.5.9: the server's own time-out
    410: "http-410",
    421: "protocol-error",  # 15.5.20: the connection is to blame; says nothing of the page
    425: "protocol-error",  # RFC 8470, 5.2: only for early data, which is never sent here
    429: "http-429",
    451: "http-451",
}

BY_CLASS = {1: "protocol-error", 2: "ok", 3: "redirect-invalid", 4: "http-4xx", 5: "http-5xx"}
"""Section 15: a status that isn't known counts as the x00 of its class. What is left of the 1xx has no final answer
after it, and what is left of the 3xx was not followed or can't be."""

OUTSIDE = "http-5xx"
"""Section 15: a client is to take a status outside 100 to 599, such as 999, for a server error."""


def reason_of(status: int) -> str:
    """The reason that a target's verdict has by the status of its last answer alone."""
    return REASONS.get(status) or BY_CLASS.get(status // 100, OUTSIDE)


def named(status: int) -> str:
    """A status as people know it: `404 Not Found`."""
    return f"{status} {PHRASES.get(status, '')}".rstrip()
