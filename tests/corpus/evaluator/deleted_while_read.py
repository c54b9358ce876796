a = {1: 1, 2: 2}
for k in a:
    del a[k]
    a[k + 1] = 1
b = [3, 2, 1]
b[:] = b * 3
b[::2] = []
del b[::0]
b[5:1:-1] = b
b.insert(-10 ** 18, b)
b.pop(10 ** 18)
