"""Names taken apart by columns are what `parse_person` makes of each."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.names.parse_name import parse_person
from flows.resolve.names.plain_names import plain_name, plain_persons

WORDS = [
    "Marta", "ilves", "Ilves-Kask", "O'Hara", "Ana's", "J.", "J.-C.", "JC", "K", "Mr", "Dr.", "General", "van", "Van",
    "bin", "Ben", "E.", "Jr.", "jr", "III", "V", "Sr", "Inc", "SA", "Rāo", "Çelik", "Вучић", "ﬀ", "“Li”", "(Tarn)", "",
    "Tarn,", ",", "MartaIlves", "x\u00a0y", "\u00a0", "[2]", "-",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS) | st.text("abAB .,'’-\t\n\x1c", max_size=4), min_size=1, max_size=4).map(
    " ".join
)


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_plain_names_are_what_parsing_makes_of_them(names: list[str]) -> None:
    for name, tokens in zip(names, plain_persons(pl.Series(names)), strict=True):
        assert tokens is None or plain_name(tokens) == parse_person(name), name


def test_most_names_are_plain_and_no_mark_is_lost() -> None:
    plain = ["Marta Ilves", "Ana K. Ilves-Kask", "Renée O'Hara", "li Tarn"]
    other = [
        "Marta",
        "Dr. Marta Ilves",
        "Marta van Ilves",
        "Marta Ilves Jr.",
        "Ilves, Marta",
        "JC Ilves",
        "Otto III",
        "",
    ]
    assert plain_persons(pl.Series(plain + other)).is_not_null().to_list() == [True] * len(plain) + [False] * len(other)
