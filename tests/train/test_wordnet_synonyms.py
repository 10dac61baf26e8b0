"""Words of one usual sense out of files in WordNet's form."""

import pytest

from flows.train.wordnet_synonyms import sets

LICENCE = "  1 of some text that is no data\n"
DATA = {
    "noun": (
        "00000001 06 n 02 coach 0 bus 0 000 | carries passengers\n"
        "00000002 18 n 02 coach 0 trainer 0 000 | teaches a team\n"
        "00000003 15 n 02 norby 0 town 0 001 @i 00000001 n 0000 | a town\n"
        "00000004 20 n 02 plant 0 tree 0 000 | grows\n"
    ),
    "verb": "00000005 30 v 02 end 0 end_up_as_it 0 000 01 + 08 00 | stop\n",
    "adj": "",
    "adv": "",
}
INDEX = {
    "noun": (
        "coach n 2 0 2 1 00000002 00000001\nbus n 1 0 1 1 00000001\ntrainer n 1 0 1 1 00000002\n"
        "norby n 1 0 1 0 00000003\ntown n 1 0 1 0 00000003\nplant n 1 0 1 0 00000004\ntree n 1 0 1 0 00000004\n"
    ),
    "verb": "end v 1 0 1 1 00000005\nend_up_as_it v 1 0 1 0 00000005\n",
    "adj": "",
    "adv": "",
}


@pytest.mark.parametrize(
    ("uses", "found"),
    [
        ("coach%1:18:00:: 1 9\ncoach%1:06:00:: 2 6\n", [("n", ["bus", "coach"]), ("n", ["coach", "trainer"])]),
        ("coach%1:18:00:: 1 99\ncoach%1:06:00:: 2 1\n", [("n", ["coach", "trainer"])]),
    ],
)
def test_a_word_stays_in_the_sets_of_its_usual_senses(tmp_path, uses, found):
    for name, data in DATA.items():
        (tmp_path / f"data.{name}").write_text(LICENCE + data)
        (tmp_path / f"index.{name}").write_text(LICENCE + INDEX[name])
    (tmp_path / "cntlist.rev").write_text(uses)
    assert list(sets(tmp_path)) == found
