"""Words by which a title does not tell one page from another. Data only, sorted. Pure.

A title that is made of them ("Reports Second Quarter 2024 Financial Results") is printed by many
companies, and by each of them again. What is in none of the sets, and is no number, distinguishes.
Words are as `archive.titles` folds them: lower case, without accents.
"""

# Every language's commonest: they stand in any title.
_FUNCTION = """
a about after against all also an and any are as at au aus aux be been before but by can
con could da das de dei del della dem den der des did die do does du e ein eine el en est et
for from fur gli had has have how i il im in into is it its la las le les lo los mit more most
new no non nor not o of off on or our out over para per por s so some son su sur than that the
their these this to two um un una und une up upon us via von was we were what when where which
who why will with you your zu zum zur y
"""

# What companies call themselves beside their name.
_COMPANY = """
ag asa bio biologics biopharma biopharmaceutical biopharmaceuticals biosciences biosystems
biotech biotechnologies biotechnology biotherapeutics bv co companies company corp corporation
diagnostics enterprises gmbh group holding holdings inc incorporated industries international
kgaa labs laboratories limited llc ltd medical nv oncology oyj pharma pharmaceutical
pharmaceuticals plc sa sarl sas science sciences se spa systems technologies technology
therapeutics
"""

# Announcements that come again with each quarter, month or meeting: results, share counts, grants
# of options, liquidity contracts, conferences; English first, then what French, German and Spanish
# issuers print.
_RECURRING = """
announce announced announces announcing annual appoints april attend attends august award
awards board business buyback call capital chat conference conferences contract corporate date
december director directors disclosure dividend earnings employee employees equity event events
february final financial fireside first fiscal forum fourth full general grant granted grants
half healthcare highlights host hosts inducement information interim investor investors issue
issues january july june l liquidity listing management march may meeting month monthly names
nasdaq newly nine notice november number october operational option options outlook outstanding
participate participates participating participation plan preliminary present presentation
presentations presents press program progress provide provides providing publication publishes
q1 q2 q3 q4 quarter quarterly recent regulated release releases report reporting reports result
results right rights rule schedule schedules second semi sept september share shareholder
shareholders shares six statement stock summit third three total trading transaction
transactions twelve under upcoming update updates virtual vote voting webcast week weekly year
actions bilan chiffre contrat declaration droits liquidite mensuelle nombre propres resultats
semestriel trimestre
finanzbericht gemass halbjahresbericht hauptversammlung jahresbericht quartal
quartalsmitteilung stimmrechte stimmrechtsmitteilung veroffentlichung
accionistas acciones junta resultados
"""

# What stands beside these in formulas whose object comes last, where a cut takes it off: law firms'
# reminders, outcomes of trials, reports on markets. Said of cut titles only: whole ones may have
# any of these words and be one of a kind.
_FORMULA = """
action agreement alert approval attorneys authorization behalf billion cagr candidate certain
claims class clearance clinical cohort collaboration completes data deadline designation dose dosed
enrollment fda file filed firm forecast fraud growth ind investigated investigates investigation
law lawsuit lead losses market million offering orphan partnership patent patient patients phase
placement plaintiff positive preclinical pricing private receives reminds secures securities
selects size stockholders study submission suit topline trial urges usd
"""

# What tells one issue of an announcement from the next, together with a year.
_PERIOD = """
april august december february first fourth half january july june march may november october q1 q2
q3 q4 quarter second september third
halbjahr quartal semestre trimestre
"""

FUNCTION_WORDS = frozenset(_FUNCTION.split())
COMPANY_WORDS = frozenset(_COMPANY.split())
RECURRING_WORDS = frozenset(_RECURRING.split())
FORMULA_WORDS = RECURRING_WORDS | frozenset(_FORMULA.split())
PERIOD_WORDS = frozenset(_PERIOD.split())
