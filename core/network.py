"""Addresses of the network, as limits count by them."""

import ipaddress


def network(address: str) -> str:
    """What to count by: an IPv4 address, the /64 of an IPv6 address (one connection owns all of it), or the text itself."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
