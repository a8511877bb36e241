import json
from pathlib import Path

import pytest

from portal.exchange.host_key import DamagedHostKey, ExposedHostKey, HostKey, MissingHostKey


def saved(folder: Path) -> Path:
    path = folder / "host.key"
    HostKey.generate().save(path)
    return path


def test_a_saved_key_is_the_same_when_loaded(tmp_path: Path):
    key = HostKey.generate()
    key.save(tmp_path / "host.key")
    assert HostKey.load(tmp_path / "host.key").peer == key.peer


def test_the_file_is_for_its_user_alone_and_is_never_overwritten(tmp_path: Path):
    path = saved(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        HostKey.generate().save(path)


def test_a_key_does_not_show_itself(tmp_path: Path):
    path = saved(tmp_path)
    shown = repr(HostKey.load(path))
    assert not [secret for secret in json.loads(path.read_bytes()).values() if secret in shown]


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(MissingHostKey):
        HostKey.load(tmp_path / "host.key")


def test_a_file_that_others_may_read_is_refused(tmp_path: Path):
    path = saved(tmp_path)
    path.chmod(0o640)
    with pytest.raises(ExposedHostKey):
        HostKey.load(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key | {"signing": "00"},
        lambda key: key | {"transport": "AGE-SECRET-KEY-PQ-1QQ"},
        lambda key: key | {"more": ""},
        lambda key: {"signing": key["signing"]},
        lambda _key: [],
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, change):
    path = saved(tmp_path)
    path.write_text(json.dumps(change(json.loads(path.read_bytes()))))
    with pytest.raises(DamagedHostKey):
        HostKey.load(path)


def test_a_file_that_is_no_json_is_refused(tmp_path: Path):
    path = saved(tmp_path)
    path.write_bytes(b"\0" * 40)
    with pytest.raises(DamagedHostKey):
        HostKey.load(path)
