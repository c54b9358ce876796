//! Zones, keys, sets and complex numbers as defaults. Source of what is expected: Prefect 3.9.1 on Python 3.11.

use expect_test::expect;

use super::defaults::check;

#[test]
fn moments_of_a_region_have_its_offset() {
    check(
        "",
        &[
            "datetime.datetime(2024, 7, 2, tzinfo=ZoneInfo('Europe/Oslo'))",
            "datetime.datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Oslo'))",
            "datetime.datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Oslo'), fold=1)",
            "datetime.datetime(2024, 3, 31, 2, 30, tzinfo=ZoneInfo(key='Europe/Oslo'))",
            "datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Europe/London'))",
            "datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Etc/UTC'))",
            "datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Nowhere/Else'))",
            "datetime.time(3, tzinfo=ZoneInfo('Europe/Oslo'))",
            "datetime.time(3, tzinfo=ZoneInfo('UTC'))",
            "datetime.time(3, tzinfo=ZoneInfo('Etc/GMT+5'))",
            "ZoneInfo('Europe/Oslo')",
        ],
        expect![[r#"
            datetime.datetime(2024, 7, 2, tzinfo=ZoneInfo('Europe/Oslo')) -> "2024-07-02T00:00:00+02:00"
            datetime.datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Oslo')) -> "2024-10-27T02:30:00+02:00"
            datetime.datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo('Europe/Oslo'), fold=1) -> "2024-10-27T02:30:00+01:00"
            datetime.datetime(2024, 3, 31, 2, 30, tzinfo=ZoneInfo(key='Europe/Oslo')) -> "2024-03-31T02:30:00+01:00"
            datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Europe/London')) -> "2024-01-02T00:00:00Z"
            datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Etc/UTC')) -> "2024-01-02T00:00:00Z"
            datetime.datetime(2024, 1, 2, tzinfo=ZoneInfo('Nowhere/Else')) -> ?
            datetime.time(3, tzinfo=ZoneInfo('Europe/Oslo')) -> "03:00:00"
            datetime.time(3, tzinfo=ZoneInfo('UTC')) -> "03:00:00Z"
            datetime.time(3, tzinfo=ZoneInfo('Etc/GMT+5')) -> "03:00:00-05:00"
            ZoneInfo('Europe/Oslo') -> "Europe/Oslo"
        "#]],
    );
}

#[test]
fn keys_of_dicts_are_those_of_pydantic() {
    check(
        "from enum import Enum\nclass C(Enum):\n    A = 1",
        &[
            "{True: 2, None: 3, 1.5: 4, 'a': 5}",
            "{1: 2, True: 3, 1.0: 4}",
            "{1: 2, '1': 3}",
            "{(1, 'b'): 3, (): 4, (None, True, 1.5): 5}",
            "{1e20: 3, 1.0: 4, -0.0: 5, 1e-7: 6}",
            "{b'a': 1, C.A: 2, datetime.date(2024, 1, 2): 3, timedelta(1): 4, 1j: 5}",
            "{'a': {1: {2: 3}}}",
        ],
        expect![[r#"
            {True: 2, None: 3, 1.5: 4, 'a': 5} -> {"true":2,"None":3,"1.5":4,"a":5}
            {1: 2, True: 3, 1.0: 4} -> {"1":4}
            {1: 2, '1': 3} -> {"1":3}
            {(1, 'b'): 3, (): 4, (None, True, 1.5): 5} -> {"1,b":3,"":4,"None,true,1.5":5}
            {1e20: 3, 1.0: 4, -0.0: 5, 1e-7: 6} -> {"1e+20":3,"1.0":4,"-0.0":5,"1e-07":6}
            {b'a': 1, C.A: 2, datetime.date(2024, 1, 2): 3, timedelta(1): 4, 1j: 5} -> {"a":1,"1":2,"2024-01-02":3,"P1D":4,"1j":5}
            {'a': {1: {2: 3}}} -> {"a":{"1":{"2":3}}}
        "#]],
    );
}

#[test]
fn sets_have_each_item_once() {
    check(
        "",
        &[
            "{3, 1, 2, 1}",
            "{'b', 'a', 'b'}",
            "{True, 1}",
            "{1.5, 2, -1}",
            "frozenset({3, 1})",
            "set([3, 1, 3])",
            "set('hello')",
            "[{3, 1}]",
            "tuple('ab')",
            "list({3, 1})",
        ],
        expect![[r#"
            {3, 1, 2, 1} -> [1,2,3]
            {'b', 'a', 'b'} -> ["a","b"]
            {True, 1} -> [true]
            {1.5, 2, -1} -> [-1,1.5,2]
            frozenset({3, 1}) -> [1,3]
            set([3, 1, 3]) -> [1,3]
            set('hello') -> ["e","h","l","o"]
            [{3, 1}] -> [[1,3]]
            tuple('ab') -> ["a","b"]
            list({3, 1}) -> [1,3]
        "#]],
    );
}

#[test]
fn complex_numbers_are_those_of_pydantic() {
    check(
        "",
        &[
            "1j",
            "-1j",
            "1e16j",
            "complex(1, 2)",
            "complex(1.5, -2.25)",
            "complex(1)",
            "complex()",
            "complex(0.0, -0.0)",
            "[1j]",
        ],
        expect![[r#"
            1j -> "1j"
            -1j -> "-1j"
            1e16j -> "10000000000000000j"
            complex(1, 2) -> "1+2j"
            complex(1.5, -2.25) -> "1.5-2.25j"
            complex(1) -> "1+0j"
            complex() -> "0j"
            complex(0.0, -0.0) -> "-0j"
            [1j] -> ["1j"]
        "#]],
    );
}
