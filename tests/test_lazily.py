"""Attributes that are worked out when they are first asked for, and then kept."""

from flows.lazily import lazily


class Bell:
    """Counts how often its tone is worked out."""

    def __init__(self, name: str) -> None:
        self.name, self.rung = name, 0

    @lazily
    def tone(self) -> str:
        """What is heard."""
        self.rung += 1
        return f"{self.name} rings"


def test_a_value_is_worked_out_once_when_it_is_asked_for() -> None:
    bell = Bell("Velm")
    assert bell.rung == 0
    assert [bell.tone, bell.tone] == ["Velm rings"] * 2
    assert bell.rung == 1


def test_every_object_has_a_value_of_its_own() -> None:
    first, second = Bell("Velm"), Bell("Arl")
    assert (first.tone, second.tone) == ("Velm rings", "Arl rings")
    assert (first.rung, second.rung) == (1, 1)


def test_what_is_empty_is_kept_too() -> None:
    class Silent(Bell):
        @lazily
        def tone(self) -> str:
            self.rung += 1
            return ""

    bell = Silent("Velm")
    assert not bell.tone and not bell.tone
    assert bell.rung == 1


def test_a_class_has_the_attribute_itself() -> None:
    assert isinstance(Bell.tone, lazily)
    assert Bell.tone.__doc__ == "What is heard."
