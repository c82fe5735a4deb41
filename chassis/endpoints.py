"""What an endpoint works with: what the client sent, as FastAPI reads it, and what the edge hands it.

FastAPI would solve each thing that is handed as a dependency, and check an answer before it writes it: that
costs a request more than what the endpoint decides.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, wraps
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Response
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from chassis.auth import Caller
from chassis.rounds import Turn
from chassis.unit_of_work import UnitOfWork
from chassis.uploads import Staged


# A coroutine, though it waits for nothing: FastAPI runs a plain function in a thread, which costs more than
# all else at the edge.
async def caller(request: Request) -> Caller:
    return cast(Caller, request.state.who)


Uow = Annotated[UnitOfWork, "uow"]
"""The unit of work of this request; the route has locked and loaded the case before."""

MyTurn = Annotated[Turn, "turn"]
"""The part that this request has in its transaction."""

Who = Annotated[Caller, Depends(caller)]
"""Who asks. Dependencies may ask for it too."""

Upload = Annotated[Staged, "staged"]
"""The document that was sent as the body; an endpoint that lets an event speak of it marks it `kept`."""

HANDED: Mapping[Any, str] = {Uow: "uow", MyTurn: "turn", Who: "who", Response: "response", Upload: "staged"}
"""What the edge hands to an endpoint with a unit of work, and its name in the state of the request."""

Answer = Callable[[], Awaitable[Response]]


def works(endpoint: Callable[..., Any]) -> bool:
    """Whether it is about a case: it has a unit of work."""
    return any(each.annotation == Uow for each in signature_of(endpoint).parameters.values())


def uploads(endpoint: Callable[..., Any]) -> bool:
    """Whether its body is a document."""
    return any(each.annotation == Upload for each in signature_of(endpoint).parameters.values())


def signature_of(endpoint: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(endpoint, eval_str=True)


def at_the_edge(
    endpoint: Callable[..., Awaitable[Any]],
    through: Callable[[Request, Answer], Awaitable[Response]],
    status: int,
) -> Callable[..., Awaitable[Response]]:
    """The endpoint as FastAPI sees it, which calls it when all that was sent is right.

    `through` is what lies around the endpoint, such as a transaction; it may call it more than once.
    """
    signature = signature_of(endpoint)
    parameters = signature.parameters.values()
    handed = {each.name: HANDED[each.annotation] for each in parameters if each.annotation in HANDED}
    annotation = signature.return_annotation
    answered = None if annotation is Response else adapter_of(annotation)

    @wraps(endpoint)
    async def edge(request: Request, response: Response, **sent: Any) -> Response:
        state = request.state
        state.response = response

        async def answer() -> Response:
            said = await endpoint(**sent, **{name: getattr(state, kept) for name, kept in handed.items()})
            if answered is None:
                return cast(Response, said)
            body = answered.dump_json(said, by_alias=True)
            return Response(body, response.status_code or status, response.headers, "application/json")

        return await through(request, answer)

    asked = [each for each in parameters if each.name not in handed]
    shown = Annotated[Any, Shown(answered)] if answered else annotation
    edge.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*asked, *FROM_FASTAPI], return_annotation=shown
    )
    return edge


# Most endpoints of a service answer with the same aggregate, and its schema is large.
@cache
def adapter_of(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


class Shown:
    """Shows in the API's document what is answered, of which FastAPI would build a schema for each endpoint.

    It needs none: an endpoint at the edge writes its answer itself.
    """

    def __init__(self, answered: TypeAdapter[Any]) -> None:
        self._answered = answered

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()

    def __get_pydantic_json_schema__(self, _: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # As a definition with a name of its own; handed over bare it would be written out in each place.
        return handler(core_schema.definitions_schema(self._answered.core_schema, []))


FROM_FASTAPI = [
    inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
    inspect.Parameter("response", inspect.Parameter.KEYWORD_ONLY, annotation=Response),
]
