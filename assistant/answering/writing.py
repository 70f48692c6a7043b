"""What a chat model had to do with an answer, as it is kept with the answer and its receipt."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Writing(BaseModel):
    """The model asked, with which prompts (name -> SHA-256), and what became of what it wrote."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    prompts: dict[str, str] = Field(default_factory=dict)
    offered: int = Field(0, description="Statements that the model wrote")
    kept: int = Field(0, description="Statements that stand in the answer")
    dropped: tuple[str, ...] = Field((), description="Why the others were dropped, by the verifier's checks")
    fallback: str | None = Field(None, description="Why the answer by extraction stands instead")
    rewrite: str | None = Field(None, description="used | kept | a reason: what became of a follow-up's rewriting")
    seconds: float = 0.0
