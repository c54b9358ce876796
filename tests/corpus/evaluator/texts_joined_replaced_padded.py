kept = []
for i in range(2000):
    kept.append(("a" * 900).replace("a", "b" * 1000))
    kept.append("".join(["c" * 1000] * 1000))
    kept.append("x".ljust(1000000))
    kept.append("x".center(1000000).zfill(1000001))
    kept.append(f"{1:>1000000}")
