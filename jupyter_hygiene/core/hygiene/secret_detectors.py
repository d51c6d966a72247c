"""What secrets look like: detect-secrets' own detectors, and those for what notebooks hold and it does not know.

Read in only once a text holds something suspicious: detect-secrets reads in a whole HTTP library, of which nothing is
used here. No secret is ever sent anywhere to be verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.high_entropy_strings import Base64HighEntropyString
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.keyword import KeywordDetector
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector


class OpenAIKey(RegexBasedDetector):
    secret_type = "OpenAI API key"
    denylist = (
        re.compile(r"sk-(?!ant-)(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{40,60})"),
    )


class AnthropicKey(RegexBasedDetector):
    secret_type = "Anthropic API key"
    denylist = (re.compile(r"sk-ant-[A-Za-z0-9_-]{20,}"),)


class HuggingFaceToken(RegexBasedDetector):
    secret_type = "Hugging Face token"
    denylist = (re.compile(r"(?:hf|api_org)_[A-Za-z0-9]{30,40}"),)


class GoogleKey(RegexBasedDetector):
    secret_type = "Google API key"
    denylist = (re.compile(r"AIza[A-Za-z0-9_-]{35}"), re.compile(r"GOCSPX-[A-Za-z0-9_-]{28}"))


class FineGrainedGitHubToken(RegexBasedDetector):
    secret_type = "GitHub token"
    denylist = (re.compile(r"github_pat_[A-Za-z0-9_]{22,255}"),)


class DatabricksToken(RegexBasedDetector):
    secret_type = "Databricks token"
    denylist = (re.compile(r"dapi[a-f0-9]{32}(?:-\d)?"),)


class KaggleKey(RegexBasedDetector):
    secret_type = "Kaggle key"
    denylist = (
        re.compile(
            r"""username\\?["']\s*:\s*\\?["'][\w-]+\\?["']\s*,\s*\\?["']key\\?["']\s*:\s*\\?["'][a-f0-9]{32}"""
        ),
        re.compile(r"""KAGGLE_KEY\W{1,8}[a-f0-9]{32}"""),
    )


class WeightsAndBiasesKey(RegexBasedDetector):
    secret_type = "Weights & Biases key"
    denylist = (re.compile(r"wandb[^\n]{0,40}?(?:key|KEY|login)[^\n]{0,12}?\b[a-f0-9]{40}\b", re.IGNORECASE),)


class OtherKeys(RegexBasedDetector):
    secret_type = "API key"
    denylist = (
        re.compile(r"sk-[A-Za-z0-9]{32,39}(?![A-Za-z0-9])"),  # DeepSeek and others
        re.compile(r"gsk_[A-Za-z0-9]{48,56}"),  # Groq
        re.compile(r"r8_[A-Za-z0-9]{37}"),  # Replicate
        re.compile(r"pplx-[A-Za-z0-9]{40,}"),  # Perplexity
        re.compile(r"nvapi-[A-Za-z0-9_-]{60,}"),  # NVIDIA
        re.compile(r"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}"),  # LangSmith
        re.compile(r"tvly-[A-Za-z0-9-]{30,}"),  # Tavily
    )


# What they are called in a sentence, the most telling first.
DETECTORS: tuple[tuple[str, RegexBasedDetector], ...] = (
    ("an Anthropic API key", AnthropicKey()),
    ("an OpenAI API key", OpenAIKey()),
    ("an OpenAI API key", OpenAIDetector()),
    ("a Hugging Face token", HuggingFaceToken()),
    ("a GitHub token", GitHubTokenDetector()),
    ("a GitHub token", FineGrainedGitHubToken()),
    ("a GitLab token", GitLabTokenDetector()),
    ("a Google API key", GoogleKey()),
    ("an AWS access key", AWSKeyDetector()),
    ("an Azure storage key", AzureStorageKeyDetector()),
    ("a Databricks token", DatabricksToken()),
    ("a Kaggle key", KaggleKey()),
    ("a Weights & Biases key", WeightsAndBiasesKey()),
    ("a Slack token", SlackDetector()),
    ("a Stripe key", StripeDetector()),
    ("a SendGrid key", SendGridDetector()),
    ("a PyPI token", PypiTokenDetector()),
    ("an npm token", NpmDetector()),
    ("a Discord bot token", DiscordBotTokenDetector()),
    ("a Telegram bot token", TelegramBotTokenDetector()),
    ("a Twilio key", TwilioKeyDetector()),
    ("a Square secret", SquareOAuthDetector()),
    ("a Mailchimp key", MailchimpDetector()),
    ("a private key", PrivateKeyDetector()),
    ("a JSON web token", JwtTokenDetector()),
    ("an API key", OtherKeys()),
    ("a password in an address", BasicAuthDetector()),
)
_KEYWORDS = KeywordDetector()
_ENTROPY = Base64HighEntropyString()
_WORD = re.compile(r"[A-Za-z0-9_]")


def known_shapes(text: str) -> Iterator[tuple[str, str, int]]:
    """What looks like a secret of a known kind: what it is, the secret, where it stands in the text."""
    taken: list[tuple[int, int]] = []
    for name, detector in DETECTORS:
        for pattern in detector.denylist:
            for match in pattern.finditer(text):
                if isinstance(detector, JwtTokenDetector) and not detector.is_formally_valid(match[0]):
                    continue
                if _is_inside_a_word(text, match) and not isinstance(detector, BasicAuthDetector):
                    continue
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                yield name, match[0], match.start()


def is_assigned_secret(line: str, value: str) -> bool:
    """Whether detect-secrets, too, takes a value for a secret by the name that it is assigned to."""
    return value in set(_KEYWORDS.analyze_string(line))


def entropy(value: str) -> float:
    return float(_ENTROPY.calculate_shannon_entropy(value))


def _is_inside_a_word(text: str, match: re.Match[str]) -> bool:
    """Whether it is a piece of something longer: of an encoded picture, for one."""
    start = match.start()
    return start > 0 and bool(_WORD.match(text[start - 1])) and bool(_WORD.match(match[0]))
