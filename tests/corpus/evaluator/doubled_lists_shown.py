import json
a = [1]
for i in range(60):
    a = [a, a]
print(str(a))
print(json.dumps(a))
