def main():
    from datetime import timedelta as delta

    import prefect
    from flows.inner import inner as imported

    options = dict(interval=delta(days=1))
    del delta
    try:
        delta
    except NameError:
        options["tags"] = ["deleted"]
    prefect.serve(imported.to_deployment("inner", **options))


(lambda: main())()
