"""What is known of libraries' ways to chance: which calls draw, what seeds them, which tell the time.

To extend: a function that takes ``random_state`` or the like goes into ``_TAKES``; one that draws from a global
generator into ``_GLOBAL``; what sets such a generator into ``_SEEDS``.
"""

from __future__ import annotations

from typing import NamedTuple

from ..analysis.wordlists import words

NUMPY, PYTHON, TORCH, TENSORFLOW = "numpy", "python", "torch", "tensorflow"
_ALL = (NUMPY, PYTHON, TORCH, TENSORFLOW)


class Draw(NamedTuple):
    """A call that draws. ``family``: the global generator it draws from, unless ``keyword`` gives it another."""

    family: str
    cure: str
    keyword: str | None = None
    keyword_place: int | None = None  # where it may also stand among the positional arguments
    only_if: tuple[str, object] | None = None  # the argument that makes it draw at all
    hardly_shows: bool = False


CLOCK_CURE = "Do not show the time, or leave the cell out of the comparison."
ID_CURE = "Do not show it, or make the id from the data."
SORT_CURE = "Put it in order first, with `sorted`."
THREADS_CURE = "Collect the results in a fixed order, or use one worker."
_NUMPY_CURE = "Call `np.random.seed(0)` before it, or draw from `np.random.default_rng(0)`."
_PYTHON_CURE = "Call `random.seed(0)` before it."
_TORCH_CURE = "Call `torch.manual_seed(0)` before it."
_TENSORFLOW_CURE = "Call `keras.utils.set_random_seed(0)` before it."
_GENERATOR_CURE = "Give it a seed: `{call}(0)`."

_SEEDS: dict[str, tuple[str, ...]] = {
    "numpy.random.seed": (NUMPY,),
    "numpy.random.set_state": (NUMPY,),
    "random.seed": (PYTHON,),
    "random.setstate": (PYTHON,),
    "torch.manual_seed": (TORCH,),
    "torch.random.manual_seed": (TORCH,),
    "torch.set_rng_state": (TORCH,),
    "tensorflow.random.set_seed": (TENSORFLOW,),
    "tensorflow.set_random_seed": (TENSORFLOW,),
    "keras.utils.set_random_seed": _ALL,
    "tensorflow.keras.utils.set_random_seed": _ALL,
}
# Functions of many libraries and notebooks that seed all there is.
_SEED_NAMES = frozenset(
    {
        "seed_everything",
        "set_seed",
        "seed_all",
        "set_seeds",
        "set_all_seeds",
        "fix_seed",
        "reset_seeds",
        "set_random_seed",
    }
)

_GLOBAL: dict[str, tuple[str, str]] = {
    "numpy.random.": (NUMPY, _NUMPY_CURE),
    "random.": (PYTHON, _PYTHON_CURE),
}
_NO_DRAWS = words(
    "numpy.random.get_state numpy.random.Generator numpy.random.SeedSequence numpy.random.PCG64 "
    "numpy.random.MT19937 numpy.random.Philox numpy.random.SFC64 random.getstate random.SystemRandom"
)
_GENERATORS = frozenset({"numpy.random.default_rng", "numpy.random.RandomState", "random.Random"})
_TORCH = words(
    "rand randn randint randperm rand_like randn_like randint_like normal bernoulli multinomial poisson empty"
)
_TORCH_MODULES = words(
    "Linear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Embedding EmbeddingBag RNN LSTM GRU "
    "RNNCell LSTMCell GRUCell Bilinear MultiheadAttention Transformer TransformerEncoderLayer "
    "TransformerDecoderLayer Dropout Dropout1d Dropout2d LazyLinear"
)
_TENSORFLOW_LAYERS = words(
    "Dense Conv1D Conv2D Conv3D Embedding LSTM GRU SimpleRNN Dropout SeparableConv2D Conv2DTranspose "
    "MultiHeadAttention"
)
# scikit-learn, and what follows its ways: random_state, else numpy's global generator.
_TAKES = words(
    "train_test_split RandomForestClassifier RandomForestRegressor ExtraTreesClassifier "
    "ExtraTreesRegressor RandomTreesEmbedding GradientBoostingClassifier GradientBoostingRegressor "
    "HistGradientBoostingClassifier HistGradientBoostingRegressor DecisionTreeClassifier "
    "DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor AdaBoostClassifier AdaBoostRegressor "
    "BaggingClassifier BaggingRegressor IsolationForest MLPClassifier MLPRegressor SGDClassifier "
    "SGDRegressor Perceptron PassiveAggressiveClassifier PassiveAggressiveRegressor KMeans "
    "MiniBatchKMeans BisectingKMeans SpectralClustering SpectralEmbedding GaussianMixture "
    "BayesianGaussianMixture TSNE MDS NMF TruncatedSVD FastICA DictionaryLearning SparsePCA "
    "LatentDirichletAllocation RandomizedSearchCV HalvingRandomSearchCV HalvingGridSearchCV ShuffleSplit "
    "StratifiedShuffleSplit GroupShuffleSplit RepeatedKFold RepeatedStratifiedKFold resample "
    "permutation_importance make_blobs make_moons make_circles make_classification make_regression "
    "make_friedman1 make_friedman2 make_friedman3 make_s_curve make_swiss_roll "
    "make_multilabel_classification make_gaussian_quantiles make_hastie_10_2 make_low_rank_matrix "
    "make_sparse_uncorrelated make_spd_matrix make_biclusters make_checkerboard RBFSampler Nystroem "
    "GaussianRandomProjection SparseRandomProjection RANSACRegressor TheilSenRegressor "
    "QuantileTransformer UMAP SMOTE ADASYN RandomOverSampler RandomUnderSampler WordCloud"
)
_SHUFFLES_IF_ASKED = frozenset({"KFold", "StratifiedKFold", "StratifiedGroupKFold"})
_NETWORKX = words(
    "spring_layout fruchterman_reingold_layout random_layout gnp_random_graph erdos_renyi_graph "
    "barabasi_albert_graph watts_strogatz_graph gnm_random_graph random_geometric_graph "
    "random_regular_graph powerlaw_cluster_graph fast_gnp_random_graph newman_watts_strogatz_graph "
    "stochastic_block_model draw draw_spring draw_networkx louvain_communities"
)
_SEABORN_BOOTSTRAPS = frozenset({"barplot", "pointplot", "lineplot", "regplot", "lmplot"})

CLOCKS = words(
    "time.time time.time_ns time.strftime time.localtime time.gmtime time.ctime time.asctime "
    "datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today "
    "pandas.Timestamp.now pandas.Timestamp.today pandas.Timestamp.utcnow pendulum.now arrow.now "
    "arrow.utcnow"
)
STOPWATCHES = words(
    "time.perf_counter time.perf_counter_ns time.monotonic time.monotonic_ns time.process_time "
    "time.process_time_ns timeit.timeit timeit.default_timer timeit.repeat"
)
_IDS = {
    "uuid.uuid1": "makes an id at random",
    "uuid.uuid4": "makes an id at random",
    "os.urandom": "asks for random bytes",
    "os.getpid": "asks for the number of its process",
    "os.getppid": "asks for the number of a process",
    "tempfile.mkdtemp": "makes a folder with a random name",
    "tempfile.mkstemp": "makes a file with a random name",
    "tempfile.NamedTemporaryFile": "makes a file with a random name",
    "tempfile.TemporaryDirectory": "makes a folder with a random name",
}
_AT_ONCE = words(
    "concurrent.futures.as_completed concurrent.futures.ThreadPoolExecutor "
    "concurrent.futures.ProcessPoolExecutor threading.Thread threading.Timer multiprocessing.Pool "
    "multiprocessing.Process multiprocessing.pool.ThreadPool asyncio.gather asyncio.as_completed "
    "asyncio.create_task asyncio.wait asyncio.run joblib.Parallel"
)
FOLDER_LISTINGS = frozenset({"os.listdir", "os.scandir", "os.walk", "glob.glob", "glob.iglob"})
FOLDER_METHODS = frozenset({"iterdir", "rglob"})


def seeds(name: str) -> tuple[str, ...]:
    """The generators that a call of this name seeds, if any."""
    return _SEEDS.get(name) or (_ALL if name.rpartition(".")[2] in _SEED_NAMES else ())


def ids(name: str) -> str:
    """What a call of this name does that makes an id, if it does."""
    return _IDS.get(name) or ("makes a secret at random" if name.startswith("secrets.") else "")


def runs_at_once(name: str) -> bool:
    """Whether a call of this name lets things run at the same time."""
    return name in _AT_ONCE or name.endswith((".imap_unordered", ".as_completed"))


def draw(name: str) -> Draw | None:
    """How a call of this name draws, if it does."""
    top, _, rest = name.partition(".")
    last = name.rpartition(".")[2]
    if name in _NO_DRAWS:
        return None
    if name in _GENERATORS:
        return Draw("", _GENERATOR_CURE, "seed" if top == "numpy" else "x", 0)
    for prefix, (family, cure) in _GLOBAL.items():
        if name.startswith(prefix) and "." not in name[len(prefix) :]:
            return Draw(family, cure)
    if top == "torch":
        return _torch(name, rest, last)
    if top in ("tensorflow", "keras"):
        return _tensorflow(name, last)
    if last in _TAKES and top not in ("?", "numpy"):
        return Draw(NUMPY, "Pass `random_state=0` to `{call}`.", "random_state")
    if last in _SHUFFLES_IF_ASKED and top not in ("?", "numpy"):
        return Draw(NUMPY, "Pass `random_state=0` to `{call}`.", "random_state", None, ("shuffle", True))
    if name == "sklearn.utils.shuffle":
        return Draw(NUMPY, "Pass `random_state=0` to `{call}`.", "random_state")
    if name == "?.sample":
        return Draw(NUMPY, "Pass `random_state=0` to `{call}`.", "random_state")
    if last == "rvs":
        return Draw(NUMPY, "Pass `random_state=0` to `{call}`.", "random_state")
    if top == "networkx" and last in _NETWORKX:
        if last.startswith("draw"):
            return Draw(NUMPY, "Compute the positions with `nx.spring_layout(graph, seed=0)`.", "pos", 1)
        return Draw(NUMPY if last.endswith("layout") else PYTHON, "Pass `seed=0` to `{call}`.", "seed")
    if top == "seaborn" and last in _SEABORN_BOOTSTRAPS:
        return Draw("", "Pass `seed=0` (or `errorbar=None`) to `{call}`.", "seed", hardly_shows=True)
    return None


def _torch(name: str, rest: str, last: str) -> Draw | None:
    if rest in _TORCH or name == "torch.utils.data.random_split" or name.startswith("torch.nn.init."):
        if last in ("zeros_", "ones_", "constant_", "eye_", "dirac_"):
            return None
        return Draw(TORCH, _TORCH_CURE, "generator")
    if name.startswith("torch.nn.") and last in _TORCH_MODULES:
        return Draw(TORCH, _TORCH_CURE)
    if last == "DataLoader":
        return Draw(TORCH, _TORCH_CURE, "generator", None, ("shuffle", True))
    return None


def _tensorflow(name: str, last: str) -> Draw | None:
    if name.startswith(("tensorflow.random.", "keras.random.")) and last not in (
        "Generator",
        "SeedGenerator",
    ):
        return Draw(TENSORFLOW, _TENSORFLOW_CURE, "seed")
    if ".layers." in name and last in _TENSORFLOW_LAYERS:
        return Draw(TENSORFLOW, _TENSORFLOW_CURE)
    return None
