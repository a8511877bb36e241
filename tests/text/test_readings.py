"""What is read of clean HTML, and where each character stands in it."""

from portal.text.readings import addresses, put, read


def masked(source: str, name: str, by: str) -> str:
    reading = read("body", source)
    start = reading.text.index(name)
    places = [place for place in reading.places[start : start + len(name)] if place]
    return put(source, places, by)


def test_a_text_is_read_without_tags_each_block_on_its_line() -> None:
    reading = read(
        "body", "<h2>一</h2><p>张<strong>三</strong>&amp;<br>李四</p><ul><li>x</li></ul>"
    )
    assert reading.text == "一\n张三&\n李四\nx"
    assert len(reading.places) == len(reading.text)


def test_a_name_that_is_half_bold_is_one_name_and_its_tags_stay_whole() -> None:
    assert masked("<p>村民张<strong>三</strong>说</p>", "张三", "张某") == (
        "<p>村民张某<strong></strong>说</p>"
    )
    assert masked("<p>a&lt;b</p>", "<", "<<") == "<p>a&lt;&lt;b</p>"


def test_a_token_is_read_as_what_it_becomes_and_has_no_place() -> None:
    reading = read("body", "<p>〔甲〕在</p>", {"甲": "张某"}.__getitem__)
    assert reading.text == "张某在"
    assert [place is None for place in reading.places] == [True, True, False]


def test_two_texts_stand_on_lines_of_their_own() -> None:
    both = read("intro", "<p>一</p>") + read("closing", "<p>二</p>")
    assert both.text == "一\n二"
    assert [place.field if place else None for place in both.places] == ["intro", None, "closing"]
    assert (read("a", "") + read("b", "<p>x</p>")).text == "x"


def test_addresses_are_read_too() -> None:
    assert addresses('<p><a href="https://a.cn/?a=1&amp;b=2">x</a></p>') == [
        "https://a.cn/?a=1&b=2"
    ]
