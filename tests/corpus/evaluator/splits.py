a = ("," * 900000).split(",")
b = [i.split() for i in a]
c = list("x" * 1000000)
