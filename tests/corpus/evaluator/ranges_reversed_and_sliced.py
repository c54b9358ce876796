print(range(10 ** 18)[5:10 ** 17:3], 10 ** 17 in range(10 ** 18), sum(range(10 ** 18)))
