"""What the doctor says about keys and tokens."""

from pathlib import Path

import pytest
import yaml

from pipelines.doctor import checks
from pipelines.settings import Settings
from tests.crawlers.apis import source


def verdict(settings: Settings) -> tuple[str, str]:
    check = next(one for one in checks(settings) if one.subject == "Kunci API")
    return check.verdict, check.sentence


def settings_of(tmp_path: Path, *entries: dict[str, str]) -> Settings:
    folder = tmp_path / "config"
    folder.mkdir()
    listed = [source(f"s{n}", one) for n, one in enumerate(entries)]
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": listed}), "utf-8")
    return Settings(tmp_path, folder)


def test_missing_tokens_are_named_with_the_sources_they_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FACEBOOK_PAGE_TOKEN", "YOUTUBE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    settings = settings_of(
        tmp_path, {"facebook": "12345"}, {"youtube_search": "banjir"}, {"mastodon": "#pati"}
    )
    state, said = verdict(settings)
    assert state == "warn"
    assert "FACEBOOK_PAGE_TOKEN kosong, s0 dilewati" in said
    assert "YOUTUBE_API_KEY kosong, s1 dilewati" in said
    keys = tmp_path / "keys" / "rahasia.env"
    keys.parent.mkdir(mode=0o700)
    keys.write_text("FACEBOOK_PAGE_TOKEN=a\nYOUTUBE_API_KEY=b\n", "utf-8")
    keys.chmod(0o644)
    state, said = verdict(settings)
    assert (state, "chmod 600" in said) == ("fail", True)
    keys.chmod(0o600)
    assert verdict(settings) == ("ok", "tersedia.")


def test_nothing_is_needed_where_nothing_asks(tmp_path: Path) -> None:
    assert verdict(settings_of(tmp_path, {"bluesky": "pati"})) == ("ok", "tidak diperlukan.")
