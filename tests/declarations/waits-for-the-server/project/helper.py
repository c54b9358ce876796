import httpx
def ensure(url):
    try:
        r = httpx.get(url + "/health", timeout=3)
        if r.is_success:
            return True
        r.raise_for_status()
    except httpx.HTTPError as e:
        print(e)
        return False
def guarded(fl):
    fl.to_deployment("guarded").apply()
