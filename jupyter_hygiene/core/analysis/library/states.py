"""States that libraries keep outside of any name: each begins with ``@``, and is worded here."""

from __future__ import annotations

NUMPY_RANDOM = "@numpy.random"
RANDOM = "@random"
TORCH_RANDOM = "@torch.random"
NUMPY_PRINT = "@numpy.print"
PANDAS_OPTIONS = "@pandas.options"
PLOT_SETTINGS = "@matplotlib.settings"
FIGURE = "@matplotlib.figure"
BACKEND = "@matplotlib.backend"
KEPT_FIGURES = "@matplotlib.kept"  # figures stay open when a cell ends
ENVIRON = "@environ"
FOLDER = "@folder"
FILES = "@files"
EXTENSIONS = "@extensions"
WARNINGS = "@warnings"
LOCALE = "@locale"
DECIMAL = "@module:decimal"
LAST_ERROR = "@error"
PATCHED_CLASSES = "@patched"
SHELL_OPTIONS = "@options:IPython"
FORMAT = "@format"  # of numbers, by the shell

STATES = {
    NUMPY_RANDOM: "numpy's random state",
    RANDOM: "the random state",
    TORCH_RANDOM: "torch's random state",
    NUMPY_PRINT: "numpy's print options",
    PANDAS_OPTIONS: "pandas' options",
    PLOT_SETTINGS: "the plot settings",
    BACKEND: "the plot backend",
    FIGURE: "the current figure",
    KEPT_FIGURES: "how figures are shown",
    ENVIRON: "the environment variables",
    FOLDER: "the working directory",
    FILES: "files",
    EXTENSIONS: "the loaded extensions",
    WARNINGS: "the warning filters",
    LOCALE: "the locale",
    LAST_ERROR: "the last error",
    PATCHED_CLASSES: "what was put into classes of libraries",
    FORMAT: "the format of numbers",
}

# Where random numbers come from. Until they are seeded, no two kernels draw the same.
RANDOM_STATES = frozenset({NUMPY_RANDOM, RANDOM, TORCH_RANDOM})

# States that code sets, whatever they were, rather than using them up.
SETTINGS = frozenset(
    {
        NUMPY_PRINT,
        PANDAS_OPTIONS,
        PLOT_SETTINGS,
        KEPT_FIGURES,
        BACKEND,
        ENVIRON,
        FOLDER,
        FILES,
        EXTENSIONS,
        WARNINGS,
        LOCALE,
        FORMAT,
    }
)

# Functions that set the same whatever they are given: only their last call counts.
SETTING_WHOLE = frozenset(
    {
        "seaborn.set",
        "seaborn.set_theme",
        "seaborn.set_style",
        "seaborn.set_context",
        "seaborn.set_palette",
        "numpy.set_printoptions",
        "matplotlib.use",
        "matplotlib.pyplot.set_cmap",
        "matplotlib.pyplot.switch_backend",
        "IPython.core.pylabtools.figsize",
    }
)
