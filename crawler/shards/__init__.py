"""Floor 3: one run shared out over processes of this machine, by host.

The parent (`Shards`) reads, keeps the index of targets, judges and reports. Each child (`Shard`) has an event loop, a
transport and an engine of its own, and the hosts that it was dealt: a host lives in one child, so that one frontier
keeps everything it was promised, as in a run of a single process. A visit that is led to a host of another child goes
on there.

It helps where one process is held up by its own CPU, not where it waits for the network. On loopback, with two cores
shared with the server, two processes are as quick as one at 1,000 URLs, and take 0.8 of its time at 5,000 and three
quarters at 20,000. A child that is forked costs 0.04 s of CPU, one that is started 0.15 s and 50 MB; each link costs 20
microseconds more.
"""
