use expect_test::expect;

use super::check;

#[test]
fn basic_are_as_in_python() {
    check(
        r#"
from datetime import datetime, date, time, timedelta, timezone
import datetime as dt
d = datetime(2026, 3, 2, 9, 30, 15, 123456)
out2 = date(2026, 1, 31), str(date(2026, 1, 31)), date.fromordinal(738000), date.fromisoformat("2026-02-03"), date(2026, 1, 1) + timedelta(days=40), date(2026, 3, 1) - date(2026, 2, 1), date.min, datetime.max, date(2026, 1, 1).strftime("%d/%m/%Y"), date(2026, 1, 1).replace(day=5), date.fromisocalendar(2026, 1, 1)
out3 = timedelta(hours=12), timedelta(days=1, seconds=5, microseconds=7), timedelta(-1), timedelta(0), str(timedelta(days=1, hours=2)), str(timedelta(hours=-1)), timedelta(weeks=1).days, timedelta(minutes=90).total_seconds(), timedelta(hours=1) * 2, timedelta(hours=1) / 2, timedelta(hours=1) / timedelta(minutes=20), timedelta(days=3) // 2, -timedelta(1), abs(timedelta(-1)), timedelta(1) > timedelta(hours=3), timedelta(milliseconds=1500), timedelta.max, timedelta(hours=25) % timedelta(days=1), divmod(timedelta(hours=25), timedelta(days=1)), timedelta(1) == timedelta(hours=24), bool(timedelta())
out5 = d.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), d.strftime("%A %B %d %j %U %W %y %I %p %c %x %X %% %a %b %V %G %u %e"), datetime.strptime("2026-01-02 03:04", "%Y-%m-%d %H:%M"), datetime.strptime("02/Jan/26", "%d/%b/%y"), datetime.strptime("2026-01-02T03:04:05+0200", "%Y-%m-%dT%H:%M:%S%z"), datetime.strptime("2026-01-02 03:04:05.5", "%Y-%m-%d %H:%M:%S.%f"), f"{d:%Y/%m}", "{:%H:%M}".format(d), format(d, "%d")
try:
    datetime(2026, 1, 1) < datetime(2026, 1, 1, tzinfo=timezone.utc)
except TypeError as e:
    out7 = str(e)
try:
    datetime(2026, 13, 1)
except ValueError as e:
    out8 = str(e)
out9 = datetime(2026, 1, 1) == datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 1, 1) - datetime(2025, 1, 1), datetime.fromisoformat("2026-01-02T03:04:05+00:00"), datetime.fromisoformat("2026-01-02"), datetime.fromisoformat("2026-01-02T03:04:05Z"), datetime.fromisoformat("20260102"), isinstance(d, date), isinstance(date(2026, 1, 1), datetime), d.replace(microsecond=0, tzinfo=timezone.utc), d.year, d.month, d.microsecond, type(d), dt.UTC, d.tzinfo, d == d.replace(), {d: 1}[d], [min(d, d)], datetime(2026, 1, 1, 1, tzinfo=timezone.utc) == datetime(2026, 1, 1, 3, tzinfo=timezone(timedelta(hours=2)))
try:
    date(2026, 1, 1) + 1
except TypeError as e:
    pass
try:
    datetime.strptime("x", "%Y")
except ValueError as e:
    out11 = str(e)
try:
    datetime.fromisoformat("nope")
except ValueError as e:
    out12 = str(e)
"#,
        expect![[r#"
            (datetime.date(2026, 1, 31), '2026-01-31', datetime.date(2021, 7, 29), datetime.date(2026, 2, 3), datetime.date(2026, 2, 10), datetime.timedelta(days=28), datetime.date(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59, 999999), '01/01/2026', datetime.date(2026, 1, 5), datetime.date(2025, 12, 29))
            (datetime.timedelta(seconds=43200), datetime.timedelta(days=1, seconds=5, microseconds=7), datetime.timedelta(days=-1), datetime.timedelta(0), '1 day, 2:00:00', '-1 day, 23:00:00', 7, 5400.0, datetime.timedelta(seconds=7200), datetime.timedelta(seconds=1800), 3.0, datetime.timedelta(days=1, seconds=43200), datetime.timedelta(days=-1), datetime.timedelta(days=1), True, datetime.timedelta(seconds=1, microseconds=500000), datetime.timedelta(days=999999999, seconds=86399, microseconds=999999), datetime.timedelta(seconds=3600), (1, datetime.timedelta(seconds=3600)), True, False)
            ('2026-03-02T09:30:15.123456Z', 'Monday March 02 061 09 09 26 09 AM Mon Mar  2 09:30:15 2026 03/02/26 09:30:15 % Mon Mar 10 2026 1  2', datetime.datetime(2026, 1, 2, 3, 4), datetime.datetime(2026, 1, 2, 0, 0), datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200))), datetime.datetime(2026, 1, 2, 3, 4, 5, 500000), '2026/03', '09:30', '02')
            "can't compare offset-naive and offset-aware datetimes"
            'month must be in 1..12'
            (False, datetime.timedelta(days=365), datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 1, 2, 0, 0), datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 1, 2, 0, 0), True, False, datetime.datetime(2026, 3, 2, 9, 30, 15, tzinfo=datetime.timezone.utc), 2026, 3, 123456, <class 'datetime.datetime'>, datetime.timezone.utc, None, True, 1, [datetime.datetime(2026, 3, 2, 9, 30, 15, 123456)], True)
            "time data 'x' does not match format '%Y'"
            "Invalid isoformat string: 'nope'"
        "#]],
    );
}

#[test]
fn times_end_where_those_of_python_end() {
    check(
        r#"
import os
from datetime import date, datetime, timedelta
from pathlib import Path
def tried(f):
    try:
        return str(f())
    except Exception as e:
        return f"{type(e).__name__}: {e}"
day = timedelta(days=1)
out1 = tried(lambda: datetime.max + day), tried(lambda: date.max + day), tried(lambda: datetime.min - day)
out2 = tried(lambda: datetime.max - day), tried(lambda: datetime.max - datetime.min)
out3 = tried(lambda: datetime.strptime("x", "%Q")), tried(lambda: datetime.strptime("x", "%"))
out4 = datetime.strptime("5 2026", "%j %Y")
out5 = os.path.expanduser("~/x")
out6 = os.path.expandvars("$HOME/x")
out7 = Path("~/x").expanduser()
out8 = os.path.expanduser("/x"), os.path.expandvars("x")
"#,
        expect![[r#"
            ('OverflowError: date value out of range', 'OverflowError: date value out of range', 'OverflowError: date value out of range')
            ('9999-12-30 23:59:59.999999', '3652058 days, 23:59:59.999999')
            ("ValueError: 'Q' is a bad directive in format '%Q'", "ValueError: stray % in format '%'")
            unknown: `%j` of a time
            unknown: the environment variable `HOME`
            unknown: the environment variable `HOME`
            unknown: the environment variable `HOME`
            ('/x', 'x')
        "#]],
    );
}
