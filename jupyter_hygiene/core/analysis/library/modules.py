"""What is known of modules as a whole, and of their attributes."""

from __future__ import annotations

from ..wordlists import words
from .states import ENVIRON, LAST_ERROR, PANDAS_OPTIONS, PLOT_SETTINGS

# Modules whose functions, unless listed above, change nothing.
PURE_MODULES = words(
    "abc argparse array ast base64 binascii bisect calendar cmath collections colorsys copy csv dataclasses datetime "
    "decimal difflib enum fractions functools glob gzip hashlib heapq html inspect io itertools json keyword locale "
    "math numbers operator os pathlib pickle platform pprint random re sqlite3 statistics string struct sys tempfile "
    "textwrap time timeit types typing unicodedata urllib uuid warnings zipfile zlib zoneinfo contextlib __future__ "
    "numpy pandas scipy sklearn statsmodels matplotlib seaborn plotly altair bokeh torch torchvision PIL cv2 skimage "
    "requests bs4 lxml yaml toml tqdm sympy networkx nltk spacy gensim wordcloud geopandas shapely folium xgboost "
    "lightgbm catboost tensorflow keras transformers datasets jax polars pyarrow dask IPython ipywidgets mpl_toolkits "
    "xarray joblib missingno umap imblearn patsy pylab builtins dateutil pytz boto3 sqlalchemy psutil logging "
    "pymc pymc3 arviz theano pytensor tensorflow_probability emcee corner prophet fbprophet surprise mlxtend "
    "yellowbrick shap lime eli5 optuna hyperopt gym gymnasium cvxpy pulp h5py netCDF4 rasterio cartopy astropy "
    "Bio rdkit nibabel nilearn librosa soundfile textblob vaderSentiment tweepy yfinance quandl "
    "pandas_datareader talib lifelines pingouin prettytable tabulate termcolor colorama langdetect "
    "sentence_transformers accelerate diffusers timm albumentations pytorch_lightning lightning torchmetrics "
    "fastai wandb mlflow openai langchain tiktoken pymongo redis psycopg2 mysql duckdb graphviz pydot "
    "pydotplus mglearn pyspark chainer mxnet cupy numba pyarrow feather xlrd openpyxl squarify pywaffle "
    "plotnine ggplot holoviews hvplot datashader panel streamlit pygal cufflinks selenium scrapy"
)

# Of a function of which nothing else is known, a last name that begins so says that it changes nothing it is given.
# Deliberately optimistic: names like these are kept to, in the main.
HARMLESS_PREFIXES = tuple(
    words("plot show display print get is_ has_ count compute calc describe summar read load save draw view")
)

# Attributes of modules that stand for a state.
STATE_ATTRIBUTES = {
    "sys.last_value": LAST_ERROR,
    "sys.last_type": LAST_ERROR,
    "sys.last_traceback": LAST_ERROR,
    "sys.last_exc": LAST_ERROR,
    "os.environ": ENVIRON,
    "matplotlib.rcParams": PLOT_SETTINGS,
    "matplotlib.pyplot.rcParams": PLOT_SETTINGS,
    "pylab.rcParams": PLOT_SETTINGS,
    "pandas.options": PANDAS_OPTIONS,
}

# The last names of these.
STATE_NAMES = frozenset(path.rpartition(".")[2] for path in STATE_ATTRIBUTES)
