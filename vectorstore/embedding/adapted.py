"""The packaged encoder with low-rank changes to its layers, which a small task of its own is trained with.

Only the changes and the head of the task are trained and kept (under 2 MB); the encoder's own weights stay as they
are (LoRA, Hu et al. 2021).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import nn

from vectorstore.embedding.graph import save_graph
from vectorstore.embedding.onnx_embedder import quantize
from vectorstore.embedding.weights import packaged_folder

RANK = 16
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Adapted(nn.Module):
    """A linear layer plus a low-rank change: W x + b + B (A x), with A of shape (RANK, in) and B of (out, RANK)."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        changed: torch.Tensor = self.base(x) + nn.functional.linear(nn.functional.linear(x, self.a), self.b)
        return changed

    def merged(self) -> nn.Linear:
        """One plain layer that does the same."""
        with torch.no_grad():
            self.base.weight += self.b @ self.a
        return self.base


class TaskEncoder(nn.Module):
    """The packaged encoder for one task; a subclass says what of it is trained, adds the head, says what it gives."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder = AutoModel.from_pretrained(str(packaged_folder()))
        self.encoder.requires_grad_(False)
        self.width: int = self.encoder.config.hidden_size

    def tokens(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """The token vectors of pairs of texts, of shape (texts, tokens, width)."""
        found: torch.Tensor = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return found

    def trained(self) -> dict[str, torch.Tensor]:
        """What training changes, by name."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def save(self, path: Path) -> None:
        """Write what was trained, at 16 bits."""
        from safetensors.torch import save_file

        save_file({name: p.detach().half().contiguous() for name, p in self.trained().items()}, str(path))

    def load(self, path: Path) -> None:
        """Read what `save` wrote."""
        from safetensors.torch import load_file

        with torch.no_grad():
            own = self.trained()
            for name, value in load_file(str(path)).items():
                own[name].copy_(value.float())

    def merge(self) -> None:
        """Put what was trained beside layers into them; after that nothing can be trained or saved."""


class AdaptedEncoder(TaskEncoder):
    """The encoder with low-rank changes to its layers; only these are trained."""

    def __init__(self) -> None:
        super().__init__()
        for holder, name in self._places():
            setattr(holder, name, Adapted(getattr(holder, name)))

    def _places(self) -> list[tuple[Any, str]]:
        """The linear layers that are changed, as owner and attribute."""
        found: list[tuple[Any, str]] = []
        for layer in self.encoder.encoder.layer:
            own = layer.attention.self
            found += [(own, "query"), (own, "key"), (own, "value"), (layer.attention.output, "dense")]
            found += [(layer.intermediate, "dense"), (layer.output, "dense")]
        return found

    def merge(self) -> None:
        for holder, name in self._places():
            setattr(holder, name, getattr(holder, name).merged())


def tokenizer() -> Any:
    """The packaged encoder's tokenizer."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(packaged_folder()))


def export(network: TaskEncoder, output: str, graph: Path, words_file: Path) -> None:
    """Write `network`, as trained, with 8-bit weights to `graph`, and its tokenizer to `words_file`."""
    network.merge()
    words = tokenizer()
    sample = words(["one two", "three"], ["four five six", "seven"], padding=True, return_tensors="pt")
    whole = graph.with_name("whole.onnx")
    save_graph(network, {n: sample[n] for n in INPUTS}, [output], whole)
    quantize(whole, graph)
    whole.unlink()
    words.backend_tokenizer.save(str(words_file))
