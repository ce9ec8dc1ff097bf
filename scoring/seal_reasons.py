"""为什么没有做成: a fault in words for the office, never a traceback."""

import errno

from congress.shared.errors import Refused

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
UNKNOWN = "程序出错，请把这位代表的名字告诉系统管理员，运行日志里有详细记录。"


def why_not_made(fault: BaseException) -> str:
    """One sentence: what is wrong, and who can mend it."""
    if isinstance(fault, Refused):
        return str(fault)
    if isinstance(fault, OSError):
        return OF_THE_DISK.get(fault.errno or 0, A_FILE)
    return NO_MEMORY if isinstance(fault, MemoryError) else UNKNOWN
