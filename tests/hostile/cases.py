"""The 48 hostile and odd inputs, one row each: what is played, on which path, what must come of it.

The numbers are those of the list the acceptance speaks of. Cases 46 to 48 are no web pages: their
rows are in `test_video_api.py` and `test_files.py`. `SAFETY` adds what must never be reached, by any way.
"""

from tests.hostile import addresses, checks, feeds, pages, transport
from tests.hostile.model import DOMAIN, Case, Rejected, Stored, page
from tests.hostile.pages import QUOTED
from tests.hostile.stories import Story, story
from tests.hostile.web import in_turn, nights, reply

REPAIRED = ("encoding_repaired",)
QUOTES = Stored(QUOTED, says="\u201cSemua senang pada hari Jum\u2019at,\u201d")
MENDED = Stored(QUOTED, says="\u201cSemua senang pada hari Jum\u2019at,\u201d", flags=REPAIRED)
TORN = Stored(says="Kabupaten Pati menyampaikan kabar", flags=("partial",))
LIMIT, LATE, LOOP, LIST = (Rejected(r) for r in ("too_large", "timeout", "redirect_loop", "listing"))

_CONTROLS, _CLEAN = pages.controls()
_LONG, _SERIAL, _TWIN, _PLAIN = (story(f"k3x {name}", 8) for name in ("panjang", "seri", "kembar", "biasa"))
_LATER, _AFTER, _FLAP = story("k11 tujuan"), story("k16 sabar"), story("k18 kedip")

TRANSPORT = (
    Case(1, "gzip bomb, 0.3 MB become 314 MB", {"/bom": transport.gzip_bomb(314)}, {"/bom": LIMIT},
         check=checks.asked_once("/bom")),
    Case(2, "50 MB of HTML, announced and not",
         {"/diam": transport.large(50, announced=False), "/kata": transport.large(50, announced=True)},
         {"/diam": LIMIT, "/kata": LIMIT}, check=checks.asked_once("/diam", "/kata")),
    Case(3, "body trickles without end", {"/tetes": transport.trickle}, {"/tetes": LATE},
         check=checks.asked_at_most(2, "/tetes")),
    Case(4, "headers never arrive", {"/sunyi": transport.silence}, {"/sunyi": LATE},
         check=checks.asked_at_most(2, "/sunyi")),
    Case(7, "redirect to itself", {"/putar": transport.moved("/putar")}, {"/putar": LOOP},
         check=checks.asked_once("/putar")),
    Case(8, "40 redirects in a row", {"/tangga-*": transport.next_step},
         {"/tangga-0": LOOP}, check=checks.asked_at_most(6, "/tangga-")),
    Case(9, "redirect to file: and data:",
         {"/berkas": transport.moved("file:///etc/hostname"), "/data": transport.moved("data:text/html,x")},
         {"/berkas": Rejected("refused"), "/data": Rejected("refused")}),
    Case(10, "redirect to an internal address",
         {"/meta": transport.moved("http://INNER:PORT/latest/meta-data/"),
          "/nama": transport.moved("http://dalam.localhost:PORT/")},
         {"/meta": Rejected("refused"), "/nama": Rejected("refused")}),
    Case(11, "meta refresh", {"/dulu": transport.refresh("/kini"), "/kini": page(_LATER)},
         {"/dulu": Stored(_LATER, flags=("meta_refresh",), aliases=("/dulu",))}),
    Case(14, "bot check with 403", {"/jaga*": reply(pages.CHALLENGE, status=403)},
         {f"/jaga-{n}": Rejected("blocked") for n in range(2)}),
    Case(16, "429 with Retry-After in seconds", {"/sabar": transport.too_many(_AFTER, date=False)},
         {"/sabar": Stored(_AFTER)}, check=checks.waited("/sabar", 2.0)),
    Case(16, "429 with Retry-After as a date", {"/sabar": transport.too_many(_AFTER, date=True)},
         {"/sabar": Stored(_AFTER)}, host="k16b", check=checks.waited("/sabar", 2.0)),
    Case(17, "always 500, healed the night after",
         {"/galat-*": nights(reply(b"", status=500), page(_PLAIN))},
         named=tuple(f"/galat-{n}" for n in range(9)), good=False, check=checks.left_alone),
    Case(18, "503 and 200 by turns", {"/kedip": in_turn(reply(b"", status=503), page(_FLAP))},
         {"/kedip": Stored(_FLAP)}, check=checks.asked_at_most(2, "/kedip")),
    Case(19, "200 with nothing", {"/hampa": reply(b"")}, {"/hampa": Rejected("empty")}),
    Case(21, "no Content-Type", {"/polos": pages.encoded("utf-8", None)}, {"/polos": QUOTES}),
    Case(28, "truncated gzip", {"/putus": transport.torn_gzip(story("k28 putus", 40))}, {"/putus": TORN},
         check=checks.asked_at_most(2, "/putus")),
    Case(29, "gzip that is none", {"/bohong": transport.no_gzip(QUOTED)},
         {"/bohong": Stored(QUOTED, flags=("not_compressed",))}),
    Case(30, "body shorter than promised", {"/kurang": transport.short(_PLAIN)},
         {"/kurang": Stored(_PLAIN, flags=("partial",))}, check=checks.asked_at_most(2, "/kurang")),
)  # fmt: skip

PAGES = (
    Case(5, "200,000 attributes on one tag", {"/tanda": pages.attributes(200_000)},
         {"/tanda": Rejected("hostile_page")}),
    Case(5, "the same behind quoted brackets", {"/tanda": pages.hidden_attributes(200_000)},
         {"/tanda": Rejected("hostile_page")}, host="k05b"),
    Case(6, "30,000 nested boxes", {"/dalam": pages.nested(30_000)}, {"/dalam": Rejected("no_text")}),
    Case(12, "redirect by script, empty application",
         {"/skrip": reply(pages.SCRIPTED), "/kosong": reply(pages.EMPTY_APP)},
         {"/skrip": Rejected("needs_js"), "/kosong": Rejected("needs_js")}),
    Case(13, "soft 404 in Indonesian", {"/hilang": reply(pages.SOFT_404)}, {"/hilang": Rejected("soft_404")}),
    Case(15, "bot check with 200", {"/jaga": reply(pages.CHALLENGE)}, {"/jaga": Rejected("challenge")}),
    Case(20, "HTML without body", {"/kepala": reply(b"<html><head><title>Judul</title></head></html>")},
         {"/kepala": Rejected("no_text")}),
    Case(22, "PDF as text/html", {"/surat": reply(pages.PDF)}, {"/surat": Rejected("not_html")}),
    Case(23, "cp1252 declared utf-8", {"/kutip": pages.encoded("cp1252", "utf-8")}, {"/kutip": MENDED}),
    Case(24, "utf-8 declared latin-1", {"/kutip": pages.encoded("utf-8", "iso-8859-1")}, {"/kutip": MENDED}),
    Case(25, "utf-8 with a cp1252 paragraph", {"/tempel": pages.patched()}, {"/tempel": MENDED}),
    Case(26, "UTF-16 with BOM", {"/lebar": pages.encoded("utf-16", "")}, {"/lebar": QUOTES}),
    Case(27, "header utf-8, meta windows-1252",
         {"/kutip": pages.encoded("utf-8", "utf-8", meta="windows-1252")}, {"/kutip": QUOTES}),
    Case(31, "NUL, control characters, half a character", {"/kendali": _CONTROLS},
         {"/kendali": Stored(_CLEAN, flags=REPAIRED)}),
)  # fmt: skip

ADDRESSES = (
    Case(32, "calendar without end", {"/agenda/*": addresses.calendar}, method="listing",
         entry="/agenda/2024-09-11", check=checks.stopped_walking("/agenda/", 6)),
    Case(32, "calendar with a new empty page on every page",
         {"/hari/*": addresses.busy_calendar, "/acara*": reply(b"<html><body><p>Kosong.</p></body></html>")},
         method="listing", entry="/hari/1", host="k32b", check=checks.budget("/acara", "/hari/")),
    Case(33, "session id in every link",
         {"/daftar": addresses.sessions, "/cerita": page(_PLAIN),
          "/putar*": addresses.canonical(_SERIAL, "/cerita-sesi")},
         {"/cerita": Stored(_PLAIN)}, method="listing", entry="/daftar", check=checks.sessions),
    Case(34, "one story under eight addresses",
         {"/kembar*": addresses.canonical(_TWIN, "/kembar"), "/?p=77": addresses.canonical(_TWIN, "/kembar")},
         {"/?p=77": Stored(_TWIN, aliases=("/?p=77",)),
          "/kembar": Stored(_TWIN)},
         ("/kembar?utm_source=x", "/kembar/amp", "/kembar?amp=1", "/kembar?noamp=mobile", "/kembar?page=all",
          f"http://m.k34.{DOMAIN}:PORT/kembar"),
         check=checks.one_copy),
    Case(35, "story on two pages",
         {**addresses.paged(_LONG, "/panjang", whole=True), **addresses.paged(_SERIAL, "/seri", whole=False)},
         {"/panjang": Stored(_LONG), "/seri": Stored(_SERIAL)}),
    Case(36, "tag, author and archive pages among the articles",
         {**{path: page(one) for path, one in addresses.LINKED.items()},
          **{path: addresses.teasers() for path in ("/tag/jalan/", "/penulis/budi/", "/sorotan-bulan-ini")}},
         dict.fromkeys(("/tag/jalan/", "/penulis/budi/", "/sorotan-bulan-ini"), LIST),
         check=checks.linked_stories),
    Case(37, "clone of a whole site", {},
         {f"http://klon37.{DOMAIN}:PORT/baik-1": Stored(flags=("other_site",))}, check=checks.clone),
)  # fmt: skip

FEEDS = (
    Case(38, "guid is the position", {
        "/umpan.xml": feeds.rolled(["a-satu", "a-dua", "a-tiga"], ["b-satu", "b-dua", "b-tiga"]),
        **feeds.undated("/a-satu", "/a-dua", "/a-tiga", "/b-satu", "/b-dua", "/b-tiga")},
         {f"/a-{n}": Stored() for n in ("satu", "dua", "tiga")}, good=False, check=checks.second_night),
    Case(39, "guid twice, none, no link", {"/umpan.xml": feeds.odd_guids(), **feeds.undated(*feeds.ODD)},
         {path: Stored() for path in feeds.ODD}, good=False, check=checks.no_link),
    Case(40, "Indonesian dates in the feed",
         feeds.dated(satu="05 Agustus 2019", dua="Sel, 03 Sep 2024 08:15:00 +0700"),
         {"/satu": Stored(at=feeds.utc("2019-08-04T17:00"), dated=True),
          "/dua": Stored(at=feeds.utc("2024-09-03T01:15"), dated=True)}, good=False),
    Case(41, "dates without zone, WIB, WITA",
         feeds.dated(satu="2024-09-03 08:00:00", dua="03 Sep 2024 08:00:00 WIB",
                     tiga="2024-09-03 08:00:00 WITA"),
         {"/satu": Stored(at=feeds.utc("2024-09-03T01:00"), dated=True),
          "/dua": Stored(at=feeds.utc("2024-09-03T01:00"), dated=True),
          "/tiga": Stored(at=feeds.utc("2024-09-03T00:00"), dated=True)}, good=False),
    Case(42, "slashes, epoch, zeros",
         feeds.dated(satu="2024/9/3 08:00:00", dua="9999999999999", tiga="0000-00-00 00:00:00"),
         {"/satu": Stored(at=feeds.utc("2024-09-03T01:00"), dated=True),
          "/dua": Stored(dated=True), "/tiga": Stored(dated=True)},
         good=False, check=checks.said("tidak masuk akal")),
    Case(43, "2099 and the 31st of September",
         feeds.dated(satu="Mon, 07 Sep 2099 08:00:00 +0700", dua="31 Sep 2024 08:00:00 +0700"),
         {"/satu": Stored(dated=True), "/dua": Stored(dated=True)},
         good=False, check=checks.said("tidak masuk akal")),
    Case(44, "billion laughs", {"/umpan.xml": feeds.feed(feeds.JOKE, head=feeds.LAUGHS)},
         {"/umpan.xml": Rejected("not_discovery")}, good=False),
    Case(44, "XXE", {"/umpan.xml": feeds.feed(feeds.LEAK, head=feeds.XXE)},
         {"/umpan.xml": Rejected("not_discovery")}, good=False, host="k44b"),
    Case(44, "PHP warning before the XML", {
        "/umpan.xml": feeds.feed(*feeds.TWO, before=feeds.WARNING), **feeds.undated("/satu", "/dua")},
         {"/satu": Stored(), "/dua": Stored()}, good=False, host="k44c"),
    Case(44, "feed cut off", {"/umpan.xml": feeds.cut("/satu", "/dua", "/tiga"),
                              **feeds.undated("/satu", "/dua", "/tiga")},
         {"/satu": Stored(), "/dua": Stored()}, good=False, host="k44d", check=checks.said("rusak sebagian")),
    Case(44, "HTML instead of a feed", {"/umpan.xml": reply(feeds.BLOCKED)},
         {"/umpan.xml": Rejected("not_discovery")}, good=False, host="k44e"),
    Case(45, "unescaped &, cp1252, scripts in the feed", {
        "/umpan.xml": feeds.careless(), "/baca?id=7&kanal=desa": page(_PLAIN),
        "/polos": page(Story("", _TWIN.paragraphs), dated=False, h1=" ")},
         {"/baca?id=7&kanal=desa": Stored(_PLAIN), "/polos": Stored()}, good=False,
         check=checks.no_script),
)  # fmt: skip

SAFETY = (
    Case(101, "internal addresses in every spelling", {}, {
        f"http://{host}:PORT/rahasia": Rejected("refused")
        for host in ("127.0.0.2", "2130706434", "0x7f.0.0.2", "0177.0.0.2", "127.2", "[::ffff:127.0.0.2]",
                     "[2002:7f00:2::]", "[64:ff9b::7f00:2]", "dalam.localhost")},
         host="s01"),
    Case(102, "robots.txt leads inside", {"/robots.txt": transport.moved("http://INNER:PORT/robots.txt")},
         host="s02"),
    Case(103, "robots.txt answers 503", {"/robots.txt": nights(reply(b"", status=503), reply(b""))},
         host="s03", check=checks.robots_unreadable),
    Case(104, "sitemaps that lead inside, in circles, to a bomb", addresses.sitemaps(), method="sitemap",
         entry="/peta.xml", host="s04", check=checks.sitemaps),
    Case(105, "second page leads inside",
         {**addresses.paged(_LONG, "/seri", whole=False), "/seri?page=2": transport.moved("http://INNER:PORT/")},
         {"/seri": Rejected("incomplete")}, host="s05"),
    Case(106, "meta refresh inside; one for people without script",
         {"/dalam": transport.refresh("http://INNER:PORT/"),
          "/noskrip": page(_PLAIN, extra_head=transport.FOR_PEOPLE)},
         {"/dalam": Rejected("refused"), "/noskrip": Stored(_PLAIN)}, host="s06"),
    Case(107, "other ports, other schemes, forbidden by robots.txt, gone",
         {"/porta": transport.moved("http://luar.example:22/"), "/ftp": transport.moved("ftp://luar.example/x")},
         {"/porta": Rejected("refused"), "/ftp": Rejected("refused"),
          "http://luar.example:8022/x": Rejected("refused"), "/rahasia/x": Rejected("robots"),
          "/tiada": Rejected("gone")}, host="s07"),
)  # fmt: skip

CASES = (*TRANSPORT, *PAGES, *ADDRESSES, *FEEDS, *SAFETY)

# hosts that are no source of their own
OTHERS = {
    f"m.k34.{DOMAIN}": {"/kembar": addresses.canonical(_TWIN, "/kembar")},
    f"klon37.{DOMAIN}": {"/baik-1": addresses.cloned(story("k37 baik 1"), "pembaca", f"k37.{DOMAIN}")},
}
