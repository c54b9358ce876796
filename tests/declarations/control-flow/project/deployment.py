from prefect import flow


@flow
def step(n: int, kind: str = "x"): ...


def kind_of(n):
    if n % 15 == 0:
        return "both"
    elif n % 3 == 0:
        return "three"
    elif not n % 5:
        return "five"
    return "none"


def first_prime(above):
    candidate = above
    while True:
        candidate += 1
        for divisor in range(2, candidate):
            if candidate % divisor == 0:
                break
        else:
            return candidate


deployments = []
for n in range(1, 20):
    if (kind := kind_of(n)) == "none":
        continue
    if n > 12:
        break
    deployments.append(step.to_deployment(f"{kind}-{n}", parameters={"n": n, "kind": kind}))
else:
    raise RuntimeError("never reached")

attempts = 0
while attempts < 5:
    attempts += 1
    try:
        if attempts < 3:
            raise ValueError(f"attempt {attempts}")
        value = {"a": 1}["b"] if attempts < 4 else first_prime(20)
    except ValueError as error:
        message = str(error)
    except (KeyError, IndexError):
        message = "missing"
    else:
        message = f"prime {value}"
        break
    finally:
        attempts = attempts + 0

assert deployments, "nothing to register"
deployments[0].description = message
deployments[-1].tags = ["last", str(attempts)]

for deployment in deployments:
    if deployment.name.startswith("five") and not deployment.parameters["n"] > 5:
        pass
    deployment.apply()
