"""Portability: paths of one machine, folders for what does not last, addresses whose content changes."""

from __future__ import annotations

import pytest

from tests.hygiene.pages import findings, mended, places

IMPORTS = """\
import os, sys, glob
from pathlib import Path
import numpy as np
import pandas as pd
import joblib
import matplotlib.pyplot as plt"""


@pytest.mark.parametrize(
    "source",
    [
        "df = pd.read_csv('/home/ana/data/x.csv')",
        "df = pd.read_csv('/Users/ana/Desktop/x.csv', sep=';')",
        "df = pd.read_csv(r'C:\\Users\\ana\\x.csv')",
        "df = pd.read_excel('D:/data/x.xlsx')",
        "df = pd.read_csv('/data/project/x.csv')",
        "df = pd.read_csv(filepath_or_buffer='/data/project/x.csv')",
        "df.to_csv('/mnt/results/x.csv')",
        "open('/data/x.txt').read()",
        "folder = Path('/media/disk/data')",
        "os.chdir('/home/ana/project')",
        "sys.path.append('/home/ana/project')",
        "sys.path.insert(0, '/opt/project/src')",
        "x = np.load('~/data/x.npy')",
        "x = os.path.expanduser('~/Documents/x.csv')",
        "plt.savefig('/Users/ana/figure.png')",
        "model = joblib.load('/models/best/m.pkl')",
        "DATA_DIR = '/home/ana/data'",
        "DATA_DIR = '/data/project'",
        "files = glob.glob('/data/project/*.csv')",
        "df = pd.read_csv(f'/home/ana/{name}.csv')",
        "df = pd.read_csv('/home/ana/' + name)",
        "df = pd.read_csv('/home/ana/%s.csv' % name)",
        "paths = ['/home/ana/a.csv', 'b.csv']",
        "config = {'path': '/Users/ana/a.csv'}",
        "%cd /home/ana/project",
        "%cd ~/project",
        "!cp /home/ana/x.csv .",
        "%run /home/ana/setup.py",
        "x = r'\\\\server\\share\\x.csv'",
    ],
)
def test_a_path_of_one_machine_is_found(source: str) -> None:
    assert len(findings("absolute-path", IMPORTS, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "df = pd.read_csv('data/x.csv')",
        "df = pd.read_csv('../data/x.csv')",
        "df = pd.read_csv('https://example.org/home/ana/x.csv')",
        "df = pd.read_csv('/content/sample_data/x.csv')",
        "%cd /content/drive/MyDrive",
        "for folder, _, files in os.walk('/kaggle/input'):\n    pass",
        "open('/dev/null')",
        "open('/proc/cpuinfo')",
        "@app.route('/api/items')\ndef items(): pass",
        "app.add_url_rule('/home/items', items)",
        "requests.get(base + '/users/items')",
        "text.split('/home/')",
        "re.sub('/home/\\\\w+', '', text)",
        "print('/home/ana/x.csv')",
        "text = '''\n/home/ana/x.csv\n'''",
        '"""See /home/ana/x.csv"""',
        "a = b / c",
        "title = 'A/B'",
        "drive = 'C: the third'",
        "os.path.expanduser('~')",
        "os.makedirs('~/.kaggle')",
        "Path.home() / 'data'",
        "label = '/data/project'",
        "!ls /usr/share/dict",
        "!pip install x",
        "x = 7 % 3",
        "time = '12:30'",
        "# pd.read_csv('/home/ana/x.csv')",
        "%%bash\ncd /home/ana",
        "dag = {'/root': 1}",
    ],
)
def test_what_works_elsewhere_too_is_left_alone(source: str) -> None:
    assert findings("absolute-path", IMPORTS, source) == []


@pytest.mark.parametrize(
    ("source", "after"),
    [
        (
            "df = pd.read_csv('/home/ana/x.csv')",
            "DATA_PATH = '/home/ana/x.csv'\ndf = pd.read_csv(DATA_PATH)",
        ),
        (
            "# read\né = 1\nif é:\n    a, b = open(r'C:\\ä.txt'), open(r'C:\\ä.txt')",
            "# read\nDATA_PATH = r'C:\\ä.txt'\né = 1\nif é:\n    a, b = open(DATA_PATH), open(DATA_PATH)",
        ),
        (
            "%%time\nDATA_PATH = 1\ndf = pd.read_csv('/home/ana/x.csv')",
            "%%time\nDATA_PATH_2 = '/home/ana/x.csv'\nDATA_PATH = 1\ndf = pd.read_csv(DATA_PATH_2)",
        ),
    ],
)
def test_the_fix_keeps_the_path_in_a_constant(source: str, after: str) -> None:
    assert mended("absolute-path", IMPORTS, source)[1] == after


@pytest.mark.parametrize("source", ["DATA = '/home/ana/x.csv'", "!cat /home/ana/x", "open(f'/home/ana/{x}')"])
def test_no_fix_where_the_path_has_a_name_or_no_end(source: str) -> None:
    (hit,) = findings("absolute-path", IMPORTS, source)
    assert hit.fixes == ()


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("df = pd.read_csv('/tmp/x.csv')", 1),
        ("df = pd.read_csv('~/Downloads/x.csv')", 1),
        ("df = pd.read_csv('C:/Users/ana/Downloads/x.csv')", 1),
        ("%cd /tmp/work", 1),
        ("df = pd.read_csv('data/x.csv')", 0),
        ("df = pd.read_csv('tmp/x.csv')", 0),
    ],
)
def test_folders_for_what_does_not_last_are_found(source: str, count: int) -> None:
    assert len(findings("temporary-path", IMPORTS, source)) == count
    assert findings("absolute-path", IMPORTS, source) == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("x = 'https://raw.githubusercontent.com/a/b/master/x.csv'", 1),
        ("x = 'https://github.com/a/b/raw/main/x.csv?raw=true'", 1),
        ("!pip install git+https://github.com/a/b.git", 1),
        ("!wget https://huggingface.co/a/b/resolve/main/x.bin", 1),
        ("x = 'https://raw.githubusercontent.com/a/b/3f2c1d0/x.csv'", 0),
        ("x = 'https://raw.githubusercontent.com/a/b/v1.2/x.csv'", 0),
        ("!pip install git+https://github.com/a/b.git@v1.0", 0),
        ("x = 'https://example.org/master/x.csv'", 0),
        ("# see https://github.com/a/b/blob/master/README.md", 0),
    ],
)
def test_addresses_whose_content_changes_are_found(source: str, count: int) -> None:
    assert len(findings("unpinned-url", source)) == count


def test_a_path_is_found_once_a_cell() -> None:
    assert places("absolute-path", "open('/home/ana/x')\nopen('/home/ana/x')", "open('/home/ana/x')") == [
        (0, 1),
        (1, 1),
    ]
