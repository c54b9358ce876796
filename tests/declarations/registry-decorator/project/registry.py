from functools import wraps

DEPLOYMENTS = []


def deployed(name=None, **options):
    def decorate(flow):
        DEPLOYMENTS.append((flow, name or flow.name, options))
        return flow

    return decorate
