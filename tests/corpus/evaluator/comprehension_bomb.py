a = [x for a in range(9999) for b in range(9999) for c in range(9999) for x in [1]]
