kept = []
for i in range(9000):
    kept.append([0] * 99999)
