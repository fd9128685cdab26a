"""Floor 3: one run shared out over processes of this machine, by host.

The parent (`Shards`) reads, keeps the index of targets, judges and reports. Each child (`Shard`) has an event loop, a
transport and an engine of its own, and the hosts that it was dealt: a host lives in one child, so that one frontier
keeps everything it was promised, as in a run of a single process. A visit that is led to a host of another child goes
on there.
"""
