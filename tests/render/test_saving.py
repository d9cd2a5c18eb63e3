"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.render.saving import save

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits and modes of POSIX")

TOO_LARGE = """
import resource, signal, sys
from pathlib import Path
from hazardctl.render.saving import save
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save(b"new" * 10_000, Path(sys.argv[1]))
except OSError as fault:
    sys.exit(fault.errno)
"""


def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    save(b"content", tmp_path / "report.csv")
    assert (tmp_path / "report.csv").read_bytes() == b"content"
    assert os.listdir(tmp_path) == ["report.csv"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "报表.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    save(b"new", path)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_full_disk_keeps_the_old_file_and_leaves_no_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    ran = subprocess.run([sys.executable, "-c", TOO_LARGE, str(path)], check=False)
    assert ran.returncode != 0
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.xlsx"]


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        save(b"content", tmp_path)
    with pytest.raises(FileNotFoundError):
        save(b"content", tmp_path / "missing" / "report.csv")
    assert os.listdir(tmp_path) == []


def test_a_device_is_written_to_and_not_replaced() -> None:
    save(b"content", Path(os.devnull))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    save(b"new", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_the_longest_names_work(tmp_path: Path) -> None:
    path = tmp_path / ("隐" * 83 + ".csv")
    save(b"content", path)
    assert path.read_bytes() == b"content"
