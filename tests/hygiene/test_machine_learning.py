"""Machine learning: chance, splits that come too late, models that are lost, NaN."""

from __future__ import annotations

import pytest

from tests.hygiene.pages import Source, findings, mended, places

IMPORTS = """\
import random
import numpy as np
import pandas as pd
import torch
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler
from sklearn import preprocessing
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectKBest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.utils import resample"""
LOAD = "df = pd.read_csv('data.csv')\nX = df.drop('y', axis=1)\ny = df['y']"
SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)"


def found(rule: str, *cells: Source) -> list[tuple[int, int | None]]:
    """Where a rule finds something in cells below imports and data; the first of them is cell 0."""
    return [(index - 2, line) for index, line in places(rule, IMPORTS, LOAD, *cells)]


@pytest.mark.parametrize(
    "cells",
    [
        ["x = np.random.rand(3)\nprint(x)"],
        ["a, b = train_test_split(X)"],
        ["model = RandomForestClassifier()"],
        ["folds = KFold(5, shuffle=True)"],
        ["print(df.sample(5))"],
        ["w = torch.randn(3)"],
        ["def draw(): return random.random()", "print(draw())"],
        ["x = np.random.rand(3)", "np.random.seed(0)"],
    ],
)
def test_a_draw_without_a_seed_is_found(cells: list[Source]) -> None:
    assert found("unseeded-randomness", *cells) == [(0, 1)]


@pytest.mark.parametrize(
    "cells",
    [
        ["np.random.seed(0)", "x = np.random.rand(3)"],
        ["rng = np.random.default_rng(0)\nx = rng.normal(size=3)"],
        ["a, b = train_test_split(X, random_state=42)"],
        ["SEED = 1\nmodel = RandomForestClassifier(random_state=SEED)"],
        ["model = RandomForestClassifier(**options)"],
        ["folds = KFold(5)"],
        ["torch.manual_seed(0)\nw = torch.randn(3)"],
        ["def set_seed(n):\n    np.random.seed(n)\nset_seed(0)", "x = np.random.rand(2)"],
        ["def draw():\n    return np.random.rand()", "np.random.seed(0)\nprint(draw())"],
        ["model = LogisticRegression()"],
        ["model = BaggingClassifier(RandomForestClassifier(), random_state=1)"],
    ],
)
def test_what_is_seeded_or_draws_nothing_is_left_alone(cells: list[Source]) -> None:
    assert found("unseeded-randomness", *cells) == []


def test_many_draws_from_one_generator_are_one_finding() -> None:
    (hit,) = findings("unseeded-randomness", IMPORTS, "a = np.random.rand(3)", "b = np.random.rand(4)")
    assert "as in 1 other place" in hit.message


def test_a_method_of_the_same_name_draws_only_from_a_table() -> None:
    assert findings("unseeded-randomness", "import pymc as pm", "trace = model.sample(100)") == []
    rebound = (
        "from skimage import data",
        "import pandas as pd\ndata = pd.read_csv('x')",
        "data.resample('W').mean()",
    )
    assert findings("unseeded-randomness", *rebound) == []


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("a, b = train_test_split(X)", "a, b = train_test_split(X, random_state=0)"),
        ("m = RandomForestClassifier()", "m = RandomForestClassifier(random_state=0)"),
        (
            "m = RandomForestClassifier(\n    n_jobs=2,\n)  # é",
            "m = RandomForestClassifier(\n    n_jobs=2, random_state=0)  # é",
        ),
        ("é = df.sample(2)", "é = df.sample(2, random_state=0)"),
        (
            "x = 1\nif x:\n    y = np.random.rand(3)",
            "x = 1\nnp.random.seed(0)\nif x:\n    y = np.random.rand(3)",
        ),
        (
            "@cached\ndef f():\n    return random.random()",
            "random.seed(0)\n@cached\ndef f():\n    return random.random()",
        ),
    ],
)
def test_the_fix_adds_the_seed_where_it_is_missing(source: str, after: str) -> None:
    assert mended("unseeded-randomness", IMPORTS, source)[1] == after


@pytest.mark.parametrize(
    "cells",
    [
        ["X = StandardScaler().fit_transform(X)", SPLIT],
        ["scaler = StandardScaler()\nX = scaler.fit_transform(X)", SPLIT],
        ["scaler = StandardScaler()\nscaler.fit(X)\nX = scaler.transform(X)", SPLIT],
        [
            "scaler = StandardScaler().fit(X)",
            "X = pd.DataFrame(scaler.transform(X), columns=X.columns)",
            SPLIT,
        ],
        [
            "cols = ['a']\ndf[cols] = MinMaxScaler().fit_transform(df[cols])",
            "X = df.drop('y', axis=1)",
            SPLIT,
        ],
        ["df['a'] = SimpleImputer().fit_transform(df[['a']]).ravel()\nX = df[['a', 'b']]", SPLIT],
        ["vectoriser = TfidfVectorizer()\nX = vectoriser.fit_transform(df.text).toarray()", SPLIT],
        ["X = SelectKBest(k=3).fit_transform(X, y)", SPLIT],
        ["X = PCA(2).fit_transform(X)\n" + SPLIT],
        ["X = preprocessing.scale(X)", SPLIT],
        [
            "prepare = ColumnTransformer([('n', StandardScaler(), ['a'])])\nX = prepare.fit_transform(X)",
            SPLIT,
        ],
        ["prepare = make_pipeline(SimpleImputer(), StandardScaler())\nX = prepare.fit_transform(X)", SPLIT],
        ["for c in df:\n    df[c] = MinMaxScaler().fit_transform(df[[c]])\nX = df", SPLIT],
        ["def prepare(X, y):\n    X = StandardScaler().fit_transform(X)\n    return train_test_split(X, y)"],
        ["model = LogisticRegression()\nmodel.fit(X, y)", SPLIT, "print(model.score(X_test, y_test))"],
        ["model = make_pipeline(StandardScaler(), PCA()).fit(X)", SPLIT, "model.predict(X_test)"],
        [
            "scaler = StandardScaler()\nscaler.fit(X)",
            SPLIT,
            "X_train = scaler.transform(X_train)\nX_test = scaler.transform(X_test)",
        ],
        [
            "if True:\n    X = StandardScaler().fit_transform(X)",
            "train, test = train_test_split(np.hstack([X, y]))",
        ],
    ],
)
def test_a_fit_on_all_rows_before_the_split_is_found(cells: list[Source]) -> None:
    assert len(found("fit-before-split", *cells)) == 1


@pytest.mark.parametrize(
    "cells",
    [
        [
            SPLIT,
            "scaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)",
        ],
        [SPLIT, "model = make_pipeline(StandardScaler(), LogisticRegression())\nmodel.fit(X_train, y_train)"],
        [
            "model = make_pipeline(StandardScaler(), LogisticRegression())\ncross_val_score(model, X, y)",
            SPLIT,
        ],
        ["y = LabelEncoder().fit_transform(y)", SPLIT],
        ["X = pd.get_dummies(X)", SPLIT],
        ["X = OneHotEncoder().fit_transform(X)", SPLIT],
        ["points = PCA(2).fit_transform(X)\nplt.scatter(points[:, 0], points[:, 1])", SPLIT],
        ["groups = KMeans(3).fit(StandardScaler().fit_transform(X))", SPLIT],
        [
            "scaled = StandardScaler().fit_transform(X)\nlabels = KMeans(3).fit_predict(scaled)\nprint(labels)",
            SPLIT,
        ],
        ["scaler = StandardScaler()", SPLIT, "scaler.fit(X_train)\nX_test = scaler.transform(X_test)"],
        [
            "model = LogisticRegression().fit(X, y)\nprint(model.score(X, y))",
            SPLIT,
            "model.fit(X_train, y_train)",
        ],
        [SPLIT, "X_train = StandardScaler().fit_transform(X_train)", "a, b = train_test_split(X_train)"],
        [
            "X_scaled = StandardScaler().fit_transform(X)\nn = X_scaled.shape[0]",
            "rows = train_test_split(range(n))",
        ],
        ["X_train = StandardScaler().fit_transform(X_train)", "a, b = train_test_split(X_train)"],
        ["X_all = StandardScaler().fit_transform(X)", "X_all = X", "a, b = train_test_split(X_all)"],
        [
            "scaler = StandardScaler()\nscaler.fit(X)",
            SPLIT,
            "scaler = StandardScaler()\nscaler.fit(X_train)\nscaler.transform(X_test)",
        ],
        ["X = StandardScaler().fit_transform(X)"],
        [
            "model = LogisticRegression().fit(X, y)\nmodel.score(X, y)",
            SPLIT,
            "model = LogisticRegression().fit(X_train, y_train)\nmodel.score(X_test, y_test)",
        ],
        ["groups = KMeans(3).fit(X)", SPLIT, "groups.predict(X_test)"],
        [
            "model = LogisticRegression().fit(X, y)\ndf['guess'] = model.predict(X)",
            "a, b = train_test_split(df)",
        ],
    ],
)
def test_a_fit_that_keeps_to_its_rows_is_left_alone(cells: list[Source]) -> None:
    assert found("fit-before-split", *cells) == []


def test_the_finding_says_what_was_fitted_and_where_the_split_is() -> None:
    (hit,) = findings("fit-before-split", IMPORTS, LOAD, "X = StandardScaler().fit_transform(X)", SPLIT)
    assert "`StandardScaler` learns from all of `X`" in hit.message
    assert "in cell 4" in hit.message


@pytest.mark.parametrize(
    "cells",
    [
        ["X, y = SMOTE().fit_resample(X, y)", SPLIT],
        [
            "smote = SMOTE(random_state=0)\nX_new, y_new = smote.fit_resample(X, y)",
            "a, b, c, d = train_test_split(X_new, y_new)",
        ],
        ["X, y = RandomOverSampler().fit_resample(X, y)", SPLIT],
        ["X, y = RandomUnderSampler().fit_resample(X, y)", SPLIT],
        [
            "rare = resample(df[df.y == 1], n_samples=100)\ndf = pd.concat([df, rare])",
            "a, b = train_test_split(df)",
        ],
        ["df = df.sample(1000, replace=True)", "a, b = train_test_split(df)"],
    ],
)
def test_rows_made_before_the_split_are_found(cells: list[Source]) -> None:
    assert found("resample-before-split", *cells)


@pytest.mark.parametrize(
    "cells",
    [
        [SPLIT, "X_train, y_train = SMOTE().fit_resample(X_train, y_train)"],
        ["df = df.sample(1000)", "a, b = train_test_split(df)"],
        ["df = df.sample(frac=1)", "a, b = train_test_split(df)"],
        ["few = resample(df, replace=False, n_samples=100)", "a, b = train_test_split(few)"],
        ["means = [resample(X).mean() for _ in range(100)]", SPLIT],
        ["X_new, y_new = SMOTE().fit_resample(X, y)\nprint(len(X_new))", SPLIT],
    ],
)
def test_rows_made_of_training_rows_are_left_alone(cells: list[Source]) -> None:
    assert found("resample-before-split", *cells) == []


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (["model = LogisticRegression().fit(X_train, y_train)"], 1),
        (["model = LogisticRegression().fit(X_train, y_train)", "import joblib\njoblib.dump(model, 'm')"], 0),
        (
            [
                "model = LogisticRegression().fit(X_train, y_train)",
                "with open('m', 'wb') as f:\n    pickle.dump(model, f)",
            ],
            0,
        ),
        (["net.fit(X_train)\nclass Net(torch.nn.Module): pass", "torch.save(net.state_dict(), 'm')"], 0),
        (["X = StandardScaler().fit_transform(X)"], 0),
        (["plt.plot(1)"], 0),
    ],
)
def test_a_model_that_is_trained_should_be_saved(cells: list[Source], count: int) -> None:
    assert len(found("model-not-saved", *cells)) == count


def test_a_saved_session_is_no_saved_model() -> None:
    cells = "model = LogisticRegression().fit(X_train, y_train)", "import dill\ndill.dump_session('all.pkl')"
    (hit,) = findings("model-not-saved", IMPORTS, *cells)
    assert (hit.cell_id, hit.line) == ("c2", 2)


@pytest.mark.parametrize(
    ("source", "cure"),
    [
        ("bad = df.a == np.nan", "Ask `pd.isna(df.a)`."),
        ("bad = df[df['é'] != np.nan]", "Ask `pd.notna(df['é'])`."),
        ("if x is np.nan:\n    pass", "Ask `pd.isna(x)`."),
        ("n = float('nan') == x", "Ask `pd.isna(x)`."),
    ],
)
def test_comparing_with_nan_is_found_and_says_what_to_ask(source: str, cure: str) -> None:
    (hit,) = findings("nan-comparison", IMPORTS, source)
    assert cure in hit.message
    assert hit.fixes == ()  # it would come out otherwise


def test_without_pandas_numpy_is_asked() -> None:
    (hit,) = findings("nan-comparison", "import numpy as np", "a = x == np.nan")
    assert "Ask `np.isnan(x)`." in hit.message


@pytest.mark.parametrize(
    "source",
    [
        "np.nan == np.nan",
        "x = np.nan",
        "df.a == None",
        "df.replace(np.nan, 0)",
        "1 == np.nan",
        "x is pd.NA",
        "x == 'nan'",
    ],
)
def test_what_shows_or_uses_nan_is_left_alone(source: str) -> None:
    assert found("nan-comparison", source) == []
