from flows import main
a = {"x": 1}
for i in range(60):
    a = {"l": a, "r": a}
main.deploy("x", work_pool_name="p", parameters=a)
