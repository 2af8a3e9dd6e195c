"""What a figure means, carried by the figure itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """The formula of a measure in one sentence, in English and Chinese, and where it comes from."""

    en: str
    zh: str
    source: str

    def to_dict(self) -> dict[str, str]:
        """``{en, zh, source}``."""
        return {"en": self.en, "zh": self.zh, "source": self.source}
