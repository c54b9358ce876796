print(max(range(10 ** 12)), sorted(range(10 ** 12)), set(range(10 ** 12)))
