"""The weights come from sentences that are invented anew, and the same, each time."""

import random
import re

from portal.text.anonymise.surnames import COMPOUND
from portal.text.anonymise.training import invention, names, negatives, people


def learnt(seed):
    chance = random.Random(seed)
    batches = [names.examples(one) for one in invention.sentences(chance, 60)]
    return names.train(batches, chance)


def test_the_same_chance_teaches_the_same():
    assert learnt(1) == learnt(1)
    assert learnt(1) != learnt(2)


def test_invented_sentences_say_where_their_names_stand():
    for sentence in invention.sentences(random.Random(3), 200):
        assert not re.search(r"\{\w\}", sentence.text)
        for start, end in sentence.names:
            assert 2 <= end - start <= 12
            assert end <= len(sentence.text)


def test_pages_of_this_site_are_text_without_names():
    assert len(list(negatives.sentences())) > 500


def test_names_of_four_characters_are_invented_too():
    crowd = people.People(random.Random(1))
    long = [name for name in (crowd.name(plain=True) for _ in range(3000)) if len(name) == 4]
    assert any(name[:2] in COMPOUND for name in long)
    assert any(name[:2] not in COMPOUND for name in long)
