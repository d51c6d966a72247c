"""Version control: secrets, sizes, metadata that change with every run, names of copies."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jupyter_hygiene.core.hygiene.fixes import ClearCount, ClearOutputs, DropMetadata
from jupyter_hygiene.core.hygiene.page import Limits
from tests.hygiene.pages import code, findings, markdown
from tests.notebooks import PNG, printed, raised, result, shown

# Put together here, so that no scanner takes this file for one that holds secrets.
RANDOM = "q8Zr4tLw7Np2Vx9Kd3Hs6Bf1"
HEX = "9f1c2b3a4d5e6f708192a3b4c5d6e7f8"
LONG = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"
JWT = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
    + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0"
    + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"
)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (f'openai.api_key = "sk-proj-{LONG}"', "an OpenAI API key"),
        (f'client = Anthropic(api_key="sk-ant-api03-{LONG}")', "an Anthropic API key"),
        (f'login("hf_{LONG[:34]}")', "a Hugging Face token"),
        (f"!git clone https://ghp_{LONG}@github.com/me/it", "a GitHub token"),
        (f"x = 'github_pat_{LONG[:22]}_{LONG}'", "a GitHub token"),
        ('aws = "AKIA' + 'J5XQ7RD2WN4TVK6B"', "an AWS access key"),
        (f'gmaps.configure("AIza{LONG[:35]}")', "a Google API key"),
        (f'wandb.login(key="{HEX}01234567")', "a Weights & Biases key"),
        (f'open("kaggle.json", "w").write(\'{{"username":"ana","key":"{HEX}"}}\')', "a Kaggle key"),
        (f"spark = connect('dapi{HEX}')", "a Databricks token"),
        (f"headers = {{'Authorization': 'Bearer {JWT}'}}", "a JSON web token"),
        ("key = '''-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEow'''", "a private key"),
        ('engine = create_engine("postgresql://ana:S3crPw9@db.example.org/x")', "a password in an address"),
        (f'api_key = "{RANDOM}"', "the value of `api_key`"),
        (f"os.environ['OPENAI_API_KEY'] = '{RANDOM}'", "the value of `OPENAI_API_KEY`"),
        (f"%env SERVICE_TOKEN={RANDOM}", "the value of `SERVICE_TOKEN`"),
        ('connect(host="db", password="Tr0ub4dor&3")', "the value of `password`"),
        (f'config = {{"client_secret": "{RANDOM}"}}', "the value of `client_secret`"),
        ("DB_PASS = 'Tr0ub4dor'", "the value of `DB_PASS`"),
        ("api_key = 'sk-1234567890abcdef1234567890abcdef'", "an API key"),
        ('py.sign_in("ana", "k3jf8s0dkw")', "a password"),
        ('requests.get(url, auth=("ana", "Tr0ub4dor&3"))', "a password"),
        (f'auth_token: str = "{RANDOM}"', "the value of `auth_token`"),
    ],
)
def test_a_secret_in_the_code_is_told_by_its_kind_and_not_shown(source: str, kind: str) -> None:
    (hit,) = findings("secret", "x = 1\n" + source)
    assert hit.message.lower().startswith(kind.lower())
    assert hit.line == 2
    assert not hit.in_output
    for secret in (RANDOM, HEX, LONG, "Tr0ub", "S3cr", "J5XQ", JWT):
        assert secret[:8] not in hit.message


@pytest.mark.parametrize(
    "source",
    [
        'password = "your-password"',
        'api_key = "YOUR_API_KEY_HERE"',
        'api_key = "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        'api_key = "<paste your key here>"',
        'api_key = os.environ["OPENAI_API_KEY"]',
        'api_key = userdata.get("OPENAI_API_KEY")',
        'password = getpass("Password: ")',
        'password = "changeme"',
        'password = "***"',
        "st.text_input('Password', type='password')",
        'pad_token = "[PAD]"',
        'tokenizer = AutoTokenizer.from_pretrained("distilbert-base-uncased-finetuned-sst-2-english")',
        'vectoriser = CountVectorizer(token_pattern=r"(?u)\\b\\w\\w+\\b")',
        'create_engine("postgresql://user:password@localhost/db")',
        'f"https://{user}:{token}@github.com/me/it"',
        "!git clone https://ana:$TOKEN@github.com/me/it",
        f'commit = "{HEX}01234567"',
        f'd = {{"key": "{RANDOM}"}}',
        'sorted(rows, key="column_with_a_long_name_2019")',
        'secret_santa = "Anna and Bob 2"',
        'secret = "message is hidden"',
        'os.environ["TOKENIZERS_PARALLELISM"] = "false"',
        "import sk-learn-contrib-imbalanced-learn-and-more",
        'url = "http://localhost:8888/tree"',
        'print("@", "https://example.org:443/x")',
        "passwords = ['a1b2c3']",
        'py.sign_in("user_name", "your_api_key")',
        'if password == "abc123!": pass',
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(source: str) -> None:
    assert findings("secret", source) == []


def test_a_secret_in_an_output_can_be_cleared() -> None:
    (hit,) = findings("secret", code("print(token)", printed(f"hf_{LONG[:34]}\n")))
    assert hit.in_output
    assert hit.line is None
    assert hit.fixes[0].edits == (ClearOutputs(hit.cell_id),) if hit.cell_id else False
    assert not hit.fixes[0].safe


@pytest.mark.parametrize(
    "output",
    [
        result(f"{{'api_key': '{RANDOM}'}}"),
        shown(
            {
                "text/html": f"<iframe src='https://maps.example.org?key=AIza{LONG[:35]}'>",
                "text/plain": "<IFrame>",
            }
        ),
        shown({"application/json": {"deep": [{"token": f"sk-ant-api03-{LONG}"}]}}),
        raised("HTTPError", f"401: https://api.example.org?access_token=ghp_{LONG}"),
    ],
)
def test_every_kind_of_output_is_looked_through(output: dict[str, object]) -> None:
    (hit,) = findings("secret", code("call()", output))
    assert hit.in_output


def test_pictures_are_not_looked_through() -> None:
    assert findings("secret", code("plot()", shown({"image/png": PNG + f"hf_{LONG[:34]}"}))) == []


def test_a_secret_is_told_once_a_cell_and_place() -> None:
    line = f'api_key = "{RANDOM}"\n'
    assert len(findings("secret", line + line, line, markdown(f'Use `api_key = "{RANDOM}"`'))) == 3


def test_clean_notebooks_do_not_pay_for_the_detectors() -> None:
    program = (
        "import sys; from jupyter_hygiene.core.hygiene.secrets import found_in;"
        "found_in('import pandas as pd\\nkeys = df.keys()\\ntoken = get_token()\\ndf.sort_values(key=len)');"
        "assert 'requests' not in sys.modules and 'detect_secrets' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_outputs_over_the_limit_are_large() -> None:
    big = code("print(x)", printed("x" * 900_000), shown({"text/html": "y" * 300_000}))
    (hit,) = findings("large-output", big, code("1", result("1")))
    assert "1.2 MB, most of it text" in hit.message
    assert findings("large-output", big, limits=Limits(output_bytes=2_000_000)) == []


def test_structured_outputs_count_as_well() -> None:
    big = code("show()", shown({"application/vnd.plotly.v1+json": {"data": [{"x": [1.234567] * 200_000}]}}))
    assert len(findings("large-output", big)) == 1


def test_metadata_of_runs_are_one_finding_and_dropped_alone() -> None:
    cell = code("x = 1")
    cell["metadata"] = {"ExecuteTime": {"start_time": "2024-01-01"}, "tags": ["a"], "collapsed": False}
    other = markdown("hello")
    other["metadata"] = {"execution": {"iopub.execute_input": "2024"}, "id": "abc"}
    (hit,) = findings("metadata-churn", cell, other, papermill={"duration": 1.5})
    assert hit.cell_id is None
    assert hit.fixes[0].safe
    assert hit.fixes[0].edits == (
        DropMetadata(cell_id("c0"), "ExecuteTime"),
        DropMetadata(cell_id("c1"), "execution"),
        DropMetadata(None, "papermill"),
    )


def cell_id(name: str):  # type: ignore[no-untyped-def]
    return name


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"tags": ["x"]},
        {"collapsed": True, "scrolled": True},
        {"id": "abc", "colab": {"name": "n"}},
        {"editable": False},
    ],
)
def test_metadata_that_mean_something_stay(metadata: dict[str, object]) -> None:
    cell = code("x = 1")
    cell["metadata"] = metadata
    assert findings("metadata-churn", cell, toc={"base_numbering": 1}, widgets={}) == []


def test_counts_can_be_cleared() -> None:
    (hit,) = findings("execution-counts", code("x = 1", count=3), code("y = 1", ran=False))
    assert hit.fixes[0].edits == (ClearCount(cell_id("c0")),)
    assert findings("execution-counts", "x = 1") == []


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("analysis-Copy1.ipynb", 1),
        ("work/Untitled.ipynb", 1),
        ("Untitled12.ipynb", 1),
        (".ipynb_checkpoints/analysis-checkpoint.ipynb", 1),
        ("analysis (2).ipynb", 1),
        ("Copy of analysis.ipynb", 1),
        ("analysis.ipynb", 0),
        ("Copying files.ipynb", 0),
        ("untitled/analysis.ipynb", 0),
        ("", 0),
    ],
)
def test_copies_go_by_their_names(path: str, count: int) -> None:
    assert len(findings("copy-name", "x = 1", path=path)) == count
