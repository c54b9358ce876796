def make():
    a = [1]
    for i in range(60):
        a = [a, a]
    return a
print(make() == make())
print(make() < make())
