"""Floor 0: the values that travel the road of the data.

`Source → Record → Link → Target → Visit ⇄ (Request → Response | Failure) → Observation → Verdict → Finding → Report`

Every value is a `NamedTuple`: immutable, compared by content, and four times cheaper to build than a frozen dataclass,
which counts where a run builds millions of them. Nothing here imports anything but the standard library.
"""
