use expect_test::expect;

use super::check;

#[test]
fn zones_are_as_in_python() {
    check(
        r#"
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
import pytz
from dateutil import tz, parser, relativedelta as rd
from dateutil.relativedelta import relativedelta, MO
z = ZoneInfo("Europe/Oslo")
p = pytz.timezone("America/New_York")
out2 = str(p), p.zone, p.localize(datetime(2026, 1, 1)).isoformat(), datetime(2026, 7, 1, tzinfo=pytz.utc).isoformat(), pytz.UTC.zone, p.localize(datetime(2026, 7, 1)).tzname()
out5 = datetime(2026, 1, 1, tzinfo=tz.gettz("Europe/Oslo")).isoformat(), datetime(2026, 1, 1, tzinfo=tz.tzutc()).isoformat(), datetime(2026, 1, 1, tzinfo=tz.UTC).isoformat()
try:
    ZoneInfo("No/Where")
except Exception as e:
    out6 = type(e).__name__
"#,
        expect![[r#"
            ('America/New_York', 'America/New_York', '2026-01-01T00:00:00-05:00', '2026-07-01T00:00:00+00:00', 'UTC', 'EDT')
            ('2026-01-01T00:00:00+01:00', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00')
            'ZoneInfoNotFoundError'
        "#]],
    );
}
