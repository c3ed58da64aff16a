"""Names that Python 3.10 dropped and that indy-plenum 1.13.1 and what it needs still use."""
import asyncio.coroutines
import collections
import collections.abc
import inspect

for name in dir(collections.abc):
    if name[0].isupper() and not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))
if not hasattr(inspect, "getargspec"):
    inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]
if not hasattr(asyncio.coroutines, "CoroWrapper"):
    asyncio.coroutines.CoroWrapper = type("CoroWrapper", (), {})
