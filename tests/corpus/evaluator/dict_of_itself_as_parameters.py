from flows import main
a = {}
a["a"] = a
main.deploy("x", work_pool_name="p", parameters=a, tags=[a])
