"""What is known of methods, whatever they are called on: those that change nothing, and those that do."""

from __future__ import annotations

from ..wordlists import words
from .states import NUMPY_RANDOM

PURE_METHODS = words(
    # text and numbers
    "strip lstrip rstrip split rsplit splitlines join lower upper title capitalize casefold swapcase "
    "format format_map startswith endswith find rfind index rindex encode decode isdigit isalpha isalnum "
    "isnumeric isspace isupper islower zfill ljust rjust center partition rpartition translate expandtabs "
    "removeprefix removesuffix bit_length as_integer_ratio is_integer conjugate hex isoformat strftime "
    "timestamp date weekday isoweekday total_seconds "
    # containers
    "count issubset issuperset isdisjoint union intersection difference symmetric_difference most_common "
    "elements "
    # pandas and numpy
    "head tail describe info mean median mode std var sum prod min max quantile nunique unique "
    "value_counts corr cov corrwith skew kurt sem mad abs round clip cumsum cumprod cummax cummin diff "
    "pct_change rank nlargest nsmallest idxmin idxmax argmin argmax argsort any all isin isna isnull "
    "notna notnull duplicated drop_duplicates dropna fillna ffill bfill interpolate replace astype copy "
    "to_dict to_list tolist to_numpy to_frame to_string to_html to_markdown to_latex to_records to_json "
    "sort_values sort_index reset_index set_index rename rename_axis reindex drop assign query eval_ melt "
    "pivot pivot_table stack unstack explode merge join concat groupby agg aggregate transform apply "
    "applymap map pipe filter resample rolling expanding ewm shift between where mask combine "
    "combine_first add sub mul div truediv floordiv mod pow radd rsub rmul rdiv eq ne lt le gt ge dot "
    "memory_usage select_dtypes nonzero equals compare items iterrows itertuples keys iteritems first "
    "last nth size ngroups get_group cumcount ngroup cut crosstab get_dummies factorize autocorr "
    "first_valid_index last_valid_index xs truncate tz_convert tz_localize to_period to_timestamp "
    "to_datetime asfreq at_time between_time swaplevel droplevel add_prefix add_suffix convert_dtypes "
    "infer_objects bool ptp trace searchsorted repeat take choose compress item itemset_ isnumeric "
    "extract extractall contains match fullmatch findall get_level_values isocalendar day_name month_name "
    "normalize floor ceil strptime total std_ "
    # scikit-learn, statsmodels
    "predict predict_proba predict_log_proba decision_function score transform_ inverse_transform "
    "get_params get_feature_names_out staged_predict kneighbors score_samples summary conf_int "
    "get_support get_n_leaves get_depth apply_ cost_complexity_pruning_path named_steps "
    # distributions
    "pdf cdf ppf sf isf logpdf logcdf logsf pmf logpmf rvs support stats moment interval expect prob log_prob "
    # torch
    "detach cpu cuda to float double long half int numpy clone matmul mm bmm softmax sigmoid tanh relu "
    "log exp sqrt norm argmax_ topk unbind parameters named_parameters children modules state_dict dim "
    "numel type type_as new_zeros new_ones logsumexp log_softmax cos sin "
    # reading without changing
    "exists is_file is_dir read_text read_bytes with_suffix with_name resolve absolute relative_to "
    "as_posix joinpath expanduser stat glob_ group groups groupdict span start end isatty fileno getvalue "
    "json get_figure get_xlim get_ylim get_title get_legend_handles_labels sample"
)

VIEW_METHODS = words(
    "get items values keys view reshape ravel transpose squeeze swapaxes flatten_ diagonal expand "
    "expand_as unsqueeze permute t narrow select chunk iteritems get_group pipe groupby rolling expanding "
    "resample ewm contiguous to cpu cuda detach numpy float double parameters named_parameters children "
    "modules get_params state_dict __getitem__ filter_ where_ union_ iterrows itertuples map apply "
    "transform elements most_common set_ sub_ astype_ setdefault_ cursor loc iloc"
)

# Methods of the above that give an iterator.
ITERATOR_METHODS = words(
    "iterrows itertuples iteritems finditer parameters named_parameters children modules"
)

MUTATORS = words(
    "append extend insert remove pop popitem clear sort reverse update setdefault add discard appendleft "
    "popleft extendleft rotate intersection_update difference_update symmetric_difference_update subtract "
    "move_to_end fit partial_fit fit_transform fit_predict set_params fill resize partition_ itemset put "
    "setflags byteswap_ write writelines read readline readlines seek truncate_ close flush send throw "
    "__next__ zero_grad backward step train eval load_state_dict requires_grad_ register_buffer "
    "add_argument add_column insert_ set_title set_xlabel set_ylabel set set_xlim set_ylim legend grid "
    "plot scatter bar barh hist boxplot imshow axvline axhline annotate text fill_between tick_params "
    "set_xticks set_yticks set_xticklabels set_yticklabels add_subplot tight_layout suptitle "
    "update_layout update_traces add_trace update_xaxes update_yaxes __setitem__ __delitem__ __setattr__ "
    "__init__ __iadd__ shuffle"
)
FRAME_MUTATORS = words(
    "insert pop update clear fill put resize itemset setflags sort partition __setitem__ __delitem__"
)
# What the names of methods begin with that change a library's object.
CHANGING_PREFIXES = tuple(
    words(
        "fit partial_ train set add append insert remove delete del_ update compile reset load register build init "
        "clear apply step run warm write push pop close open connect execute commit start stop move fill put assign "
        "next sample_ resample"
    )
)
# Those whose object also keeps what it is given.
KEEPING = words(
    "append extend insert update setdefault add appendleft extendleft __setitem__ __setattr__ add_trace "
    "set_params register_buffer write"
)
REPEATABLE = words(
    "sort clear update setdefault discard add remove_ set_params fill set_title set_xlabel set_ylabel "
    "set_xlim set_ylim difference_update intersection_update drop rename dropna fillna drop_duplicates "
    "sort_values sort_index replace ffill bfill train eval fit fit_transform fit_predict"
)
# Of these, those that only scikit-learn's estimators start afresh with.
FITTING = words("fit fit_transform fit_predict")
# Estimators that draw from numpy's random state, unless they were given a ``random_state``.
_CHANCE = (
    "RandomForest ExtraTree GradientBoosting HistGradientBoosting Bagging MLP KMeans MiniBatch SGD "
    "GaussianMixture TSNE NMF IsolationForest DecisionTree Randomized AdaBoost Perceptron "
    "PassiveAggressive Shuffle LatentDirichlet BayesianG"
)
CHANCE_PREFIXES = tuple(_CHANCE.split())
# Methods that draw random numbers from a library's state, unless a keyword says which.
RANDOM_METHODS = {"sample": (NUMPY_RANDOM, "random_state"), "rvs": (NUMPY_RANDOM, "random_state")}
# Methods of figures and frames that draw on the current figure.
PLOTTING_METHODS = words("plot hist boxplot")
# Methods that write or read the file named by their first argument.
FILE_WRITERS = words(
    "to_csv to_excel to_parquet to_pickle to_feather to_hdf to_stata to_sql savefig write_text "
    "write_bytes save write_html write_image touch unlink mkdir rmdir rename_file tofile dump save_model "
    "save_pretrained"
)
# Methods that tell which files there are.
FOLDER_READERS = frozenset({"glob", "rglob", "iterdir", "walk", "listdir"})
FILE_READERS = words("read_text read_bytes exists is_file is_dir iterdir load_model")
