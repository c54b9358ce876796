import pk
import pk.helper
from pk import helper as h
from pk import inner
from pk.sub import thing
from prefect import flow


@flow
def a2(q: inner.Opt = None):
    pass


@flow
def a4(q: pk.inner.Opt = None, r: pk.deep.Opt = pk.inner.Opt()):
    pass


@flow
def a5(q: thing.T = None, r: pk.sub.up.Opt = None, s: pk.th.T = None):
    pass


@flow
def a6(q: h.models.Opt = None, r: pk.helper.thing.Color = pk.helper.thing.Color.RED, s: list[h.thing.up.Opt] = []):
    pass


class Below(pk.inner.Opt):
    z: h.models.Opt = None


@flow
def a7(q: Below = Below()):
    pass
