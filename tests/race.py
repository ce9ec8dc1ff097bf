"""The second click: the same verb from several threads at one moment, on real PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

from django.db import connection, transaction

from congress.shared.errors import Refused


def at_once(times: int, verb: Callable[..., object], *args: object, **kwargs: object) -> list[str]:
    """Run the verb `times` times at once; the sorted outcomes, each "done" or "refused".

    Needs `@pytest.mark.django_db(transaction=True)`: other threads see only what is committed.
    """
    barrier = Barrier(times)

    def once(_: int) -> str:
        try:
            barrier.wait(timeout=10)
            verb(*args, **kwargs)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(once, range(times)))


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> object:
    """`second` begins in another session while the transaction of `first` is still open.

    Needs `@pytest.mark.django_db(transaction=True)`; gives what `second` came to in the end.
    """

    def other() -> object:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            begun = pool.submit(other)
            wait([begun], timeout=0.5)
        return begun.result(timeout=10)
