a = "ab"
for i in range(64):
    a += a
