"""为什么没有做成: a fault in words for the office, never a traceback."""

import errno

from django.db import InterfaceError, OperationalError

from congress.shared.errors import Refused
from scoring.time_limit import TooLong

OF_THE_DISK = {
    errno.ENOSPC: "存放档案的磁盘满了，请系统管理员腾出空间。",
    errno.EDQUOT: "存放档案的磁盘满了，请系统管理员腾出空间。",
    errno.EROFS: "存放档案的磁盘只能读、不能写，请系统管理员检查。",
    errno.EACCES: "没有权限写存放档案的文件夹，请系统管理员检查。",
    errno.EPERM: "没有权限写存放档案的文件夹，请系统管理员检查。",
    errno.EIO: "存放档案的磁盘出了故障，请系统管理员检查。",
}
A_FILE = "读写文件时出错，请系统管理员看运行日志。"
NO_MEMORY = "制作时内存不够，请系统管理员检查服务器。"
TOO_LONG = "制作的时间太长，已经停下，请把这位代表的名字告诉系统管理员，运行日志里有详细记录。"
DATABASE = "读写这位代表的记录时数据库太慢或者被占用，如果再试还是这样，请系统管理员检查。"
OF_ONE_FILE = {"57014", "40P01", "55P03"}
"""A statement that took too long, a deadlock, a lock not had: the database itself is there."""
UNKNOWN = "程序出错，请把这位代表的名字告诉系统管理员，运行日志里有详细记录。"
UNKNOWN_VOLUME = "程序出错，请告诉系统管理员是哪一册，运行日志里有详细记录。"


def why_not_made(fault: BaseException, *, unknown: str = UNKNOWN) -> str:
    """One sentence: what is wrong, and who can mend it."""
    if isinstance(fault, Refused):
        return str(fault)
    if isinstance(fault, OSError):
        return OF_THE_DISK.get(fault.errno or 0, A_FILE)
    if isinstance(fault, TooLong):
        return TOO_LONG
    if isinstance(fault, OperationalError):
        return DATABASE
    return NO_MEMORY if isinstance(fault, MemoryError) else unknown


def died(times: int) -> str:
    """Why a file rests whose making ended without a word."""
    return f"制作时中断了 {times} 次，没有留下原因，请系统管理员看运行日志和服务器的内存。"


def is_of_the_database(fault: BaseException) -> bool:
    """Whether the database is gone, which no file is to blame for."""
    if isinstance(fault, OperationalError):
        return getattr(fault.__cause__, "sqlstate", None) not in OF_ONE_FILE
    return isinstance(fault, InterfaceError)
