"""Made pages of every kind of verdict; `test_verdict` compares what each is read as."""

from tests.crawler.extract.text.kinds_alike import alike
from tests.crawler.extract.text.kinds_nothing import nothing
from tests.crawler.extract.text.kinds_read import articles, lists
from tests.crawler.extract.text.kinds_walls import challenges, walls

PAGES = (*articles(), *lists(), *walls(), *challenges(), *nothing(), *alike())
