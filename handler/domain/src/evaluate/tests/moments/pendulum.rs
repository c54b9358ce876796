use expect_test::expect;

use super::check;

#[test]
fn pendulum_are_as_in_python() {
    check(
        r#"
import pendulum
d = pendulum.datetime(2026, 3, 2, 9, 30)
out = str(d), d.isoformat(), d.to_iso8601_string(), d.timezone_name, d.add(days=1).isoformat(), d.subtract(months=1).isoformat(), d.start_of("day").isoformat(), d.end_of("month").isoformat(), d.in_timezone("Europe/Oslo").isoformat(), d.to_date_string(), d.format("YYYY-MM-DD HH:mm:ss"), d.format("dddd, D MMMM YYYY"), d.to_datetime_string(), d.date().isoformat()
out2 = pendulum.duration(days=1, hours=2).total_seconds(), pendulum.parse("2026-01-02T03:04:05+02:00").isoformat(), pendulum.parse("2026-01-02").isoformat(), pendulum.datetime(2026, 1, 1, tz="Europe/Oslo").isoformat(), pendulum.date(2026, 1, 2).isoformat(), pendulum.timezone("Europe/Oslo").name
out3 = d.start_of("week").isoformat(), d.start_of("hour").isoformat(), d.start_of("year").isoformat(), d.naive().isoformat(), d.replace(hour=2).isoformat(), d.add(weeks=1, hours=-2).isoformat(), (d - pendulum.duration(days=1)).isoformat(), d > pendulum.datetime(2026, 1, 1), d.year, d.tzinfo.name
"#,
        expect![[r#"
            ('2026-03-02 09:30:00+00:00', '2026-03-02T09:30:00+00:00', '2026-03-02T09:30:00Z', 'UTC', '2026-03-03T09:30:00+00:00', '2026-02-02T09:30:00+00:00', '2026-03-02T00:00:00+00:00', '2026-03-31T23:59:59.999999+00:00', '2026-03-02T10:30:00+01:00', '2026-03-02', '2026-03-02 09:30:00', 'Monday, 2 March 2026', '2026-03-02 09:30:00', '2026-03-02')
            (93600.0, '2026-01-02T03:04:05+02:00', '2026-01-02T00:00:00+00:00', '2026-01-01T00:00:00+01:00', '2026-01-02', 'Europe/Oslo')
            ('2026-03-02T00:00:00+00:00', '2026-03-02T09:00:00+00:00', '2026-01-01T00:00:00+00:00', '2026-03-02T09:30:00', '2026-03-02T02:30:00+00:00', '2026-03-09T07:30:00+00:00', '2026-03-01T09:30:00+00:00', True, 2026, 'UTC')
        "#]],
    );
}
