"""Floor 3: one run shared out over processes of this machine, by host.

The parent (`Shards`) reads, keeps the index of targets, judges and reports. Each child (`Shard`) has an event loop, a
transport and an engine of its own, and the hosts that it was dealt: a host lives in one child, so that one frontier
keeps everything it was promised, as in a run of a single process. A visit that is led to a host of another child goes
on there.

It helps where one process is held up by its own CPU, not where it waits for the network. On loopback, with two cores
shared with the server, two processes are as quick as one at 2,000 URLs, take 0.8 of its time at 5,000 and two thirds at
20,000. A child costs 0.3 s of CPU to start and 50 MB, and each link 20 microseconds more.
"""
