"""Where the networks are trained: on a GPU if there is one."""

from __future__ import annotations

import torch
from torch import nn

from vectorstore.embedding.torch_embedder import bfloat16_is_fast


def chosen(name: str = "") -> torch.device:
    """The device of that name; without one the GPU, or the processor where there is none."""
    return torch.device(name or ("cuda" if torch.cuda.is_available() else "cpu"))


def device_of(network: nn.Module) -> torch.device:
    """Where the weights of `network` are."""
    return next(network.parameters()).device


def narrow(device: torch.device) -> torch.autocast:
    """Multiply in bfloat16 meanwhile, where the device is fast at it."""
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda" or bfloat16_is_fast())
