kept = []
for i in range(9000):
    kept.append(str(i) * 200000)
