"""What an error tells of its cause, by its words alone."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.causes.raised import (
    missing_file,
    missing_key,
    missing_name,
    of_environment,
    of_outside,
)
from jupyter_hygiene.core.report import ReplayError


@pytest.mark.parametrize(
    ("name", "message", "source"),
    [
        ("ModuleNotFoundError", "No module named 'seaborn'", "import seaborn"),
        (
            "ImportError",
            "cannot import name 'GMM' from 'sklearn.mixture' (/x/y.py)",
            "from sklearn.mixture import GMM",
        ),
        ("AttributeError", "module 'numpy' has no attribute 'float'.", "np.float(1)"),
        ("AttributeError", "'DataFrame' object has no attribute 'append'", "df.append(row)"),
        ("AttributeError", "'Axes3D' object has no attribute 'w_xaxis'", "ax.w_xaxis.set_pane_color(c)"),
        (
            "TypeError",
            "read_csv() got an unexpected keyword argument 'squeeze'",
            "pd.read_csv(f, squeeze=True)",
        ),
        (
            "AttributeError",
            "Rectangle.set() got an unexpected keyword argument 'normed'",
            "plt.hist(x, normed=1)",
        ),
        ("TypeError", "KMeans.__init__() got an unexpected keyword argument 'n_jobs'", "KMeans(n_jobs=2)"),
        ("OSError", "'seaborn-whitegrid' is not a valid package style", "plt.style.use('seaborn-whitegrid')"),
        (
            "ImportError",
            "`load_boston` has been removed from scikit-learn since version 1.2.",
            "load_boston()",
        ),
        ("RuntimeError", "Torch not compiled with CUDA enabled", "x.cuda()"),
        ("UsageError", "Line magic function `%watermark` not found.", "%watermark"),
    ],
)
def test_what_is_installed_is_to_blame(name: str, message: str, source: str) -> None:
    told = of_environment(ReplayError(name, message), source, lambda _: False)
    assert told is not None
    assert told.cause == "environment"
    assert told.action


@pytest.mark.parametrize(
    ("name", "message", "source"),
    [
        ("AttributeError", "'DataFrame' object has no attribute 'price'", "df.price.mean()"),
        ("AttributeError", "'NoneType' object has no attribute 'group'", "m.group(1)"),
        ("AttributeError", "'Model' object has no attribute 'weights'", "model.weights"),
        ("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", "1 + 'a'"),
        ("KeyError", "'price'", "df['price']"),
        ("ValueError", "could not convert string to float: 'x'", "float('x')"),
    ],
)
def test_what_is_installed_is_not_to_blame(name: str, message: str, source: str) -> None:
    assert of_environment(ReplayError(name, message), source, lambda _: False) is None


def test_what_the_notebook_defines_itself_is_not_a_library() -> None:
    error = ReplayError("TypeError", "fit() got an unexpected keyword argument 'steps'")
    assert of_environment(error, "fit(steps=3)", lambda name: name == "fit") is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'data.csv'"),
        ("OSError", "data.csv not found."),
        ("Exception", "File `'setup.py'` not found."),
        ("ConnectionError", "HTTPSConnectionPool(host='x', port=443): Max retries exceeded"),
        ("URLError", "<urlopen error [Errno 111] Connection refused>"),
        ("OperationalError", "unable to open database file"),
    ],
)
def test_something_outside_is_to_blame(name: str, message: str) -> None:
    told = of_outside(ReplayError(name, message))
    assert told is not None
    assert told.cause == "external"


def test_what_is_missing_is_read_from_the_message() -> None:
    assert missing_name(ReplayError("NameError", "name 'x' is not defined. Did you mean: 'y'?")) == "x"
    assert missing_name(ReplayError("ValueError", "name 'x' is bad")) is None
    assert (
        missing_file(ReplayError("FileNotFoundError", "[Errno 2] No such file or directory: 'a/b.csv'"))
        == "a/b.csv"
    )
    assert missing_key(ReplayError("KeyError", "'price'")) == "price"
    assert missing_key(ReplayError("KeyError", "\"['price'] not in index\"")) == "price"
    assert missing_key(ReplayError("AttributeError", "'A' object has no attribute 'v'")) == "v"
