"""The packaged encoder with its layers trained whole, for a task that low-rank changes are too small for.

Kept are the differences to the packaged weights, in 8 bits a weight and a scale a row (11 MB): what is lost by that
is a thousandth of a difference that is small itself.
"""

from __future__ import annotations

from pathlib import Path

import torch

from vectorstore.embedding.adapted import TaskEncoder

STEPS = 127  # of a signed byte
SCALE = ".scale"  # ends the name of the scales of a tensor kept in 8 bits


class RetrainedEncoder(TaskEncoder):
    """The encoder whose layers are trained; its embeddings stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder.encoder.layer.requires_grad_(True)
        self._packaged = {name: p.detach().clone() for name, p in self.named_parameters() if p.requires_grad}

    def save(self, path: Path) -> None:
        """Write matrices of the layers as differences in 8 bits, all else that was trained at 16 bits."""
        from safetensors.torch import save_file

        kept: dict[str, torch.Tensor] = {}
        for name, p in self.trained().items():
            packaged = self._packaged.get(name)
            if packaged is None or p.ndim < 2:
                kept[name] = p.detach().half().contiguous()
                continue
            change = p.detach().cpu() - packaged
            scale = change.abs().amax(1, keepdim=True).clamp(min=1e-8) / STEPS
            kept[name], kept[name + SCALE] = (change / scale).round().to(torch.int8).contiguous(), scale.contiguous()
        save_file(kept, str(path))

    def load(self, path: Path) -> None:
        """Read what `save` wrote."""
        from safetensors.torch import load_file

        kept, own = load_file(str(path)), self.trained()
        with torch.no_grad():
            for name, value in kept.items():
                if name + SCALE in kept:
                    own[name].copy_(self._packaged[name] + value.float() * kept[name + SCALE])
                elif not name.endswith(SCALE):
                    own[name].copy_(value.float())
