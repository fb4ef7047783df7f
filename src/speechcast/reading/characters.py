"""Which characters are Chinese ones."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
