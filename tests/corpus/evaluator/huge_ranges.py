print(len(range(10 ** 18)), list(range(10 ** 18)))
