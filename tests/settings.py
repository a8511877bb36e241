"""Settings of the invented county that the suite uses."""

from pathlib import Path

from portal.settings import (
    Body,
    Desk,
    Exchange,
    Footer,
    Network,
    Public,
    Regions,
    Service,
    Settings,
    Superior,
    SuperiorRoute,
)


def county(instance: Path, *, https: bool = True, demo: bool = False) -> Settings:
    """Return settings of 青岚县, reached over TLS unless told otherwise."""
    hosts = ("localhost", "127.0.0.1")
    return Settings(
        instance=instance,
        demo=demo,
        body=Body(
            name="青岚县纪委监委",
            phone="0990-1238800",
            address="青岚县柳溪镇清风路1号",
            hours="工作日8:30—18:00",
            petition_address="青岚县柳溪镇和顺路2号",
        ),
        superior=Superior(
            name="云河市纪委监委",
            phone="0990-1238811",
            address="云河市长桥区正阳路9号",
            url="https://superior.example",
        ),
        regions=Regions(names=("990001 柳溪镇",)),
        superior_route=SuperiorRoute(own_leaders=("卢望舒",), own_units=("派驻第三组",)),
        network=Network(tls_terminator="ours", log_keeper="青岚县大数据中心"),
        footer=Footer(),
        public=Public(hosts=hosts, https=https),
        desk=Desk(hosts=hosts, https=https),
        exchange=Exchange(jitter_seconds=0),
        service=Service(),
    )
