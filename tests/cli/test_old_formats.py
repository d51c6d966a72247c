"""Notebooks of format 3 are read as nbformat itself would read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from jupyter_hygiene.cli.files import read_notebook
from jupyter_hygiene.core.errors import InvalidNotebook
from jupyter_hygiene.core.notebook import Notebook

OLD: dict[str, Any] = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": "old", "kernelspec": {"name": "python2"}},
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["A title"], "metadata": {}},
                {"cell_type": "markdown", "source": ["Some\n", "words"], "metadata": {"slide": 1}},
                {
                    "cell_type": "code",
                    "language": "python",
                    "collapsed": False,
                    "input": ["x = 1\n", "x"],
                    "prompt_number": 4,
                    "metadata": {"tags": ["a"]},
                    "outputs": [
                        {"output_type": "stream", "stream": "stderr", "text": ["careful\n"]},
                        {
                            "output_type": "pyout",
                            "prompt_number": 4,
                            "metadata": {},
                            "text": ["1"],
                            "html": ["<b>1</b>"],
                        },
                        {
                            "output_type": "display_data",
                            "metadata": {},
                            "png": "aGFsbG8=",
                            "json": ['{"a": 1}'],
                        },
                        {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
                    ],
                },
                {"cell_type": "raw", "source": "as it is", "metadata": {}},
            ]
        },
        {"cells": [{"cell_type": "code", "input": "", "outputs": [], "metadata": {}, "language": "python"}]},
    ],
}


def test_what_is_read_is_what_nbformat_makes_of_it(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(OLD))
    file = read_notebook(path)
    assert file.upgraded
    theirs = Notebook.from_json(nbformat.reads(json.dumps(OLD), as_version=4))
    for ours, other in zip(file.notebook.cells, theirs.cells, strict=True):
        assert (ours.cell_type, ours.source, ours.execution_count, ours.tags) == (
            other.cell_type,
            other.source,
            other.execution_count,
            other.tags,
        )
        assert [output.to_json() for output in ours.outputs] == [output.to_json() for output in other.outputs]


@pytest.mark.parametrize("worksheets", [None, {}, [{}], [[]]])
def test_an_old_notebook_without_cells_is_refused_in_words(tmp_path: Path, worksheets: Any) -> None:
    path = tmp_path / "old.ipynb"
    path.write_text(
        json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": worksheets})
    )
    with pytest.raises(InvalidNotebook, match="old notebook format"):
        read_notebook(path)
