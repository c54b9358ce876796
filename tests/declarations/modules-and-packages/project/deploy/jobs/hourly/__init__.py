from jobs.hourly.flow import hourly
