import collections
import fractions
import io
import logging
import numbers
import re
from array import array
from decimal import Decimal
from fractions import Fraction
from re import Pattern
from types import FunctionType, ModuleType, NoneType, SimpleNamespace
from typing import Any, List, Optional, Pattern as TypingPattern

from prefect import flow


@flow
def decimals(a: Decimal, b: Decimal = Decimal("1.50"), c: Optional[Decimal] = None, d: List[Decimal] = []):
    pass


@flow
def patterns(a: Pattern, b: re.Pattern, c: re.Pattern[str], d: TypingPattern = None, e: TypingPattern[str] = None):
    pass


@flow
def classes(a: logging.Logger, b: io.StringIO = None, c: SimpleNamespace = None, d: ModuleType = None, e: FunctionType = None):
    pass


@flow
def rarer(a: Fraction, b: numbers.Number = None, c: array = None):
    pass


@flow
def nothing(a: NoneType = None, b: Ellipsis = None):
    pass


@flow
def complex_numbers(a: complex = 1j, b: Optional[complex] = None):
    pass
