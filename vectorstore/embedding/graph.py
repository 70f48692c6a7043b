"""A torch network saved as a graph that onnxruntime runs, for any number of texts of any length."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

LONGEST = 512  # positions that the packaged encoder knows


def save_graph(
    network: torch.nn.Module, sample: Mapping[str, torch.Tensor], outputs: Sequence[str], target: Path
) -> None:
    """Write `network` to `target`. `sample` names its inputs, each of shape (texts, tokens)."""
    import torch

    shape = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", max=LONGEST)}
    quiet = logging.getLogger("torch.onnx")
    level = quiet.level
    quiet.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                network.eval(),
                tuple(sample.values()),
                dynamo=True,
                input_names=list(sample),
                output_names=list(outputs),
                dynamic_shapes=dict.fromkeys(sample, shape),
                verbose=False,
            )
        assert program is not None
        program.save(str(target))
    finally:
        quiet.setLevel(level)
