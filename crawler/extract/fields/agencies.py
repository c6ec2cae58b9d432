"""News agencies by the names that bylines and datelines print.

Data only, sorted; a broadcaster or a newspaper is no agency even where others quote it.
"""

from crawler.extract.fields.folding import fold

# Printed forms, one agency a line; a byline's own form is kept, so these are only recognised.
PRINTED = """
aa | anadolu | anadolu ajansı | anadolu agency | anadolu ajansi
aap | australian associated press
adnkronos
afp | agence france presse | agence france-presse
agerpres
agi | agenzia italia
ani | asian news international
anp
ansa
antara
apa | austria presse agentur
ap | associated press | the associated press | ap news
askanews
ats | keystone ats | keystone-ats
belga
bernama
bloomberg | bloomberg news
bns
bta
cp | canadian press | the canadian press | la presse canadienne | presse canadienne
cna | central news agency | 中央社
čtk | ctk
dha | demirören haber ajansı
dpa | deutsche presse agentur | deutsche presse-agentur | dpa afx | dpa-afx | dpa infocom
dts
efe | agencia efe
epd | evangelischer pressedienst
europa press | europapress
hina
ians
interfax | интерфакс
iha | ihlas haber ajansı
jiji | jiji press | 時事通信 | 時事
keystone sda | keystone-sda | sda
kna | katholische nachrichten agentur
kyodo | kyodo news | 共同通信 | 共同
lusa
maan
mti
news1 | 뉴스1
newsis | 뉴시스
notimex
ntb
pa | pa media | press association | pa news agency
pap | polska agencja prasowa
pti | press trust of india
reuters | thomson reuters | рейтер | ロイター
ria | риа новости | ria novosti
ritzau | ritzaus bureau
sid | sport informations dienst
sta
stt
tass | тасс
tanjug
télam | telam
tt | tidningarnas telegrambyrå
uni | united news of india
unian | уніан
upi | united press international
ukrinform | укрінформ
wam
xinhua | 新华社 | 新華社 | 新华网
yonhap | 연합뉴스 | yonhap news agency
"""

KNOWN = frozenset(fold(name) for line in PRINTED.strip().splitlines() for name in line.split("|"))

# Letters that are also words, initials or states: agencies only in capitals, as they print them.
IN_CAPITALS_ONLY = frozenset(
    {"aa", "ani", "cp", "ap", "pa", "sid", "sta", "tt", "uni", "cna", "ria"}
)


def is_agency(name: str) -> bool:
    """Tell whether `name` is a news agency's and nothing more."""
    folded = fold(name)
    if folded in IN_CAPITALS_ONLY:
        return name.strip(" ().").isupper()
    return folded in KNOWN
