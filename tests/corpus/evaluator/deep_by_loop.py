a = []
for i in range(9999):
    a = [a]
b = []
for i in range(9999):
    b = [b]
print(a == b)
print(str(a))
