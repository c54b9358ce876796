from prefect import flow
@flow
def main(a=9**9**9, b=10**100000, c=1<<10**9, d="x"*10**9, e=[0]*10**9, f=1e999, g=-(2**63)//-1, h=2**127, i=-2**127//-1, j=abs(-2**127)):
    pass
