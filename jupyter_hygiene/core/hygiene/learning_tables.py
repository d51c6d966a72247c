"""What is known of libraries' estimators: what learns from rows, what makes rows, what sets rows aside."""

from __future__ import annotations

from ..analysis.wordlists import words

# They learn from the rows that they are fitted on, and what they learn goes into what they make of any row.
# What only lists categories or looks at one row at a time is left out: seeing the test rows teaches it nothing.
LEARNS = words(
    "StandardScaler MinMaxScaler RobustScaler MaxAbsScaler PowerTransformer QuantileTransformer KBinsDiscretizer "
    "SimpleImputer KNNImputer IterativeImputer Imputer MissingIndicator PCA IncrementalPCA KernelPCA SparsePCA "
    "MiniBatchSparsePCA RandomizedPCA TruncatedSVD NMF FastICA FactorAnalysis LatentDirichletAllocation "
    "LinearDiscriminantAnalysis NeighborhoodComponentsAnalysis Isomap LocallyLinearEmbedding UMAP SelectKBest "
    "SelectPercentile SelectFromModel SelectFpr SelectFdr SelectFwe GenericUnivariateSelect RFE RFECV "
    "SequentialFeatureSelector VarianceThreshold CountVectorizer TfidfVectorizer TfidfTransformer TargetEncoder "
    "LeaveOneOutEncoder CatBoostEncoder WOEEncoder JamesSteinEncoder MEstimateEncoder SplineTransformer Nystroem "
    "PLSRegression BoxCoxTransformer YeoJohnsonTransformer Winsorizer"
)
# They learn if one of their parts does.
MADE_OF_PARTS = words(
    "Pipeline make_pipeline ColumnTransformer make_column_transformer FeatureUnion make_union DataFrameMapper"
)
# Where models come from, which are tested on the rows that were set aside.
MODELS_FROM = (
    "sklearn.linear_model.",
    "sklearn.ensemble.",
    "sklearn.svm.",
    "sklearn.tree.",
    "sklearn.neighbors.",
    "sklearn.naive_bayes.",
    "sklearn.neural_network.",
    "sklearn.model_selection.",
    "xgboost.",
    "lightgbm.",
    "catboost.",
)
TESTS = words("predict predict_proba decision_function score")
# Functions that do as much in one go.
LEARNING_FUNCTIONS = words(
    "sklearn.preprocessing.scale sklearn.preprocessing.minmax_scale sklearn.preprocessing.robust_scale "
    "sklearn.preprocessing.maxabs_scale sklearn.preprocessing.quantile_transform "
    "sklearn.preprocessing.power_transform scipy.stats.zscore"
)
OVERSAMPLERS = words(
    "SMOTE SMOTENC SMOTEN BorderlineSMOTE SVMSMOTE KMeansSMOTE ADASYN RandomOverSampler SMOTEENN SMOTETomek"
)
UNDERSAMPLERS = words(
    "RandomUnderSampler NearMiss TomekLinks ClusterCentroids EditedNearestNeighbours "
    "RepeatedEditedNearestNeighbours AllKNN CondensedNearestNeighbour OneSidedSelection "
    "NeighbourhoodCleaningRule InstanceHardnessThreshold"
)
RESAMPLES = frozenset({"fit_resample", "fit_sample"})
SPLITTERS = frozenset({"train_test_split"})
# What comes of them says nothing of single rows, or is a result and not data.
NO_DATA = words(
    "len print display score predict predict_proba decision_function fit_predict cross_val_score cross_validate "
    "cross_val_predict classification_report confusion_matrix accuracy_score roc_auc_score mean_squared_error "
    "silhouette_score get_feature_names get_feature_names_out get_params describe info head tail nunique unique "
    "value_counts groupby type isinstance range corr dtypes"
)
FACTS = words(
    "shape columns index dtypes size ndim feature_names_ components_ explained_variance_ratio_ mean_ scale_ "
    "explained_variance_ vocabulary_ classes_ inertia_ labels_ cluster_centers_ n_components_"
)
