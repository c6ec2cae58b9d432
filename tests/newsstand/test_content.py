from itertools import combinations

from tests.newsstand.content import Story, story, title


def shingles(told: Story) -> set[tuple[str, ...]]:
    words = " ".join(told.paragraphs).split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_a_key_gives_the_same_story_for_ever() -> None:
    assert story("a") == story("a")
    assert story("a") != story("b")
    assert story("a").title == title("a")


def test_stories_have_four_to_ten_whole_paragraphs() -> None:
    told = [story(f"size {n}") for n in range(200)]
    assert {len(one.paragraphs) for one in told} >= {4, 7, 10}
    for one in told:
        assert 4 <= len(one.paragraphs) <= 10
        assert one.byline
        for text in (*one.paragraphs, one.title, one.caption):
            assert "{" not in text
            assert text == text.strip()
            assert text[0].isupper() or not text[0].isalpha()


def test_a_story_says_nothing_twice() -> None:
    for n in range(50):
        sentences = " ".join(story(f"twice {n}").paragraphs).replace("” ", ". ").split(". ")
        assert len(sentences) == len(set(sentences))


def test_stories_are_no_near_duplicates_of_each_other() -> None:
    sets = [shingles(story(f"near {n}")) for n in range(60)]
    likeness = [len(a & b) / len(a | b) for a, b in combinations(sets, 2)]
    assert max(likeness) < 0.2
