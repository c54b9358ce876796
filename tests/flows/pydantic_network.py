import ipaddress
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network
from typing import List, Optional

from prefect import flow
from pydantic import IPvAnyAddress, IPvAnyInterface, IPvAnyNetwork


@flow
def any_version(a: IPvAnyAddress, b: IPvAnyInterface, c: IPvAnyNetwork):
    pass


@flow
def four(a: IPv4Address, b: IPv4Interface, c: IPv4Network, d: Optional[ipaddress.IPv4Address] = None):
    pass


@flow
def six(a: IPv6Address, b: IPv6Interface, c: IPv6Network, d: List[IPv6Address] = []):
    pass
