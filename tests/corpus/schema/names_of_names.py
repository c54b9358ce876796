from prefect import flow
a = b
b = a
A = list["A"]
type B = B
@flow
def main(x: a = b, y: A = A, z: B = a):
    pass
