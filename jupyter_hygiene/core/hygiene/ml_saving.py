"""Models that are trained, and whether they are kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..analysis.wordlists import words
from .code import Code
from .model import Hit
from .page import Page
from .whole_text import mentions

_SAVES = re.compile(
    r"\b(?:joblib|pickle|cPickle|cloudpickle|skops\.io|sio|torch|tf|keras|np|mlflow\.\w+|bentoml\.\w+|onnx|pkl)\.dumps?\("
    r"|\b(?:joblib|pickle|cloudpickle)\b.{0,200}\bdump|torch\.save|\.save\(|save_model|save_weights|save_pretrained|log_model"
    r"|push_to_hub|to_pickle|\.export\(|tf\.saved_model|ModelCheckpoint|save_checkpoint|Saver\(|save_params|to_onnx"
    r"|\.dump\(|dump_model|Checkpoint|\.deploy\(|save_to_|export_savedmodel|\.to_disk\("
)
_SAVING = (
    "dump",
    "save",
    "Save",
    "export",
    "heckpoint",
    "deploy",
    "pickle",
    "log_model",
    "hub",
    "onnx",
    "to_disk",
)
_SESSION = re.compile(r"\bdill\.dump_(?:session|module)\s*\(|^[^\S\n]*%store\s+\w", re.MULTILINE)
_TRAINING = (".fit(", ".train(", ".fit_generator(", ".backward(", "fine_tune(", "fit_one_cycle(")
_MODEL = re.compile(
    r"(?:Classifier|Regress(?:or|ion)|Lasso|Ridge|ElasticNet|SV[CR]|NB|GaussianProcess\w+|Sequential|Model|LGBM|XGB|CatBoost"
    r"|RandomForest\w*|GradientBoosting\w*|SearchCV)\b"
)
_TRAINING_DATA = words("X_train x_train Xtrain X_tr train_dataset train_ds train_data train_loader")


def not_saved(page: Page) -> Iterator[Hit]:
    """The last cell that trains a model, in a notebook that keeps none."""
    last: tuple[Code, ast.Call] | None = None
    session: Code | None = None
    if not mentions(page, _TRAINING):
        return
    for code in page.code:
        text = code.source
        if ("dill" in text or "%store" in text) and _SESSION.search(text):
            session = session or code
            text = _SESSION.sub("", text)
        if any(word in text for word in _SAVING) and _SAVES.search(text):
            return
        if any(word in code.source for word in _TRAINING):
            call = next((call for call in code.calls if _trains(call)), None)
            last = (code, call) if call is not None else last
    if last is None:
        return
    if not any(_MODEL.search(code.source) or "nn.Module" in code.source for code in page.code):
        return
    if session is not None:
        line = _line(session)
        yield Hit(
            "The whole session is saved here, and the model alone nowhere: save the model with `joblib.dump` or the "
            "library's own `save`.",
            session.id,
            line,
        )
        return
    code, call = last
    yield Hit(
        "A model is trained here, and nothing in the notebook saves one: it is gone when the kernel stops.",
        code.id,
        call.lineno,
        call.col_offset + 1,
    )


def _trains(call: ast.Call) -> bool:
    """Whether a call trains on what is called training data."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ("backward", "fine_tune", "fit_one_cycle", "fit_generator", "train"):
        return True
    if call.func.attr != "fit" or not call.args:
        return False
    return any(
        isinstance(node, ast.Name) and (node.id in _TRAINING_DATA or "train" in node.id.lower())
        for argument in call.args
        for node in ast.walk(argument)
    )


def _line(code: Code) -> int:
    match = _SESSION.search(code.source)
    start = match.start() if match else 0
    return code.source.count("\n", 0, start + len(match[0]) if match else 0) + 1
