"""Settings: what is missing or unsafe is said in one sentence, and nothing starts."""

from pathlib import Path

import pytest

from portal.config import UnsafeSetting, instance_folder, is_loopback, load, split_bind

WHOLE = """
[body]
name = "青岚县纪委监委"
phone = "0990-1238800"
address = "青岚县柳溪镇清风路1号"
hours = "工作日8:30—18:00"
petition_address = "青岚县柳溪镇和顺路2号"
[superior]
name = "云河市纪委监委"
phone = "0990-1238811"
address = "云河市长桥区正阳路9号"
url = "https://superior.example"
[network]
tls_terminator = "ours"
log_keeper = "青岚县大数据中心"
"""


def written(folder: Path, document: str) -> Path:
    (folder / "portal.toml").write_text(document, encoding="utf-8")
    return folder


def test_a_whole_file_is_read_and_the_rest_has_defaults(tmp_path):
    settings = load(written(tmp_path, WHOLE), {})
    assert settings.body.phone == "0990-1238800"
    assert settings.demo is False
    assert settings.public.https is True
    assert settings.public_database == f"sqlite:///{tmp_path / 'public' / 'portal.db'}"
    assert settings.desk_database == f"sqlite:///{tmp_path / 'desk' / 'portal.db'}"
    assert settings.spool == tmp_path / "spool"


def test_the_environment_overrules_the_file(tmp_path):
    environ = {
        "PORTAL_PUBLIC_BIND": "127.0.0.1:9000",
        "PORTAL_PUBLIC_HTTPS": "false",
        "PORTAL_PUBLIC_HOSTS": "report.example,www.report.example",
        "PORTAL_EXCHANGE_PART_MIB": "2",
        "PORTAL_EXCHANGE_SPOOL": "/srv/letterbox",
        "PORTAL_DESK_DATABASE": "postgresql+psycopg://desk@/desk",
    }
    settings = load(written(tmp_path, WHOLE), environ)
    assert settings.public.bind == "127.0.0.1:9000"
    assert settings.public.https is False
    assert settings.public.hosts == ("report.example", "www.report.example")
    assert settings.exchange.part_mib == 2
    assert settings.spool == Path("/srv/letterbox")
    assert settings.desk_database == "postgresql+psycopg://desk@/desk"


def test_lists_of_hosts_are_read_from_the_file(tmp_path):
    document = WHOLE + '[public]\nhosts = ["a.example", "b.example"]\n'
    assert load(written(tmp_path, document), {}).public.hosts == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("document", "environ", "sentence"),
    [
        ("", {}, "[body] name is missing"),
        (WHOLE.replace('phone = "0990-1238800"\n', "", 1), {}, "[body] phone is missing"),
        (WHOLE.replace('"ours"', '"nobody"'), {}, "tls_terminator must be"),
        (WHOLE + "[elsewhere]\n", {}, "unknown section [elsewhere]"),
        (WHOLE + "[public]\nport = 1\n", {}, "[public] has no setting 'port'"),
        (WHOLE + '[public]\nbind = "8000"\n', {}, "not of the form host:port"),
        (WHOLE + '[public]\nbind = "127.0.0.1:99999"\n', {}, "not of the form host:port"),
        (WHOLE + '[public]\nhttps = "yes"\n', {}, "[public] https has a wrong value"),
        (WHOLE + '[desk]\norigin = "http://localhost"\n', {}, "not of the form https://host"),
        (WHOLE + '[desk]\norigin = "https://127.0.0.1"\n', {}, "not to an IP address"),
        (WHOLE + '[desk]\norigin = "https://localhost/"\n', {}, "not of the form https://host"),
        (WHOLE + '[desk]\norigin = "https://desk.example"\n', {}, "one of the names in `hosts`"),
        (WHOLE + "[exchange]\npart_mib = true\n", {}, "[exchange] part_mib has a wrong value"),
        (WHOLE + "[exchange]\npart_mib = 0\n", {}, "part_mib or extension cannot be used"),
        (WHOLE.replace('"0990-1238800"', '""'), {}, "[body] phone has a wrong value"),
        ("public = 1\n" + WHOLE, {}, "[public] must be a section"),
        ("not toml", {}, "cannot be read"),
        (WHOLE, {"PORTAL_PUBLIC_HTTPS": "maybe"}, "PORTAL_PUBLIC_HTTPS must be"),
        (WHOLE, {"PORTAL_EXCHANGE_PART_MIB": "big"}, "must be a whole number"),
        (WHOLE, {"PORTAL_BODY_PHONE": ""}, "PORTAL_BODY_PHONE is empty"),
        ("demo = true\n" + WHOLE + '[public]\nbind = "0.0.0.0:80"\n', {}, "only on a loopback"),
        ("demo = true\n" + WHOLE, {"PORTAL_DESK_BIND": "10.1.1.1:80"}, "only on a loopback"),
        (WHOLE + '[desk]\nbind = "10.1.1.1:80"\nhttps = false\n', {}, "Without TLS"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, document, environ, sentence):
    with pytest.raises(UnsafeSetting) as refusal:
        load(written(tmp_path, document), environ)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(UnsafeSetting, match="portal init"):
        load(tmp_path, {})


def test_the_instance_is_where_the_environment_says(tmp_path):
    assert instance_folder({"PORTAL_INSTANCE": str(tmp_path)}) == tmp_path
    assert instance_folder({}).name == "instance"


@pytest.mark.parametrize(
    ("bind", "expected"),
    [("127.0.0.1:1", True), ("[::1]:1", True), ("localhost:1", True), ("desk.example:1", False)],
)
def test_loopback_is_known(bind, expected):
    assert is_loopback(bind) is expected
    assert split_bind(bind)[1] == 1


def test_whom_the_superior_looks_into_is_read_as_lists(tmp_path):
    route = '[superior_route]\nown_leaders = ["卢望舒"]\nupper_levels = ["L2"]\n'
    settings = load(written(tmp_path, WHOLE + route), {})
    assert settings.superior_route.own_leaders == ("卢望舒",)
    assert settings.superior_route.upper_levels == ("L2",)
    assert settings.superior_folder == tmp_path / "superior"


@pytest.mark.parametrize("name", ["", " 卢"])
def test_a_name_that_every_report_holds_is_refused(tmp_path, name):
    route = f'[superior_route]\nown_units = ["{name}"]\n'
    with pytest.raises(UnsafeSetting, match="too short"):
        load(written(tmp_path, WHOLE + route), {})


def test_a_region_is_told_by_its_name_where_the_settings_have_one(tmp_path):
    regions = '[regions]\nnames = ["990001 柳溪镇", "990001203 石桥 村"]\n'
    settings = load(written(tmp_path, WHOLE + regions), {})
    assert settings.regions.name_of("990001") == "柳溪镇"
    assert settings.regions.name_of("990001203") == "石桥 村"
    assert settings.regions.name_of("990002") == "990002"


@pytest.mark.parametrize("wrong", ["柳溪镇", "990001", "9900 柳溪镇", "990001柳溪镇", "990001 "])
def test_a_region_without_code_or_name_is_refused(tmp_path, wrong):
    with pytest.raises(UnsafeSetting, match="990001 柳溪镇"):
        load(written(tmp_path, f'{WHOLE}[regions]\nnames = ["{wrong}"]\n'), {})
