from datetime import datetime, timedelta, date
print(datetime.max + timedelta(days=999999999), timedelta(days=10 ** 18), timedelta(seconds=1e300) * 1e300)
print(date(9999, 12, 31) + timedelta(days=1), datetime(2020, 1, 1) - timedelta(weeks=10 ** 15), timedelta.max * 10 ** 9)
