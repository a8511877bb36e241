"""What a test needs from the machine: without it the test is skipped, in CI it fails."""

import os

import pytest


def need(condition: object, reason: str) -> None:
    """Skip the test with the reason unless the condition holds; fail where everything must run.

    CI sets PORTAL_TEST_ALL=1, so that a missing service cannot hide a test for good.
    """
    if condition:
        return
    if whole_proof():
        pytest.fail(reason)
    pytest.skip(reason)


def whole_proof() -> bool:
    """Tell whether everything is to be run, as CI does with `PORTAL_TEST_ALL=1`."""
    return os.environ.get("PORTAL_TEST_ALL") == "1"


def need_time(reason: str) -> None:
    """Skip a test that takes long, unless everything is to be run."""
    if not whole_proof():
        pytest.skip(f"{reason}: part of the whole proof (PORTAL_TEST_ALL=1)")
