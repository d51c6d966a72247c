"""What is known of modules as a whole, and of their attributes."""

from __future__ import annotations

from ..wordlists import words
from .states import ENVIRON, PANDAS_OPTIONS, PLOT_SETTINGS

# Modules whose functions, unless listed above, change nothing.
PURE_MODULES = words(
    "abc argparse array ast base64 binascii bisect calendar cmath collections colorsys copy csv dataclasses datetime "
    "decimal difflib enum fractions functools glob gzip hashlib heapq html inspect io itertools json keyword locale "
    "math numbers operator os pathlib pickle platform pprint random re sqlite3 statistics string struct sys tempfile "
    "textwrap time timeit types typing unicodedata urllib uuid warnings zipfile zlib zoneinfo contextlib __future__ "
    "numpy pandas scipy sklearn statsmodels matplotlib seaborn plotly altair bokeh torch torchvision PIL cv2 skimage "
    "requests bs4 lxml yaml toml tqdm sympy networkx nltk spacy gensim wordcloud geopandas shapely folium xgboost "
    "lightgbm catboost tensorflow keras transformers datasets jax polars pyarrow dask IPython ipywidgets mpl_toolkits "
    "joblib missingno umap imblearn patsy pylab builtins dateutil pytz boto3 sqlalchemy psutil logging"
)

# Attributes of modules that stand for a state.
STATE_ATTRIBUTES = {
    "os.environ": ENVIRON,
    "matplotlib.rcParams": PLOT_SETTINGS,
    "matplotlib.pyplot.rcParams": PLOT_SETTINGS,
    "pylab.rcParams": PLOT_SETTINGS,
    "pandas.options": PANDAS_OPTIONS,
}
