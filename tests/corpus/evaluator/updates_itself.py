a = {"a": 1}
a.update(a, **a)
a |= a
a["x"] = a.items()
a.setdefault("y", a)
b = [1]
b += b
b.extend(b)
b[:] = b
s = {1}
s |= s
s.update(s)
print(a, b, s)
