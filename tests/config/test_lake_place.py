"""``lake.yaml``: what it may say, and the sentences about what it may not."""

from pathlib import Path

import pytest

from config import ConfigError
from config.lake import lake_place
from warehouse import LakeError
from warehouse.place import is_elsewhere, place_of

EXAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "lake.yaml"
TEXT = EXAMPLE.read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "lake.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def test_without_the_file_the_lake_is_at_home(tmp_path: Path) -> None:
    assert not is_elsewhere(tmp_path)
    assert place_of(tmp_path).extensions == ("sqlite_scanner", "ducklake")


def test_the_example_can_be_used(home: Path) -> None:
    found = lake_place(home)
    assert (found.name, found.catalog.port, found.data.path) == ("kab_pati", 5432, "s3://pati-maju/kab_pati/")
    assert found.catalog.sslmode == "verify-full"
    assert found.data.on_s3


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("path: s3://pati-maju/kab_pati", "path: data/gudang", "bukan s3://ember/folder"),
        ("path: s3://pati-maju/kab_pati", "path: /mnt/../etc", "bukan s3://ember/folder"),
        ("path: s3://pati-maju/kab_pati", 'path: "s3://a\'b/x"', "bukan s3://ember/folder"),
        (
            "endpoint: https://s3.kominfo.example",
            "endpoint: https://s3.kominfo.example/x",
            "tanpa folder",
        ),
        ("endpoint: https://s3.kominfo.example", "endpoint: https://a:b@s3.example", "sandi di alamat"),
        ("host: pg.kominfo.example", "host: \"x' password='y\"", "host"),
        ("sslmode: verify-full", "sslmode: ya", "sslmode"),
        ("  password_env: PATI_LAKE_PASSWORD", "  password: rahasia", "password"),
        ("name: kab_pati", 'name: "../kudus"', "name"),
    ],
)
def test_a_mistake_is_named_with_its_line(home: Path, before: str, after: str, words: str) -> None:
    assert before in TEXT
    line = 1 + TEXT[: TEXT.index(before)].count("\n")
    (home / "lake.yaml").write_text(TEXT.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigError) as error:
        lake_place(home)
    assert error.value.line == line, str(error.value)
    assert words in str(error.value)


def test_a_missing_key_of_the_store_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PATI_LAKE_PASSWORD", "PATI_S3_KEY", "PATI_S3_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATI_S3_KEY", "nilai-kunci")
    with pytest.raises(LakeError, match="PATI_S3_SECRET tidak ada") as error:
        place_of(home)
    assert "nilai-kunci" not in str(error.value)
