import pytest

OPEN = [
    *("/", "/help", "/help/safety", "/help/after", "/privacy", "/accessibility"),
    *("/notices", "/notices?q=补贴", "/clarifications"),
]


@pytest.mark.parametrize("url", OPEN)
def test_an_open_page_sets_no_cookie_and_may_be_asked_for_again(site, url):
    client = site.test_client()
    first = client.get(url, base_url="https://localhost")
    assert "Set-Cookie" not in first.headers
    again = client.get(
        url, base_url="https://localhost", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("url", OPEN)
def test_an_open_page_keeps_every_promise_of_the_site(visitor, url):
    assert visitor.open(url).h1


def test_the_front_page_leads_to_reporting_and_to_progress(visitor):
    links = visitor.open("/").links.values()
    assert {"/report", "/track", "/help"} <= set(links)


def test_who_wrote_a_letter_reads_what_the_slip_is_for(visitor):
    visitor.open("/help/after")
    page = visitor.click("领取单")
    assert page.url.startswith("/help")
    assert "换成我自己的查询码" in page.main


def test_a_page_that_does_not_exist_says_so(visitor):
    assert "没有这个页面" in visitor.open("/nowhere", status=404).h1


def test_large_type_and_high_contrast_stay_chosen(visitor):
    visitor.open("/display")
    page = visitor.fill(size="large", contrast="high")
    assert (page.value("size"), page.value("contrast")) == ("large", "high")
    assert "size-large" in page.root.get("class", "")
    assert "contrast-high" in visitor.open("/report").root.get("class", "")


def test_over_tls_no_other_host_can_set_the_choice(visitor):
    visitor.open("/display")
    visitor.fill(size="large", contrast="high")
    cookie = visitor.client.get_cookie("__Host-display", domain="localhost")
    assert (cookie.value, cookie.secure, cookie.path) == ("large.high", True, "/")


def test_a_choice_of_display_that_is_not_offered_is_refused(visitor):
    page = visitor.open("/display")
    token = page.value("csrf_token")
    data = {"csrf_token": token, "size": "huge", "contrast": "high"}
    page = visitor.post("/display", data, status=422)
    assert page.error("size")


@pytest.mark.parametrize("broken", [False, True])
def test_health_is_plain_and_names_only_what_is_wrong(site, house, tmp_path, broken):
    if broken:
        (tmp_path / "manifest.json").unlink()
    answer = site.test_client().get("/healthz", base_url="https://localhost")
    assert answer.status_code == (503 if broken else 200)
    assert answer.text == ("closed: Missing\n" if broken else "ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
