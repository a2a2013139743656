"""Shuts this process in: no file but one, no network, no other process; runs in the sandbox.

Landlock keeps it from files, seccomp from the calls that reach beyond itself. Neither can be
undone, and both work for every user. Imports nothing of the portal, and no package.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sysconfig
from collections.abc import Iterator
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION = 1
_LANDLOCK_PATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights to files each version of Landlock knows, the last for all later ones too.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
# From these versions on it keeps from TCP, and from sockets and signals of other processes.
_NETWORK, _SCOPES = 4, 6

# Where lazily loaded parts come from, and the letters for a PDF that brings none.
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/usr/share/fonts",
    "/usr/share/X11/fonts",
    "/usr/local/share/fonts",
)


def confine(file: str) -> list[str]:
    """Let this process read `file` and Python itself only; return what the kernel lacks for it."""
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    missing = []
    if not _close_files(file):
        missing.append("landlock")
    if not _close_calls():
        missing.append("seccomp")
    return missing


def _close_files(file: str) -> bool:
    version = _LIBC.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 1:
        return False
    rights = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    handled = [rights]
    if version >= _NETWORK:
        handled.append(0b11)
    if version >= _SCOPES:
        handled.append(0b11)
    wanted = struct.pack(f"{len(handled)}Q", *handled)
    rules = _LIBC.syscall(_LANDLOCK_CREATE, wanted, ctypes.c_size_t(len(wanted)), 0)
    if rules < 0:
        return False
    for path in (file, *_python(), *_SYSTEM):
        _allow(rules, path)
    is_closed = _LIBC.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return bool(is_closed)


def _python() -> Iterator[str]:
    paths = sysconfig.get_paths()
    yield from {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}


def _allow(rules: int, path: str) -> None:
    """Allow to read `path`, with what is in it; nothing when it is not there."""
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rights = _READ_FILE | _READ_DIR if Path(path).is_dir() else _READ_FILE
    rule = struct.pack("=Qi", rights, handle)
    _LIBC.syscall(_LANDLOCK_ADD, rules, _LANDLOCK_PATH, rule, 0)
    os.close(handle)


# The calls that reach beyond this process, by their numbers on x86_64 and on aarch64.
_CALLS: dict[str, tuple[int | None, int | None]] = {
    # The network, and sockets of other programs.
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    # New processes and programs.
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    # Other processes.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # Owners, rights and marks of files, which Landlock leaves open.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    # Memory and messages that are shared by name.
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    # Keys, mounts, modules, and doors into the kernel that had holes.
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "swapon": (167, 224),
    "reboot": (169, 142),
    "syslog": (103, 116),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_setup": (206, 0),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}
_CLONE = (56, 220)
_CLONE3 = (435, 435)
_PRLIMIT = (302, 261)
_CLONE_THREAD = 0x10000
# The columns above, and what the kernel calls the machine.
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
# On x86_64 the same calls have a second row of numbers from here on.
_SECOND_NUMBERS = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_EPERM, _ENOSYS = 0x00050000 | 1, 0x00050000 | 38

_Step = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def _close_calls() -> bool:
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    packed = b"".join(struct.pack("=HBBI", *step) for step in _steps(*machine))
    program = _Program(len(packed) // 8, packed)
    done = _LIBC.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return bool(done == 0)


def _steps(column: int, machine: int) -> Iterator[_Step]:
    """Yield the filter: code, how many steps to skip when so and when not so, operand."""
    yield (_LOAD, 0, 0, _MACHINE)
    yield (_EQUAL, 1, 0, machine)
    yield (_RETURN, 0, 0, _KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_AT_LEAST, 0, 1, _SECOND_NUMBERS)
    yield (_RETURN, 0, 0, _EPERM)
    for numbers in _CALLS.values():
        number = numbers[column]
        if number is not None:
            yield (_EQUAL, 0, 1, number)
            yield (_RETURN, 0, 0, _EPERM)
    # As if the kernel were older: the C library then asks for clone, whose flags can be seen.
    yield (_EQUAL, 0, 1, _CLONE3[column])
    yield (_RETURN, 0, 0, _ENOSYS)
    # A thread is no new process.
    yield (_EQUAL, 0, 4, _CLONE[column])
    yield (_LOAD, 0, 0, _FIRST_ARGUMENT)
    yield (_HAS_BITS, 0, 1, _CLONE_THREAD)
    yield (_RETURN, 0, 0, _ALLOW)
    yield (_RETURN, 0, 0, _EPERM)
    # Limits of its own, never of another process.
    yield (_EQUAL, 0, 4, _PRLIMIT[column])
    yield (_LOAD, 0, 0, _FIRST_ARGUMENT)
    yield (_EQUAL, 0, 1, 0)
    yield (_RETURN, 0, 0, _ALLOW)
    yield (_RETURN, 0, 0, _EPERM)
    yield (_RETURN, 0, 0, _ALLOW)
