"""Measure the pages of notices at 100 and 100,000 of them, beside a bare page of equal bytes.

`python -m bench.notices` serves the public site alone, from a database that it fills itself.
"""

import argparse
import http.client
import multiprocessing
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, insert, select

from bench import baselines
from portal.commands import public
from portal.config import load
from portal.exchange.host_key import HostKey
from portal.exchange.notices import Notice, sign_notice
from portal.migrations import schema
from portal.public.domain.notices.documents import FOREVER, year_of
from portal.public.models.notices import NoticeDocument, NoticePair, NoticeVersion
from portal.text.pairs import pairs, searchable
from tests.public.released import notice
from tests.running import RunningPortal, free_port, until
