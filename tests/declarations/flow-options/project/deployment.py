from flows import parent, with_options

for flow in (with_options, parent.with_options(version="2", description="The parent", retries=4)):
    flow.to_deployment(name="default", interval=3600).apply()
