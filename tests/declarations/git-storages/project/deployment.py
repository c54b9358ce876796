from prefect import flow
from prefect.blocks.system import Secret
from prefect.runner.storage import GitRepository, RemoteStorage


@flow
def mirror(branch: str = "main"): ...


public = mirror.to_deployment("public", work_pool_name="local")
public.storage = GitRepository(url="https://github.com/acme/mirror")

pinned = mirror.to_deployment("pinned", work_pool_name="local", entrypoint_type="file_path")
pinned.storage = GitRepository(
    url="https://dev.azure.com/acme/_git/mirror",
    commit_sha="8f14e45fceea167a5a36dedd4bea2543f1e4a1b0",
    directories=["flows", "lib"],
    name="mirror-pinned",
)

token = mirror.to_deployment("token", work_pool_name="local")
token.storage = GitRepository(
    "https://gitlab.com/acme/mirror.git",
    credentials={"username": "oauth2", "access_token": Secret.load("git-token")},
    branch="dev",
)

bucket = mirror.to_deployment("bucket", work_pool_name="local")
bucket.storage = RemoteStorage(url="az://flows/mirror", account_name="acme", account_key=Secret.load("git-token"))

for each in public, pinned, token, bucket:
    each.apply()
