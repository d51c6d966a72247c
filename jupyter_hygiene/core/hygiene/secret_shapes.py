"""What texts are searched for to find secrets: marks, shapes of tokens, names of values, and what stands in for one."""

from __future__ import annotations

import re

# What most tokens have: a mark of their kind, and a long run of letters and digits behind it.
RUNS = (re.compile(r"_[A-Za-z0-9]{20}"), re.compile(r"-[A-Za-z0-9][A-Za-z0-9_-]{17}"))
MARKS = ("AKIA", "AIza", "eyJ", "dapi")
# What tokens look like from their first character on.
TOKEN = re.compile(
    r"(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}|sk-[\w-]{20}|SG\.[\w-]{22}\.|eyJ[\w-]{8,1000}\.[\w-]|dapi[a-f0-9]{32}"
    r"|hf_[A-Za-z0-9]{30}|AIza[\w-]{35}|GOCSPX-|gh[pousr]_\w{30}|github_pat_\w{20}|gl[a-z]{2,6}-[\w-]{20}|xox[a-z]-\d"
    r"|[sr]k_live_\w{20}|pypi-Ag|sq0csp-|gsk_\w{40}|r8_\w{37}|pplx-\w{40}|nvapi-[\w-]{60}|lsv2_[ps][tk]_|tvly-[\w-]{30}"
    r"|api_org_\w{30}|[0-9a-z]{32}-us\d"
)
LONG = re.compile(r"[A-Za-z0-9/+_-]{19}")
# What else is told by the words around it.
PHRASE = re.compile(
    TOKEN.pattern
    + r"|hooks\.slack\.com/services/T|-----BEGIN [A-Z0-9 ]*PRIVATE KEY|AccountKey=\S{80}|_authToken="
    r"|(?i:aws).{0,60}[\"'][\w/+]{40}[\"']|(?i:wandb).{0,80}\b[a-f0-9]{40}\b"
    r"|(?i:kaggle_key|username).{0,80}\b[a-f0-9]{32}\b|\b\d{8,10}:[\w-]{35}\b|\b(?:AC|SK)[a-f0-9]{32}\b"
    r"|\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27}"
)
ADDRESS = re.compile(r"://[^\s/:@\"'<>{}()]+:[^\s/@\"'<>{}()$*]{3,}@[\w.-]")
# Words in the names of values that are secret, in lower case.
TELLING = ("passw", "_pass", "pwd", "secret", "token", "key")
NAME = re.compile(
    r"passw|_pass\b|pwd|passphrase|secret|token|bearer"
    r"|(?:api|access|auth|private|client|account|service|db|database|subscription|app|encryption|signing|admin)[_-]?key",
    re.IGNORECASE,
)
# What stands behind a telling word where something is assigned to it.
ASSIGNED = re.compile(
    r"""[\w-]{0,200}(?![\w-])(?:\\?["'])?\s{0,200}(?:\]\s{0,200})?(?::\s{0,200}str\s{0,200})?(?:=(?!=)|:|,)\s{0,200}"""
    r"""[rbu]?\\?(?P<quote>["'])"""
    r"""(?P<value>[^"'\s\\]{6,200})\\?(?P=quote)"""
)
ENVIRONMENT = re.compile(r"\w{0,200}[= ](?P<value>[^\s\"']{8,200})")
SETS_ENVIRONMENT = re.compile(r"(?:%(?:set_)?env|export)\s+$")
# Calls that take a name and a password, one behind the other.
TAKES_PAIR = ("sign_in(", "login(", "Auth(", "auth=(", "auth = (", "set_credentials_file(")
PAIR = re.compile(
    r"""[\w= ]{1,80}\(\s{0,200}(?:\w{1,80}\s{0,9}=\s{0,9})?["'][\w.@+-]{1,200}["']\s{0,9},\s{0,200}"""
    r"""(?:\w{1,80}\s{0,9}=\s{0,9})?["'](?P<value>[^"'\s]{6,100})["']"""
)
NOT_A_SECRET = re.compile(
    r"your|my[_-]?(?:api|key|pass|secret|token)|xxx|\*\*|\.\.\.|…|[<>{}$]|example|placeholder|change[_-]?(?:me|it)|dummy"
    r"|fake|redact|hidden|todo|insert|replace|enter|paste|[_-]here|sample|foobar|^(?:test|pass|admin|root|guest|user)\w{0,8}$"
    r"|^(?:none|null|undefined)|password|passwd|^secret|token$|api[_-]?key|^/|^\.{0,2}/|^\w:\\|^https?:|^(.)\1+$"
    r"|^(?=\d*123456)\d+$|^abc(?:def)?\d{0,6}$|^env[.:]|\(|\)|,|^(?:sha\d|pbkdf2|argon2|bcrypt)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"x{5,}|your|\.\.\.|[*<>]|(.)\1{7,}|placeholder", re.IGNORECASE)
NO_SECRET_NAME = re.compile(
    r"tokeniz|tokens\b|token_?(?:pattern|type|id|limit|count|len|class|index|embed|col)|(?:oov|unk|pad|sep|cls|mask|bos|eos"
    r"|special|start|end|stop|next|first|last|new)_?token|key_?(?:error|name|id|vault|path|file|word)|secret_?(?:name|id|scope)"
    r"|password_?(?:field|hash|input|file|env)|public_?key|_(?:url|uri|path|file|name|type|col|column|endpoint)$",
    re.IGNORECASE,
)
