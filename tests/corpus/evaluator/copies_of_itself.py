import copy, json
a = [1]
a.append(a)
b = copy.deepcopy(a)
c = copy.copy(a)
print(json.dumps(b), hash((a,)) if False else b, {**{"a": a}})
