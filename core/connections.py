"""How long connections between our processes live."""

# Seconds that a server keeps an idle connection. Longer than any client of ours keeps one (httpx 5, aiohttp 15): where both give up
# after the same 5 s, as uvicorn's and Sanic's defaults have it, one request in some ten thousand meets a closing door.
KEEP_ALIVE = 75
