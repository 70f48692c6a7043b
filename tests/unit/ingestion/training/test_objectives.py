"""What training makes small: which way each loss pushes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from ingestion.training.objectives import as_the_teacher, choice, each_alone, each_as_the_teacher, nearness

Loss = Callable[[torch.Tensor], torch.Tensor]


def pushed(loss: Loss, *numbers: float) -> list[float]:
    """By how much less `loss` would be, were each number a little higher."""
    row = torch.tensor(numbers, requires_grad=True)
    return [-float(g) for g in torch.autograd.grad(loss(row), row)[0]]


@pytest.mark.parametrize("loss", [choice, each_alone])
def test_what_answers_is_pushed_up_and_what_stands_beside_it_down(
    loss: Callable[[torch.Tensor, list[int], list[int]], torch.Tensor],
) -> None:
    answer, beside, other = pushed(lambda row: loss(row, [3], [1]), 0.3, -0.2, 0.5)
    assert answer > 0 > max(beside, other)


@pytest.mark.parametrize("loss", [choice, each_alone])
def test_where_none_answers_all_are_pushed_down(
    loss: Callable[[torch.Tensor, list[int], list[int]], torch.Tensor],
) -> None:
    assert max(pushed(lambda row: loss(row, [3], [0]), 0.3, -0.2, 0.5)) < 0


def test_any_sentence_that_answers_is_a_right_choice() -> None:
    one_is_sure = choice(torch.tensor([9.0, -9.0, -9.0]), [3], [2])
    assert float(one_is_sure) < 0.01


def test_each_question_has_its_own_choice() -> None:
    together = choice(torch.tensor([2.0, -1.0, 0.5, 1.5, -0.5]), [3, 2], [1, 0])
    apart = [choice(torch.tensor([2.0, -1.0, 0.5]), [3], [1]), choice(torch.tensor([1.5, -0.5]), [2], [0])]
    assert float(together) == pytest.approx(float(sum(apart)) / 2)


def test_who_says_what_the_teacher_says_has_nothing_to_learn_from_it() -> None:
    said = torch.tensor([3.0, -2.0, 0.5, -4.0, 1.0])
    assert float(as_the_teacher(said, said, [3, 2])) == pytest.approx(0, abs=1e-6)
    for loss in (lambda row: as_the_teacher(row, said, [3, 2]), lambda row: each_as_the_teacher(row, said)):
        assert pushed(loss, *said.tolist()) == pytest.approx([0] * 5, abs=1e-6)


def test_soft_labels_draw_numbers_to_those_of_the_teacher() -> None:
    said = torch.tensor([3.0, -2.0, 0.5, -4.0, 1.0])
    row = torch.zeros(5, requires_grad=True)
    optimizer = torch.optim.Adam([row], lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        (as_the_teacher(row, said, [3, 2]) + 0.5 * each_as_the_teacher(row, said)).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert row.tolist() == pytest.approx(said.tolist(), abs=0.1)


def test_a_question_is_drawn_to_what_the_teacher_finds_to_answer_it_and_away_from_all_else() -> None:
    own = torch.tensor([[True, True, False]])
    labels = torch.tensor([[8.0, -8.0, 0.0]])

    def missed(row: torch.Tensor) -> torch.Tensor:
        return nearness(row.unsqueeze(0), own, labels, torch.tensor([True]))[1]

    answer, beside, of_another = pushed(missed, 0.5, 0.5, 0.5)
    assert answer > 0 > max(beside, of_another)


def test_a_question_that_nothing_answers_is_compared_with_its_own_sentences_alone() -> None:
    own, labels = torch.tensor([[True, True, False]]), torch.tensor([[-3.0, -8.0, 0.0]])

    def both(row: torch.Tensor) -> torch.Tensor:
        apart, missed = nearness(row.unsqueeze(0), own, labels, torch.tensor([False]))
        return apart + missed

    likelier, beside, of_another = pushed(both, 0.1, 0.1, 0.1)
    assert likelier > 0 > beside
    assert of_another == 0
