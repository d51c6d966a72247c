"""Machine learning: chance without a seed, test rows that were seen too early, models that are lost, and NaN."""

from __future__ import annotations

from collections.abc import Iterator

from .learning_marks import TooLate
from .learning_order import splits_too_late
from .ml_chance import unseeded
from .ml_nan import nan_comparisons
from .ml_saving import not_saved
from .model import Hit, Rule
from .page import Page


def _fits(page: Page) -> Iterator[Hit]:
    for late in splits_too_late(page):
        if late.mark.kind == "fit":
            yield _hit(
                late,
                f"`{late.mark.what}` learns from all of {late.mark.data}, and only then, {_place(late)}, are the "
                "test rows split off. Fit it on the training rows alone, or put it into a pipeline.",
            )


def _resamplings(page: Page) -> Iterator[Hit]:
    for late in splits_too_late(page):
        if late.mark.kind == "oversample":
            yield _hit(
                late,
                f"`{late.mark.what}` makes rows out of {late.mark.data} before the split {_place(late)}, so "
                "near copies of test rows are trained on. Split first, and resample the training rows alone.",
            )
        elif late.mark.kind == "undersample":
            yield _hit(
                late,
                f"`{late.mark.what}` drops some of {late.mark.data} before the split {_place(late)}, so the test rows "
                "no longer have the classes' real shares. Split first, and resample the training rows alone.",
            )


def _hit(late: TooLate, message: str) -> Hit:
    return Hit(message, late.mark.code.id, late.mark.line, late.mark.column)


def _place(late: TooLate) -> str:
    if late.code is late.mark.code:
        return f"in line {late.line}"
    return f"in cell {late.code.cell.index + 1}"


RULES: tuple[Rule, ...] = (
    Rule(
        id="unseeded-randomness",
        family="Machine learning",
        severity="info",
        summary="Something is drawn at random without a seed.",
        why="The notebook gives other numbers each time, so a result cannot be checked, and a change for the better "
        "cannot be told from luck.",
        before="""\
import numpy as np
sample = np.random.normal(size=100)
print(sample.mean())""",
        after="""\
import numpy as np
rng = np.random.default_rng(0)
sample = rng.normal(size=100)
print(sample.mean())""",
        check=unseeded,
        fix="Passes `random_state=0` to the calls, or seeds the generator above the first draw.",
    ),
    Rule(
        id="fit-before-split",
        family="Machine learning",
        severity="warning",
        summary="A transformer is fitted on all rows before `train_test_split` sets the test rows aside.",
        why="What it learns from the test rows reaches the model, which then looks better than it is.",
        before="""\
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X, y = np.arange(20.0).reshape(10, 2), np.arange(10)
# %%
X_scaled = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X_scaled, y, random_state=0)""",
        after="""\
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X, y = np.arange(20.0).reshape(10, 2), np.arange(10)
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler().fit(X_train)
X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)""",
        check=_fits,
    ),
    Rule(
        id="resample-before-split",
        family="Machine learning",
        severity="warning",
        summary="Rows are resampled before `train_test_split` sets the test rows aside.",
        why="Copies of one row end up on both sides of the split, so the model is tested on what it was trained on.",
        before="""\
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import resample
df = pd.DataFrame({"x": range(10), "y": [0] * 8 + [1] * 2})
# %%
rare = resample(df[df.y == 1], n_samples=8, random_state=0)
balanced = pd.concat([df[df.y == 0], rare])
train, test = train_test_split(balanced, random_state=0)""",
        after="""\
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.utils import resample
df = pd.DataFrame({"x": range(10), "y": [0] * 8 + [1] * 2})
# %%
train, test = train_test_split(df, stratify=df.y, random_state=0)
rare = resample(train[train.y == 1], n_samples=6, random_state=0)
balanced = pd.concat([train[train.y == 0], rare])""",
        check=_resamplings,
    ),
    Rule(
        id="model-not-saved",
        family="Machine learning",
        severity="info",
        summary="A model is trained and never saved, or the whole session is saved in its place.",
        why="The model is gone when the kernel stops, and nobody can use it without training it again. A saved session "
        "holds it together with everything else, and loads only where all of that does.",
        before="""\
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
X, y = [[1], [2], [3], [4]], [1, 2, 3, 4]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LinearRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))""",
        after="""\
import joblib
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import train_test_split
X, y = [[1], [2], [3], [4]], [1, 2, 3, 4]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = LinearRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
joblib.dump(model, "model.joblib")""",
        check=not_saved,
        on=False,
    ),
    Rule(
        id="nan-comparison",
        family="Machine learning",
        severity="warning",
        summary="Something is compared with NaN, which equals nothing.",
        why="`x == np.nan` is false for every `x`, NaN included, so missing values pass unseen.",
        before="""\
import numpy as np
import pandas as pd
ages = pd.Series([31.0, np.nan, 45.0])
# %%
missing = ages == np.nan
print(missing.sum())""",
        after="""\
import numpy as np
import pandas as pd
ages = pd.Series([31.0, np.nan, 45.0])
# %%
missing = pd.isna(ages)
print(missing.sum())""",
        check=nan_comparisons,
    ),
)
