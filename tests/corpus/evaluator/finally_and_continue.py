while True:
    try:
        raise ValueError
    except ValueError as e:
        raise e from e
    finally:
        continue
