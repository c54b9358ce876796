a = []
a.append(a)
match a:
    case [[[[[x]]]]]:
        print(x)
    case {"a": [*_, {"b": y}, *_]}:
        pass
match "x" * 1000000:
    case str(z) | z if z * 1000000000000:
        pass
