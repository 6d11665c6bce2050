import pytest

from config import Source
from crawlers.lanes import lanes


def source(name: str, *ways: dict[str, str], url: str = "") -> Source:
    return Source.model_validate(
        {
            "id": name, "name": name, "kind": "news", "scope": "general", "discover": list(ways),
            **({"url": url} if url else {}), "permission": "robots_ok", "status": "active",
        }
    )  # fmt: skip


def feed(host: str) -> dict[str, str]:
    return {"feed": f"https://{host}/feed/"}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([source("a", feed("satu.id")), source("b", feed("dua.id"))], {"dua.id": ["b"], "satu.id": ["a"]}),
        ([source("a", feed("satu.id")), source("b", feed("www.satu.id:8080"))], {"satu.id": ["a", "b"]}),
        # a third source that shares a host with each of two others joins them
        (
            [
                source("a", feed("satu.id")), source("b", feed("dua.id")),
                source("c", feed("satu.id"), feed("dua.id")),
            ],
            {"dua.id": ["a", "b", "c"]},
        ),
        # one quota for all channels of a platform
        (
            [source("a", {"youtube_channel": "UC" + "x" * 22}), source("b", {"youtube_search": "pati"})],
            {"youtube": ["a", "b"]},
        ),
        ([source("a", {"folder": "sp4n", "format": "sp4n_xlsx"})], {"inbox": ["a"]}),
        ([source("a", feed("satu.id"), url="https://rumah.id/")], {"rumah.id": ["a"]}),
        ([], {}),
    ],
)  # fmt: skip
def test_what_shares_a_host_or_a_platform_is_one_lane(
    sources: list[Source], expected: dict[str, list[str]]
) -> None:
    assert lanes(sources) == expected
    assert lanes(sources[::-1]) == expected


def test_names_are_fit_for_files_and_pools() -> None:
    (name,) = lanes([source("a", feed("xn--contoh.id"), {"youtube_search": "../pati"})])
    assert name == "xn--contoh.id"
