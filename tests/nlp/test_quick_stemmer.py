"""The quick stemmer says what Sastrawi says."""

import random

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from nlp.quick_stemmer import quick

BEFORE = (
    "", "me", "mem", "men", "meng", "meny", "menge", "ber", "be", "ter", "te", "per", "pem", "pen", "peng",
    "peny", "di", "ke", "se", "ku", "kau", "memper", "mempe", "diper", "keber", "sepen",
)  # fmt: skip
AFTER = ("", "i", "an", "kan", "nya", "lah", "kah", "pun", "ku", "kannya", "annya", "tah")


def test_it_stems_as_the_library_does() -> None:
    factory = StemmerFactory()
    plain = factory.create_stemmer().delegatedStemmer
    rng = random.Random(31)  # noqa: S311 - which words
    roots = sorted(set(factory.get_words()))
    some = rng.sample(roots, 500)
    made = [rng.choice(BEFORE) + root + rng.choice(AFTER) for root in roots[::8]]
    made += [root[0] + rng.choice(("er", "el", "em", "in")) + root[1:] + rng.choice(AFTER) for root in some]
    made += [root[1:] + rng.choice(AFTER) for root in some]  # mostly no words at all
    made += [f"{root}-{root}{end}" for root, end in zip(some[:100], AFTER * 9, strict=False)]
    ours = quick(plain.dictionary)
    assert [ours.stem(word) for word in made] == [plain.stem(word) for word in made]
