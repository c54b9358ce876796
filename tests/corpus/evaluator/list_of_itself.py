a = []
a.append(a)
print(repr(a), f"{a!r:>20}", a == [a], len(a))
b = []
b.append(b)
print(a == b, a < b, sorted([a, b]))
