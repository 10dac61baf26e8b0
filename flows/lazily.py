"""Attributes that are worked out when they are first asked for, and then kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazily(Generic[Value]):  # noqa: N801 - a decorator, as `functools.cached_property`
    """`functools.cached_property` without the lock that it takes in Python 3.11.

    For what hundreds of thousands of objects are asked for: there the lock takes longer than most answers.
    """

    def __init__(self, method: Callable[[Any], Value]) -> None:
        self._method, self._name = method, method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "lazily[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> "lazily[Value] | Value":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._method(instance)
        return value
