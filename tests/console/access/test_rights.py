"""Each role against each route, generated from the application itself: a route that declares no right fails."""

from typing import Any, get_args

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import Mount

from console.access.roles import RIGHTS, Role
from console.guard import COOKIE, Guard, anyone, require_owner
from console.person import Person
from tests.console.house import House

pytestmark = pytest.mark.console
OPEN, OWNER = "everybody", "our own rooms"


def routes(house: House) -> list[RouteContext]:
    """All of them."""
    found = list(iter_route_contexts(house.inner.routes))
    others = [one.route for one in found if not isinstance(one.original_route, APIRoute)]
    assert [one.path for one in others if isinstance(one, Mount)] == ["/static"]  # nothing else is served without a guard
    assert len(others) == 1
    return [one for one in found if isinstance(one.original_route, APIRoute)]


def declared(dependant: Dependant) -> list[str]:
    """The rights that a route asks for."""
    calls = _calls(dependant)
    told = [call.right for call in calls if isinstance(call, Guard)]
    return told + [name for call in calls for known, name in ((anyone, OPEN), (require_owner, OWNER)) if call is known]


def _calls(dependant: Dependant) -> list[Any]:
    return [dependant.call, *(call for one in dependant.dependencies for call in _calls(one))]


def methods(route: RouteContext) -> list[str]:
    """How it may be asked."""
    return sorted((route.methods or set()) - {"HEAD"})


def address(route: RouteContext) -> str:
    """The route's path with something in each place."""
    assert route.path
    return "/konsole" + "/".join("1" if part.startswith("{") else part for part in route.path.split("/"))


def test_each_route_declares_exactly_one_right(house: House) -> None:
    found = {f"{methods(route)} {route.path}": declared(route.dependant) for route in routes(house)}
    assert len(found) > 15
    assert {name: rights for name, rights in found.items() if len(rights) != 1} == {}
    assert [name for name, rights in found.items() if rights == [OPEN]] == ["['GET'] /anmelden", "['POST'] /anmelden"]


def test_each_role_reaches_what_it_may_and_nothing_else(house: House) -> None:
    cookies = {role: house.console.sessions.begin(Person(house.person(f"eine.{role}", role), role)) for role in get_args(Role)}
    refused = 0
    for route in sorted(routes(house), key=lambda one: one.path == "/abmelden"):  # which ends the session
        (right,) = declared(route.dependant)
        if right in (OPEN, OWNER):
            continue
        for role in get_args(Role):
            who = house.console.sessions.person(cookies[role])
            assert who
            for method in methods(route):
                client = house.browser()
                client.cookies.set(COOKIE, cookies[role], domain="127.0.0.1", path="/konsole")
                answer = client.request(method, address(route), data={"csrf": who.csrf} if method != "GET" else None)
                if right in RIGHTS[role]:
                    assert answer.status_code not in (401, 403), (method, route.path, role, answer.status_code)
                    assert "/anmelden" not in answer.headers.get("location", "") or route.path == "/abmelden"
                else:
                    assert answer.status_code == 403, (method, route.path, role, answer.status_code)
                    refused += 1
    assert refused > 30


def test_nobody_gets_in_without_signing_in(house: House) -> None:
    for route in routes(house):
        (right,) = declared(route.dependant)
        for method in methods(route):
            answer = house.browser().request(method, address(route))
            if right == OPEN:
                assert answer.status_code in (200, 401), route.path
            elif right == OWNER:
                assert answer.status_code == 401, route.path
            else:
                assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/konsole/anmelden"), route.path


def test_a_role_with_more_rights_may_all_that_one_with_fewer_may() -> None:
    assert RIGHTS["leser"] < RIGHTS["pruefer"] < RIGHTS["trainer"] < RIGHTS["admin"]
