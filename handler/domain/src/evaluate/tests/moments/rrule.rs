use expect_test::expect;

use super::check;

#[test]
fn rrule_are_as_in_python() {
    check(
        r#"
from datetime import datetime
from dateutil.rrule import rrule, DAILY, WEEKLY, MO, FR, rrulestr, HOURLY, MONTHLY, rruleset
out = str(rrule(DAILY, dtstart=datetime(2026, 1, 1), count=5)), str(rrule(WEEKLY, interval=2, byweekday=(MO, FR), dtstart=datetime(2026, 1, 1, 8)))
out2 = str(rrule(HOURLY, interval=6, dtstart=datetime(2026, 1, 1), until=datetime(2026, 2, 1))), str(rrule(MONTHLY, bymonthday=1, byhour=[3, 4], byminute=0, dtstart=datetime(2026, 1, 1))), str(rrule(MONTHLY, byweekday=MO(-1), dtstart=datetime(2026, 1, 1), wkst=MO))
out3 = str(rrulestr("FREQ=DAILY;COUNT=3", dtstart=datetime(2026, 1, 1)))
out4 = str(rrulestr("DTSTART:20260101T000000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=1"))
out5 = str(rrule(WEEKLY, byweekday=[0, 2], bysetpos=1, dtstart=datetime(2026, 1, 1)))
"#,
        expect![[r#"
            ('DTSTART:20260101T000000\nRRULE:FREQ=DAILY;COUNT=5', 'DTSTART:20260101T080000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR')
            ('DTSTART:20260101T000000\nRRULE:FREQ=HOURLY;INTERVAL=6;UNTIL=20260201T000000', 'DTSTART:20260101T000000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=3,4;BYMINUTE=0', 'DTSTART:20260101T000000\nRRULE:FREQ=MONTHLY;BYDAY=-1MO')
            'DTSTART:20260101T000000\nRRULE:FREQ=DAILY;COUNT=3'
            'DTSTART:20260101T000000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE'
            'DTSTART:20260101T000000\nRRULE:FREQ=WEEKLY;BYSETPOS=1;BYDAY=MO,WE'
        "#]],
    );
}
