"""What every answer of the API has in common, asked of the real one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.places.models import Area

Program = Callable[..., Client]
AREA = {"code": "3304", "name_zh": "嘉兴市", "level": "city", "parent": "33"}


def post(client: Client, body: Any, **headers: str) -> Any:
    return client.post("/api/v1/areas", data=body, content_type="application/json", headers=headers)


def is_problem(answer: Any, status: int, code: str) -> bool:
    body = answer.json()
    return (
        answer.status_code == body["status"] == status
        and answer["Content-Type"] == "application/problem+json"
        and body["code"] == code
        and body["type"] == f"urn:tongzhou:problem:{code}"
        and bool(body["title"])
        and bool(body["detail"])
    )


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/areas/atlantis", 404, "not-found"),
        ("/api/v1/nothing/here", 404, "not-found"),
        ("/api/v1/areas?colour=red", 422, "unknown-parameter"),
        ("/api/v1/areas?limit=0", 422, "invalid"),
        ("/api/v1/areas?limit=201", 422, "invalid"),
        ("/api/v1/areas?limit=99999999999999999999", 422, "invalid"),
        ("/api/v1/areas?limit=ten", 422, "invalid"),
        ("/api/v1/areas?level=planet", 422, "invalid"),
        ("/api/v1/areas?cursor=xxx", 422, "cursor-invalid"),
        ("/api/v1/areas?q=%00", 422, "nul-character"),
        ("/api/v1/areas?q=" + "x" * 101, 422, "invalid"),
        ("/api/v1/areas/%00", 422, "nul-character"),
    ],
)
def test_bad_questions_are_told_as_problems(
    cast: Cast, api_client: Program, address: str, status: int, code: str
) -> None:
    assert is_problem(api_client(cast.ou).get(address), status, code)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed-json"),
        (b"\xff\xfe{}", 400, "malformed-json"),
        ('{"name_zh": "\udcff"}'.encode("utf-8", "surrogatepass"), 400, "malformed-json"),
        (b'{"name_zh": "\\ud800"}', 400, "malformed-json"),
        (b'{"name_zh": NaN}', 400, "malformed-json"),
        (b'{"name_zh": "\\u0000"}', 422, "nul-character"),
        (b'{"\\u0000": 1}', 422, "nul-character"),
        (b"[]", 422, "invalid"),
        (b"", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'"text"', 422, "invalid"),
    ],
)
def test_bad_bodies_are_told_as_problems(
    cast: Cast, api_client: Program, body: bytes, status: int, code: str
) -> None:
    assert is_problem(post(api_client(cast.an), body), status, code)


def test_a_backslash_before_u0000_is_plain_text(cast: Cast, api_client: Program) -> None:
    body = AREA | {"source": "\\u0000"}

    assert post(api_client(cast.an), body).status_code == 201


def test_every_refused_value_is_named(cast: Cast, api_client: Program) -> None:
    body = AREA | {"level": "planet", "population": -1, "lon": 181, "colour": "red", "code": 7}

    answer = post(api_client(cast.an), body).json()

    assert {(e["field"], e["code"]) for e in answer["errors"]} == {
        ("level", "unknown-choice"),
        ("population", "out-of-range"),
        ("lon", "out-of-range"),
        ("colour", "unknown-field"),
        ("code", "not-text"),
    }
    assert not Area.objects.filter(name_zh="嘉兴市").exists()


def test_a_refusal_names_its_field(cast: Cast, api_client: Program) -> None:
    answer = post(api_client(cast.an), AREA | {"code": "3301"})

    assert is_problem(answer, 409, "area-code-taken")
    assert answer.json()["errors"][0]["field"] == "code"


def test_the_sentence_is_in_the_language_of_the_reader(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    english = post(client, AREA | {"code": "3301"}, accept_language="en").json()
    chinese = post(client, AREA | {"code": "3301"}, accept_language="zh-CN").json()

    assert english["detail"] == "There is an area with the code 3301 already."
    assert chinese["detail"] == "代码为 3301 的区域已存在。"
    assert english["code"] == chinese["code"]


def test_an_unknown_method_is_told_with_those_there_are(cast: Cast, api_client: Program) -> None:
    answer = api_client(cast.an).delete("/api/v1/areas")

    assert is_problem(answer, 405, "method-not-allowed")
    assert answer["Allow"] == "GET, POST"


def test_our_own_fault_is_told_without_its_inside(
    cast: Cast, api_client: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_given: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("tongzhou.places.queries.listed", fail)
    client = api_client(cast.an)
    client.raise_request_exception = False

    answer = client.get("/api/v1/areas")

    assert is_problem(answer, 500, "own-fault")
    assert "secret" not in answer.content.decode()


def test_the_root_leads_to_the_reference(client: Client) -> None:
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"


def test_the_reference_needs_no_other_site(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()

    assert "swagger-ui-bundle.js" in page
    assert "http://" not in page
    assert "https://" not in page


def test_every_operation_is_described_with_its_refusals(client: Client) -> None:
    description = client.get("/api/v1/openapi.json").json()

    operations = [
        (path, method, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    assert len(operations) > 20
    for path, method, operation in operations:
        assert {"422", "404"} <= operation["responses"].keys(), (path, method)
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert good, (path, method)
        assert operation["description"], (path, method)
        keys = [p["name"] for p in operation["parameters"] if p["in"] == "header"]
        assert (method == "post") == ("Idempotency-Key" in keys), (path, method)
    names = [operation["operationId"] for _path, _method, operation in operations]
    assert len(names) == len(set(names))
    assert "Problem" in description["components"]["schemas"]


def test_pages_and_tokens_come_to_the_same(
    cast: Cast, api_client: Program, signed_in: Callable[[Post], Client]
) -> None:
    by_token = api_client(cast.mei).get("/api/v1/me").json()
    by_session = signed_in(cast.mei).get("/api/v1/me").json()

    assert by_token == by_session
