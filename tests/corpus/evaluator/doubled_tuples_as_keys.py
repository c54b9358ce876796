a = (1,)
for i in range(60):
    a = (a, a)
d = {a: 1}
print(d[a], a in d, {a} | {a}, hash(a))
