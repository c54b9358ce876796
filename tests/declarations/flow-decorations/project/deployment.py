from flows import Jobs, made, renamed, templated

for flow in [made, renamed, templated]:
    flow.to_deployment(name=flow.name.replace(" ", "-")).apply()
