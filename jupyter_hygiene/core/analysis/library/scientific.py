"""What is known of the functions of numpy, pandas, scikit-learn, matplotlib, torch and the like."""

from __future__ import annotations

from ..values import ARRAY, ESTIMATOR, FRAME, LIST, SCALAR, UNKNOWN
from .effect import (
    GIVES_ARRAY,
    GIVES_FRAME,
    GIVES_NEW,
    GIVES_PLOT,
    GIVES_RANDOM_ARRAY,
    GIVES_SCALAR,
    GIVES_SCORES,
    GIVES_SEEDED,
    Effect,
    table,
)
from .states import (
    BACKEND,
    FIGURE,
    FILES,
    NUMPY_PRINT,
    NUMPY_RANDOM,
    PANDAS_OPTIONS,
    PLOT_SETTINGS,
    TORCH_RANDOM,
)

SCIENTIFIC: dict[str, Effect] = {
    # -- numpy
    "numpy.": GIVES_ARRAY,
    **table(
        "asarray asanyarray ascontiguousarray ravel reshape transpose squeeze expand_dims swapaxes moveaxis rollaxis "
        "broadcast_to atleast_1d atleast_2d atleast_3d diagonal split array_split hsplit vsplit dsplit flip fliplr "
        "flipud rot90 frombuffer real imag nan_to_num nditer lib.stride_tricks.as_strided",
        Effect(ARRAY, shares=True, keywords=("out",)),
        "numpy.",
    ),
    **table("fill_diagonal copyto put place putmask put_along_axis", Effect(SCALAR, changes=(0,)), "numpy."),
    **table("set_printoptions set_string_function", Effect(SCALAR, advances=(NUMPY_PRINT,)), "numpy."),
    **table(
        "seterr seterrcall setbufsize",
        Effect(UNKNOWN, advances=(NUMPY_PRINT,), reads=(NUMPY_PRINT,)),
        "numpy.",
    ),
    **table("geterr errstate", Effect(UNKNOWN, reads=(NUMPY_PRINT,)), "numpy."),
    "numpy.get_printoptions": Effect(UNKNOWN, reads=(NUMPY_PRINT,)),
    "numpy.printoptions": GIVES_NEW,
    **table("array2string array_str array_repr savetxt", Effect(SCALAR, reads=(NUMPY_PRINT,)), "numpy."),
    "numpy.random.": GIVES_RANDOM_ARRAY,
    "numpy.random.seed": Effect(SCALAR, sets=(NUMPY_RANDOM,)),
    "numpy.random.set_state": Effect(SCALAR, sets=(NUMPY_RANDOM,)),
    "numpy.random.get_state": Effect(UNKNOWN, reads=(NUMPY_RANDOM,)),
    "numpy.random.shuffle": Effect(SCALAR, changes=(0,), advances=(NUMPY_RANDOM,)),
    **table(
        "default_rng RandomState Generator SeedSequence PCG64", Effect(UNKNOWN, holds=True), "numpy.random."
    ),
    **table("load loadtxt genfromtxt fromfile memmap", Effect(ARRAY, reads_file=True), "numpy."),
    **table("save savez savez_compressed savetxt", Effect(SCALAR, writes_file=True), "numpy."),
    **table("dtype finfo iinfo isscalar shape ndim size allclose array_equal", GIVES_SCALAR, "numpy."),
    **table("vectorize frompyfunc poly1d nditer ndenumerate ndindex", Effect(UNKNOWN, holds=True), "numpy."),
    # -- pandas
    "pandas.": GIVES_FRAME,
    **table("DataFrame Series Index Categorical", Effect(FRAME, shares=True), "pandas."),
    "pandas.set_option": Effect(SCALAR, advances=(PANDAS_OPTIONS,)),
    "pandas.reset_option": Effect(SCALAR, advances=(PANDAS_OPTIONS,)),
    "pandas.get_option": Effect(SCALAR, reads=(PANDAS_OPTIONS,)),
    "pandas.option_context": GIVES_NEW,
    "pandas.describe_option": Effect(SCALAR, reads=(PANDAS_OPTIONS,)),
    **table("Timestamp Timedelta isna isnull notna to_numeric NaT DateOffset", GIVES_FRAME, "pandas."),
    **table(
        "read_csv read_table read_excel read_json read_parquet read_feather read_pickle read_html read_sql read_hdf "
        "read_stata read_sas read_fwf read_xml read_orc",
        Effect(FRAME, reads_file=True),
        "pandas.",
    ),
    "pandas.ExcelWriter": Effect(UNKNOWN, writes_file=True),
    # -- scientific libraries
    "scipy.": Effect(UNKNOWN, keywords=("out",)),
    "scipy.stats.": GIVES_NEW,
    **table(
        "bootstrap permutation_test monte_carlo_test",
        Effect(UNKNOWN, advances=(NUMPY_RANDOM,), unless="random_state"),
        "scipy.stats.",
    ),
    "statsmodels.": Effect(ESTIMATOR),
    "sklearn.": Effect(ESTIMATOR, holds=True),
    "sklearn.metrics.": GIVES_NEW,
    "sklearn.preprocessing.": Effect(ESTIMATOR),
    "sklearn.linear_model.": Effect(ESTIMATOR),
    "sklearn.tree.": Effect(ESTIMATOR),
    "sklearn.svm.": Effect(ESTIMATOR),
    "sklearn.neighbors.": Effect(ESTIMATOR),
    "sklearn.model_selection.": Effect(
        ESTIMATOR, holds=True, advances=(NUMPY_RANDOM,), unless="random_state"
    ),
    **table("train_test_split", GIVES_SEEDED, "sklearn.model_selection."),
    **table(
        "cross_val_score cross_validate cross_val_predict learning_curve validation_curve",
        GIVES_SCORES,
        "sklearn.model_selection.",
    ),
    **table(
        "GridSearchCV KFold StratifiedKFold GroupKFold TimeSeriesSplit",
        Effect(ESTIMATOR, holds=True),
        "sklearn.model_selection.",
    ),
    "sklearn.datasets.": GIVES_NEW,
    **table(
        "make_classification make_regression make_blobs make_moons make_circles make_swiss_roll make_s_curve "
        "make_friedman1 make_multilabel_classification make_low_rank_matrix make_sparse_uncorrelated",
        GIVES_SEEDED,
        "sklearn.datasets.",
    ),
    "sklearn.utils.shuffle": GIVES_SEEDED,
    "sklearn.utils.resample": GIVES_SEEDED,
    "sklearn.clone": Effect(ESTIMATOR),
    "sklearn.base.clone": Effect(ESTIMATOR),
    # -- plots
    "matplotlib.": Effect(UNKNOWN),
    "matplotlib.use": Effect(SCALAR, advances=(BACKEND,)),
    "matplotlib.rc": Effect(SCALAR, advances=(PLOT_SETTINGS,)),
    "matplotlib.rcdefaults": Effect(SCALAR, sets=(PLOT_SETTINGS,)),
    "matplotlib.style.use": Effect(SCALAR, advances=(PLOT_SETTINGS,)),
    "matplotlib.pyplot.": GIVES_PLOT,
    **table(
        "rc rcdefaults style.use set_cmap ion ioff switch_backend",
        Effect(SCALAR, advances=(PLOT_SETTINGS,)),
        "matplotlib.pyplot.",
    ),
    **table(
        "subplots figure subplot axes gcf gca",
        Effect(ESTIMATOR, advances=(FIGURE,), reads=(PLOT_SETTINGS,)),
        "matplotlib.pyplot.",
    ),
    "matplotlib.pyplot.savefig": Effect(SCALAR, advances=(FIGURE,), reads=(PLOT_SETTINGS,), writes_file=True),
    "seaborn.": GIVES_PLOT,
    **table(
        "set set_theme set_style set_context set_palette set_color_codes reset_defaults reset_orig",
        Effect(SCALAR, advances=(PLOT_SETTINGS,)),
        "seaborn.",
    ),
    "seaborn.load_dataset": GIVES_FRAME,
    "seaborn.color_palette": Effect(LIST, reads=(PLOT_SETTINGS,)),
    "plotly.": Effect(ESTIMATOR),
    "plotly.io.": Effect(UNKNOWN, advances=(PLOT_SETTINGS,)),
    "altair.": Effect(ESTIMATOR),
    "bokeh.": Effect(ESTIMATOR, holds=True),
    # -- torch
    "torch.": GIVES_ARRAY,
    **table(
        "from_numpy as_tensor reshape squeeze unsqueeze transpose flatten view_as_real chunk split permute t",
        Effect(ARRAY, shares=True),
        "torch.",
    ),
    **table(
        "rand randn randint randperm normal bernoulli multinomial rand_like randn_like",
        Effect(ARRAY, advances=(TORCH_RANDOM,)),
        "torch.",
    ),
    **table(
        "manual_seed seed set_rng_state random.manual_seed cuda.manual_seed cuda.manual_seed_all",
        Effect(SCALAR, sets=(TORCH_RANDOM,)),
        "torch.",
    ),
    **table(
        "set_default_dtype set_default_device set_printoptions set_grad_enabled",
        Effect(SCALAR, advances=(TORCH_RANDOM,)),
        "torch.",
    ),
    "torch.nn.": Effect(ESTIMATOR, holds=True, advances=(TORCH_RANDOM,)),
    "torch.nn.functional.": Effect(ARRAY, shares=True),
    "torch.nn.functional.dropout": Effect(ARRAY, advances=(TORCH_RANDOM,)),
    "torch.nn.init.": Effect(ARRAY, shares=True, changes=(0,), advances=(TORCH_RANDOM,)),
    "torch.optim.": Effect(UNKNOWN, shares=True),
    "torch.utils.data.": Effect(ESTIMATOR, holds=True),
    "torch.load": Effect(UNKNOWN, reads_file=True),
    "torch.save": Effect(SCALAR, advances=(FILES,)),
    # -- IPython
    "IPython.core.pylabtools.figsize": Effect(SCALAR, advances=(PLOT_SETTINGS,)),
    "IPython.display.": Effect(UNKNOWN, holds=True, shows=True),
    "IPython.": Effect(UNKNOWN, shows=True),
}
