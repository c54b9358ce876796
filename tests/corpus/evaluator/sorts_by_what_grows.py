a = list(range(1000))
def key(x):
    a.append(x)
    return a
a.sort(key=key)
