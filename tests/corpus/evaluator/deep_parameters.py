from flows import main
a = {}
for i in range(9000):
    a = {"a": a}
main.deploy("x", work_pool_name="p", parameters=a)
