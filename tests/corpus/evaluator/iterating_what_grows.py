a = [1]
for i in a:
    a.append(i)
