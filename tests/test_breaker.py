"""The breaker over a clock that the test moves."""

from __future__ import annotations

import pytest

from rag.breaker import Breaker, BreakerOpenError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker) -> None:
    with pytest.raises(ValueError, match="server"), breaker.attempt():
        raise ValueError("server")


def succeed(breaker: Breaker) -> None:
    with breaker.attempt():
        pass


def is_open(breaker: Breaker) -> bool:
    try:
        succeed(breaker)
    except BreakerOpenError:
        return True
    return False


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=5, within=60.0, rest=30.0, now=clock)


def opened(breaker: Breaker) -> Breaker:
    for _ in range(5):
        fail(breaker)
    return breaker


def test_opens_at_the_fifth_failure_in_sixty_seconds(breaker: Breaker, clock: Clock) -> None:
    for second in (0, 15, 30, 45):
        clock.now = second
        fail(breaker)
    assert not is_open(breaker)
    clock.now = 60
    fail(breaker)
    assert is_open(breaker)


def test_failures_that_lie_further_apart_leave_it_shut(breaker: Breaker, clock: Clock) -> None:
    for second in (0, 15, 30, 45, 61, 76, 91):  # never five within sixty seconds
        clock.now = second
        fail(breaker)
    assert not is_open(breaker)


def test_after_its_rest_one_probe_that_succeeds_shuts_it(breaker: Breaker, clock: Clock) -> None:
    opened(breaker)
    clock.now = 29.9
    assert is_open(breaker)
    clock.now = 30
    with breaker.attempt():
        assert is_open(breaker)  # nobody else while the probe runs
    assert not is_open(breaker)
    fail(breaker)  # and the count starts anew
    assert not is_open(breaker)


def test_a_probe_that_fails_opens_it_for_another_rest(breaker: Breaker, clock: Clock) -> None:
    opened(breaker)
    clock.now = 30
    fail(breaker)
    clock.now = 59.9
    assert is_open(breaker)
    clock.now = 60
    assert not is_open(breaker)


def test_a_caller_who_leaves_counts_neither_way(breaker: Breaker, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(GeneratorExit), breaker.attempt():
            raise GeneratorExit
    assert not is_open(breaker)
    opened(breaker)
    clock.now = 30
    with pytest.raises(GeneratorExit), breaker.attempt():
        raise GeneratorExit  # the probe itself: the next caller is the probe
    fail(breaker)
    assert is_open(breaker)


def test_calls_begun_before_it_opened_do_not_prolong_its_rest(breaker: Breaker, clock: Clock) -> None:
    late = breaker.attempt()
    late.__enter__()
    opened(breaker)
    clock.now = 20
    assert not late.__exit__(ValueError, ValueError("late"), None)
    clock.now = 30
    assert not is_open(breaker)
