"""Releases, reports and notices that are written by a template: alike in words, a story each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tests.archive.newsroom import Desk, Piece

Template: TypeAlias = "Callable[[Desk, int], Piece]"
WIRE = "pressline.example"

FORWARD = """Forward-Looking Statements

This release contains forward-looking statements within the meaning of the Private Securities
Litigation Reform Act of 1995, Section 27A of the Securities Act of 1933 and Section 21E of the
Securities Exchange Act of 1934. Words such as "expect", "plan", "believe", "intend" and "may"
identify them. They rest on what management assumes today, and what happens may differ from them
materially because of risks that are described in the reports which the company files with the
Securities and Exchange Commission, among them its annual report on Form 10-K and its quarterly
reports on Form 10-Q. Nobody should rely on them unduly, and the company undertakes no duty to
revise any of them, whatever comes to pass after the day of this release, unless the law asks for
it.""".replace("\n", " ").replace("  ", "\n\n")


def piece(desk: Desk, title: str, *paragraphs: str, site: str = WIRE, day: date) -> Piece:
    from tests.archive.newsroom import Piece

    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    story = f"t{desk.random.getrandbits(60):x}"
    return Piece(story=story, title=title, text=text, site=site, day=day)


class Firm:
    """A company with what its releases always say of it."""

    def __init__(self, desk: Desk) -> None:
        self.name = f"{desk.name()} {desk.random.choice(('Therapeutics', 'Biosciences', 'Labs'))}"
        self.sign = desk.name(2).upper()
        self.chief = desk.person()
        self.about = (
            f"About {self.name} {self.name} is a clinical-stage company that develops medicines for "
            f"people with {desk.name()} disease. Its lead candidate, {self.sign}-{desk.number(100, 999)}, "
            f"is in Phase 2. Founded in {desk.number(1980, 2019).replace(',', '')}, it is based in "
            f"{desk.name()} and employs {desk.number(20, 900)} people. Its platform reads the "
            "signals between cells and turns them into targets that others have not found. For more, "
            f"see www.{self.sign.lower()}.example."
        )
        self.contact = (
            f"Contact: {desk.person()}, Investor Relations, {self.name}, "
            f"+1 {desk.number(200, 900)} 555 {desk.number(1000, 9999).replace(',', '')}"
        )


def _grant(desk: Desk, firm: Firm, day: date) -> Piece:
    people, shares = desk.random.randint(1, 19), desk.number(10_000, 900_000)
    price = f"{desk.random.randint(1, 80)}.{desk.random.randint(10, 99)}"
    return piece(
        desk,
        f"{firm.name} Reports Inducement Grants Under Nasdaq Listing Rule 5635(c)(4)",
        f"{desk.name()}, {desk.date_of(day)} -- {firm.name} (Nasdaq: {firm.sign}) today said that "
        f"on {desk.date_of(day - timedelta(days=2))} the compensation committee of its board granted "
        f"options to buy {shares} shares of its common stock to {people} new employees, as an "
        "inducement material to each of them entering into employment with the company, under "
        "Nasdaq Listing Rule 5635(c)(4).",
        f"The options have an exercise price of ${price} a share, the closing price on the day of "
        "the grant. Each has a term of ten years and vests over four years, a quarter on the first "
        "anniversary of the day on which employment began and the rest in equal monthly parts over "
        "the three years that follow, as long as employment goes on. They are subject to the terms "
        "of the inducement plan and of the agreement under which they were granted.",
        firm.about,
        FORWARD,
        firm.contact,
        day=day,
    )


def inducement(desk: Desk, number: int) -> Piece:
    """One grant each of twelve companies, on the wire within a fortnight."""
    return _grant(desk, Firm(desk), date(2024, 6, 1) + timedelta(days=number))


def _same_firm(desk: Desk, name: str) -> Firm:
    """Give the firm that all of a family's releases are about."""
    firms = desk.__dict__.setdefault("firms", {})
    return firms.setdefault(name, Firm(desk))  # type: ignore[no-any-return] # a dict of ours


def inducement_again(desk: Desk, number: int) -> Piece:
    """A company's grants of twelve months."""
    return _grant(desk, _same_firm(desk, "grants"), date(2024, 1, 4) + timedelta(days=30 * number))


QUARTERS = ("First", "Second", "Third", "Fourth")


def _results(desk: Desk, firm: Firm, quarter: int, day: date) -> Piece:
    def million() -> str:
        return f"${desk.random.randint(1, 400)}.{desk.random.randint(0, 9)} million"

    name, year = QUARTERS[quarter % 4], 2022 + quarter // 4
    return piece(
        desk,
        f"{firm.name} Reports {name} Quarter {year} Financial Results",
        f"{firm.name} (Nasdaq: {firm.sign}) today reported its financial results for the "
        f"{name.lower()} quarter of {year} and an update on its business.",
        f'"We are pleased with the progress of this quarter," said {firm.chief}, chief executive of '
        f'{firm.name}. "Our team has kept its promises, and we look forward to the data that we '
        'expect before the end of the year."',
        f"{name} Quarter {year} Financial Results",
        f"Cash, cash equivalents and marketable securities were {million()} at the end of the "
        f"quarter, compared with {million()} at the end of the year before. The company expects "
        "that they fund its operations into the second half of the year after next.",
        f"Research and development expenses were {million()} for the quarter, compared with "
        f"{million()} for the same quarter of the year before. The increase was due mainly to "
        "clinical trial costs and to higher costs of personnel.",
        f"General and administrative expenses were {million()} for the quarter, compared with "
        f"{million()} for the same quarter of the year before. Net loss was {million()}, or "
        f"${desk.random.randint(0, 2)}.{desk.random.randint(10, 99)} a share, compared with "
        f"{million()} for the same quarter of the year before.",
        firm.about,
        FORWARD,
        firm.contact,
        day=day,
    )


def results(desk: Desk, number: int) -> Piece:
    """Twelve companies' releases of one quarter."""
    return _results(desk, Firm(desk), 9, date(2024, 8, 1) + timedelta(days=number))


def results_again(desk: Desk, number: int) -> Piece:
    """One company's releases of twelve quarters."""
    day = date(2022, 5, 5) + timedelta(days=91 * number)
    return _results(desk, _same_firm(desk, "results"), number, day)


def _news(desk: Desk, firm: Firm, day: date) -> Piece:
    return piece(
        desk,
        f"{firm.name} {desk.headline()}",
        f"{firm.name} today announced: {desk.sentence()} {desk.sentence()}",
        f"{desk.sentence()} {desk.sentence()}",
        firm.about,
        FORWARD,
        firm.contact,
        day=day,
    )


def short_news(desk: Desk, number: int) -> Piece:
    """A company's releases, each with two paragraphs of news above 200 words that never change."""
    return _news(desk, _same_firm(desk, "news"), date(2024, 3, 1) + timedelta(days=4 * number))


def dividend(desk: Desk, number: int) -> Piece:
    """Twelve funds' notices, a handful of words different."""
    day = date(2024, 9, 2) + timedelta(days=number // 4)
    name = f"{desk.name()} Income Trust"
    cents = f"0.{desk.random.randint(1000, 9999)}"
    return piece(
        desk,
        f"{name} Declares Monthly Distribution",
        f"{name} (NYSE: {desk.name(2).upper()}) today declared a distribution of ${cents} a share, "
        f"payable on {desk.date_of(day + timedelta(days=desk.random.randint(20, 28)))} to holders "
        f"of record on {desk.date_of(day + timedelta(days=desk.random.randint(9, 14)))}. The shares "
        "trade without it from that day on.",
        "The trust pays its distribution from net investment income, and where that is not enough "
        "from realised gains or from capital. What part comes from which of them is not known until "
        "the end of the year, when holders are told on a form for their taxes. Past distributions "
        "say nothing about those to come, and the board may change or end them at any time.",
        day=day,
    )


def market_report(desk: Desk, number: int) -> Piece:
    """A site's weekly report."""
    day = date(2024, 2, 2) + timedelta(days=7 * number)

    def move() -> str:
        way = desk.random.choice(("rose", "fell"))
        return f"{way} {desk.random.randint(0, 4)}.{desk.random.randint(0, 99):02} percent"

    return piece(
        desk,
        f"Weekly market report: shares {desk.random.choice(('up', 'down', 'mixed'))}",
        f"Shares ended the week of {desk.date_of(day)} {desk.random.choice(('higher', 'lower'))} as "
        f"investors weighed the latest figures. The main index {move()} to "
        f"{desk.number(20_000, 39_000)} points, while the index of technology shares {move()} to "
        f"{desk.number(9_000, 19_000)} points.",
        f"In the bond market the yield of the ten-year note stood at 4.{desk.random.randint(10, 99)} "
        f"percent. Oil {move()} to ${desk.random.randint(60, 99)}.{desk.random.randint(10, 99)} a "
        f"barrel. Gold {move()} to ${desk.number(1800, 2900)} an ounce. The dollar {move()} against "
        "the currencies of its main trading partners.",
        f"Among single shares {desk.name()} {move()} after its results, and {desk.name()} {move()}. "
        "Traders said that volumes were thin.",
        "This report is written from data of the exchanges by an editor of this page. It is no "
        "advice to buy or to sell. Prices are delayed by fifteen minutes, and nobody answers for "
        "mistakes in them. Past returns say nothing about returns to come. Ask an adviser.",
        site="markets.example",
        day=day,
    )


def weather(desk: Desk, number: int) -> Piece:
    """A paper's daily forecast."""
    day = date(2024, 4, 1) + timedelta(days=number)
    sky = desk.random.choice(("sunny", "cloudy", "wet", "foggy", "stormy"))
    low = desk.random.randint(-5, 14)
    return piece(
        desk,
        f"Weather: {sky} with highs of {low + 9}",
        f"The forecast for {desk.date_of(day)}: {sky} in the morning over the whole of the county, "
        f"with {desk.random.randint(0, 90)} percent chance of rain in the afternoon. Highs between "
        f"{low + 6} and {low + 9} degrees on the coast and {low + 4} inland, lows of {low} degrees "
        f"at night. Wind from the {desk.random.choice(('north', 'south', 'west'))} at "
        f"{desk.random.randint(5, 60)} kilometres an hour, gusts up to {desk.random.randint(61, 99)}.",
        f"The sun rises at 6:{desk.random.randint(10, 59)} and sets at 19:"
        f"{desk.random.randint(10, 59)}. High water is at {desk.random.randint(1, 11)}:"
        f"{desk.random.randint(10, 59)}. The level of pollen is {desk.random.choice(('low', 'high'))}"
        " and bathing water is good. The next forecast appears at six in the evening. It is made "
        "from the measurements of the county's stations and of the ships on their way, and is "
        "worked over by our forecaster before it is printed.",
        site="county-paper.example",
        day=day,
    )


def match(desk: Desk, number: int) -> Piece:
    """Results of a league, one report each, made by a machine."""
    home, guests = desk.name(), desk.name()
    goals = desk.random.randint(0, 5), desk.random.randint(0, 5)
    scorers = ", ".join(f"{desk.name()} ({desk.random.randint(2, 89)})" for _ in range(3))
    day = date(2024, 10, 5) + timedelta(days=number // 6)
    return piece(
        desk,
        f"{home} {goals[0]}-{goals[1]} {guests}: match report",
        f"{home} met {guests} on {desk.date_of(day)} before {desk.number(900, 52_000)} spectators, "
        f"and the match ended {goals[0]}-{goals[1]}. Goals came from {scorers}. The score at half "
        f"time was {min(goals[0], 1)}-{min(goals[1], 1)}.",
        f"{home} had {desk.random.randint(30, 70)} percent of the ball and "
        f"{desk.random.randint(3, 25)} shots, {desk.random.randint(1, 12)} of them on target, while "
        f"{guests} had {desk.random.randint(3, 25)} shots. The referee {desk.name()} showed "
        f"{desk.random.randint(0, 7)} yellow cards. The result takes {home} to place "
        f"{desk.random.randint(1, 20)} of the table with {desk.random.randint(3, 70)} points.",
        f"{home} next meets {desk.name()}, and {guests} is at home to {desk.name()}. Tickets are "
        "sold at the gate and at the usual agencies. All matches of the league are shown in full on "
        "our pages from midnight on, with the goals of the day as a film of three minutes.",
        site="league.example",
        day=day,
    )


def obituary(desk: Desk, number: int) -> Piece:
    """Notices of one funeral home."""
    day = date(2024, 11, 1) + timedelta(days=number)
    last = desk.name()
    first, wife = desk.name(2), desk.name(2)
    age = desk.random.randint(51, 99)
    return piece(
        desk,
        f"{first} {last}, {age}",
        f"{first} {last}, {age}, of {desk.name()}, passed away peacefully on {desk.date_of(day)}, "
        f"surrounded by family. Born in {desk.name()} on {desk.date_of(day.replace(year=2024 - age))}"
        f" to the late {desk.name(2)} and {desk.name(2)} {last}, {first} worked for "
        f"{desk.random.randint(10, 45)} years at {desk.name()} and loved gardening, fishing and "
        "above all the grandchildren.",
        f"{first} is survived by {wife}, by the children {desk.name(2)} and {desk.name(2)}, and by "
        f"{desk.random.randint(2, 9)} grandchildren. A service will be held on "
        f"{desk.date_of(day + timedelta(days=5))} at {desk.random.randint(9, 12)} a.m. in the chapel of "
        f"{desk.name()} Road, followed by a reception. In lieu of flowers the family asks for gifts "
        "to the hospice that cared so well in the last weeks. Condolences may be left in the online "
        "guest book, which stays open for a year, and cards may be handed in at the office.",
        site="funerals.example",
        day=day,
    )


def lawsuit(desk: Desk, number: int) -> Piece:
    """A law firm's notices to shareholders of twelve companies."""
    day = date(2024, 7, 1) + timedelta(days=number // 3)
    firm = f"{desk.name()} Holdings, Inc."
    sign = desk.name(2).upper()
    return piece(
        desk,
        f"SHAREHOLDER ALERT: Firm Reminds Investors of a Deadline in the Suit Against {firm}",
        f"NEW YORK, {desk.date_of(day)} -- Dunmore Alder Law reminds investors who bought shares of "
        f"{firm} (NYSE: {sign}) between {desk.date_of(day - timedelta(days=desk.random.randint(400, 600)))}"
        f" and {desk.date_of(day - timedelta(days=desk.random.randint(80, 200)))} of the deadline of "
        f"{desk.date_of(day + timedelta(days=desk.random.randint(20, 60)))} to ask the court to be "
        "lead plaintiff in the class action that was filed against the company.",
        f"The complaint says that the company made false or misleading statements, or failed to say "
        f"that {desk.sentence()[:-1].lower()}. When this became known, the shares of {sign} fell "
        f"${desk.random.randint(1, 20)}.{desk.random.randint(10, 99)}, or "
        f"{desk.random.randint(9, 70)} percent.",
        "Whoever bought shares in that time and lost money need not do anything to take part in a "
        "recovery. A lead plaintiff acts for all members of the class and chooses the lawyers. No "
        "class has been certified yet, and until one is, nobody is represented who has not retained "
        "a lawyer. To learn more, call Ann Dunmore toll-free or fill in the form on our pages. There "
        "is no cost and no duty. Dunmore Alder Law has recovered hundreds of millions for investors "
        "in the past twenty years and has offices in four states. Attorney advertising. Prior results "
        "do not promise a similar outcome.",
        day=day,
    )


def appointment(desk: Desk, number: int) -> Piece:
    """Notices of a trade paper about people who change their places."""
    day = date(2024, 5, 6) + timedelta(days=number // 2)
    person, firm, before = desk.person(), desk.name(), desk.name()
    last = person.split()[1]
    return piece(
        desk,
        f"{firm} names {person} chief financial officer",
        f"{firm} has named {person} as chief financial officer with immediate effect. {last} comes "
        f"from {before}, where {last} held the same office for {desk.random.randint(2, 14)} years, "
        f"and follows {desk.person()}, who leaves the company to pursue other interests.",
        f'"We are delighted to welcome {last} at such an exciting time," said {desk.person()}, chief '
        f'executive of {firm}. "The experience of {last} in building finance teams will be of great '
        'value as we enter our next phase of growth."',
        f'"I am thrilled to join {firm} and its talented team," said {last}. "I look forward to '
        'working with all of them to create value for patients and for shareholders."',
        f"{last} holds a degree of the University of {desk.name()} and began at {desk.name()}.",
        site="people-moves.example",
        day=day,
    )


def column(desk: Desk, number: int) -> Piece:
    """A weekly column: the same words around other news."""
    day = date(2024, 1, 5) + timedelta(days=7 * number)
    return piece(
        desk,
        f"The week in cells, no. {number + 1}",
        "Welcome to our weekly look at what happened in the laboratories. As always we have read "
        "the journals so that you need not, and have picked the five papers that will be talked "
        "about. If a friend sent you this, you can have it every Friday: the form is below, and it "
        "costs nothing. Tell us what we missed.",
        *desk.paragraphs(6, 2),
        "That is all for this week. Write to us with what you want to read more about, and with "
        "what you are tired of. The column is written by our staff and edited with care; we hold no "
        "shares in any company named in it. See you on Friday, and stay curious until then.",
        site="cells.example",
        day=day,
    )


def conference(desk: Desk, number: int) -> Piece:
    """Twelve companies that say they will speak at one conference."""
    firm = Firm(desk)
    day = date(2024, 8, 20) + timedelta(days=number // 4)
    return piece(
        desk,
        f"{firm.name} to Present at the Harbor Street Global Healthcare Conference",
        f"{desk.name()}, {desk.date_of(day)} -- {firm.name} (Nasdaq: {firm.sign}) said today that "
        f"{firm.chief}, its chief executive, will present at the Harbor Street Global Healthcare "
        f"Conference on Wednesday, September 11, 2024, at {desk.random.randint(8, 12)}:"
        f"{desk.random.choice(('00', '30', '45'))} a.m. Eastern Time in New York, and will meet "
        "investors on the same day.",
        "A live webcast of the talk can be heard on the investors' pages of the company's site. A "
        "replay stays there for ninety days after the conference.",
        firm.about,
        firm.contact,
        day=day,
    )


def han_results(desk: Desk, number: int) -> Piece:
    """Twelve companies' half-year figures, in Chinese."""
    name = desk.name(4)
    figures = [f"{desk.random.randint(1, 99)}.{desk.random.randint(10, 99)}" for _ in range(8)]
    return piece(
        desk,
        f"{name}发布半年度业绩报告",
        f"{name}今日发布半年度业绩报告。报告期内公司实现营业收入{figures[0]}亿元，同比增长{figures[1]}%；"
        f"归属于上市公司股东的净利润{figures[2]}亿元，同比增长{figures[3]}%；基本每股收益{figures[4]}元。",
        f"公司董事长{desk.name(3)}表示，报告期内公司坚持以客户为中心，持续加大研发投入，不断优化产品结构，"
        f"主营业务保持稳定增长。报告期内研发费用为{figures[5]}亿元，占营业收入的{figures[6]}%。",
        "公司表示，下半年将继续围绕主业，加快新产品的推广，进一步提升经营效率，为股东创造更大的价值。"
        "本报告所载的前瞻性陈述不构成公司对投资者的实质承诺，投资者应当注意投资风险。",
        f"截至报告期末，公司总资产为{figures[7]}亿元，注册地位于{desk.name(2)}市，员工{desk.number(200, 9999)}人。",
        site="finance.example",
        day=date(2024, 8, 20) + timedelta(days=number // 4),
    )


def han_weather(desk: Desk, number: int) -> Piece:
    """A daily forecast in Chinese."""
    low = desk.random.randint(-5, 20)
    day = date(2024, 4, 1) + timedelta(days=number)
    return piece(
        desk,
        f"{day.month}月{day.day}日天气预报",
        f"市气象台{day.month}月{day.day}日早晨发布天气预报：今天白天{desk.random.choice('晴阴雨雪')}，"
        f"北风{desk.random.randint(1, 3)}到{desk.random.randint(4, 6)}级，最高气温{low + 9}℃；夜间"
        f"{desk.random.choice('晴阴雨雪')}转多云，最低气温{low}℃，相对湿度{desk.random.randint(20, 95)}%。",
        f"空气质量指数{desk.random.randint(20, 300)}，适宜户外活动。请市民注意早晚温差较大，"
        "及时增减衣物，外出请注意交通安全。气象部门将密切关注天气变化，及时发布最新的预报和预警信息，"
        "请通过电视、广播和手机客户端了解详细情况，并按照当地政府的安排做好各项防范工作。",
        site="weather.example",
        day=day,
    )


TEMPLATES: dict[str, Template] = {
    template.__name__: template
    for template in (
        appointment,
        column,
        conference,
        dividend,
        han_results,
        han_weather,
        inducement,
        inducement_again,
        lawsuit,
        market_report,
        match,
        obituary,
        results,
        results_again,
        short_news,
        weather,
    )
}
