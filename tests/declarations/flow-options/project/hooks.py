def notify(flow, flow_run, state):
    print(state)


class Keyed:
    @staticmethod
    def key(context, parameters):
        return "k"
