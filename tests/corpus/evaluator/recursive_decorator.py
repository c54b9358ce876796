def d(f):
    @d
    def g():
        return f()
    return g
@d
def h():
    pass
