from jobs import job

if __name__ == "__main__":
    job.to_deployment(name="third-party", cron="0 5 * * *").apply()
