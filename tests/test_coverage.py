from __future__ import annotations

from itertools import pairwise

from eval.coverage import Asked, Point, curve, load


def test_a_higher_bar_answers_less_and_errs_less() -> None:
    asked = [
        Asked(0.9, True, True),
        Asked(0.4, False, True),
        Asked(0.0, False, True),  # refused whatever the bar
        Asked(0.3, False, False),
    ]
    assert curve(asked, (0.0, 0.35, 0.5)) == (
        Point(0.0, 0.667, 0.333, 1.0),
        Point(0.35, 0.667, 0.5, 0.0),
        Point(0.5, 0.333, 1.0, 0.0),
    )


def test_what_ships_covers_every_bar_in_order() -> None:
    points = load().points
    assert [point.threshold for point in points] == [n / 20 for n in range(20)]
    assert all(one.answered >= other.answered for one, other in pairwise(points))


def test_what_ships_was_measured_with_the_confidence_model_that_ships() -> None:
    assert load().current
