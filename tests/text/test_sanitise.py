"""Nothing active gets through, and what an editor pasted stays readable."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text import sanitise
from portal.text.sanitise import Disputed, clean, from_typed, is_clean, to_typed

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>1</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example/x'>x</a>",
    "<p style='background:url(javascript:1)'>x</p>",
    "<p onclick=alert(1) class=a id=b>x</p>",
    "<iframe src=//evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=a><button>x</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import 'http://evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=1>'></noscript>",
    "<!--><img src=x onerror=1>-->",
    "<p>a<!-- b --></p><![CDATA[<script>1</script>]]>",
    "<video><source onerror=1></video><audio src=x onerror=1>",
    "<details open ontoggle=1>x</details>",
    "<table><td background='javascript:1'>x</td></table>",
    "<<script>script>alert(1)<</script>/script>",
    "<a href='https://a.example/\" onmouseover=\"1'>x</a>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<select><template><img src=x onerror=1></template></select>",
]
ALLOWED = {"href", "colspan", "rowspan"}


class Elements(HTMLParser):
    """Every tag of a text, and every attribute with its value."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_is_left(payload: str) -> None:
    try:
        result = from_typed(payload)
    except Disputed:
        return
    assert is_clean(result)
    found = Elements(result)
    assert found.tags <= sanitise.TAGS
    for name, value in found.attributes:
        assert name in ALLOWED
        assert name != "href" or re.match(r"https?://|/[^/]", value or "")


def test_a_word_fragment_keeps_its_shape_and_nothing_else() -> None:
    pasted = (
        "<html><head><style>p.MsoNormal{mso-x:1}</style></head><body lang=ZH-CN>"
        "<!--[if gte mso 9]><xml><o:x/></xml><![endif]-->"
        "<h1>一、基本情况</h1><p class=MsoNormal style='text-indent:2em'><b><span lang=EN-US>"
        "2023<o:p></o:p></span></b>年，<i>某村</i>\n书记&nbsp;〔甲〕</p><div><div>第二段</div></div>"
        "<table border=1><tr><td width=9 colspan=2>甲</td></tr></table><p>&nbsp;</p></body></html>"
    )
    assert from_typed(pasted) == (
        "<h2>一、基本情况</h2><p><strong>2023</strong>年，<em>某村</em> 书记 〔甲〕</p>"
        "<p>第二段</p>"
        '<table><tbody><tr><td colspan="2">甲</td></tr></tbody></table>'
    )


@pytest.mark.parametrize("typed", ["第一段\n第二段", "1 < 2 & “3”", "𠮷某\n\n〔甲〕", ""])
def test_plain_lines_are_paragraphs_and_come_back_as_lines(typed: str) -> None:
    result = from_typed(typed)
    assert to_typed(result) == "\n".join(line for line in typed.split("\n") if line)
    assert from_typed(to_typed(result)) == result


def test_what_the_two_cleaners_see_differently_is_accepted_by_neither() -> None:
    with pytest.raises(Disputed):
        clean("<p>\x01字</p>")


def test_characters_that_word_marks_pictures_with_are_dropped() -> None:
    assert from_typed("第一行\x0b第二行\x01\x07") == "<p>第一行</p><p>第二行</p>"


def test_what_is_more_than_lines_comes_back_as_html() -> None:
    rich = "<h2>一</h2><p>二<br>三</p>"
    assert to_typed(rich) == rich
    assert from_typed("<b>只有</b>字") == "<p><strong>只有</strong>字</p>"
    typed_tag = from_typed("<p>&lt;b&gt;不是标签</p>")
    assert from_typed(to_typed(typed_tag)) == typed_tag


@pytest.mark.parametrize(
    "text", ["<p onclick=x>x</p>", "<p>a</p><script>1</script>", "<section>x</section>", "a<b"]
)
def test_what_a_cleaner_would_change_is_not_clean(text: str) -> None:
    assert is_clean("<p>x</p>")
    assert not is_clean(text)


@given(
    st.lists(
        st.sampled_from(
            [
                *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "</table>", "<a href='"),
                *(
                    "https://a.cn",
                    "'>",
                    "</a>",
                    "<li>",
                    "<ul>",
                    "&amp;",
                    "&nbsp;",
                    "<",
                    ">",
                    "&",
                    '"',
                ),
                *("字", " ", "\n", "<svg>", "<style>", "</style>", "<!--", "-->", "\x0b", "\u2028"),
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_cleaning_twice_is_cleaning_once(source: str) -> None:
    try:
        once = clean(source)
    except Disputed:
        return
    assert clean(once) == once
    assert is_clean(once)
