//! Where a person sees in the browser what was registered.

use url::Url;

/// The page of the deployment `id`, by the address `api` of the API; `None` where the API's does not tell it.
///
/// Source: `prefect/settings` and `prefect/utilities/urls.py` of 3.9: the UI is beside `/api`; that of Cloud has a host of its
/// own and writes `account` and `workspace`.
pub fn of_deployment(api: &str, id: &str) -> Option<String> {
    Some(format!("{}/deployments/deployment/{id}", ui(api)?))
}

/// The page of the flow run `id`; `None` where the API's address does not tell it. Prefect 2 goes on to its own page from there.
pub fn of_run(api: &str, id: &str) -> Option<String> {
    Some(format!("{}/runs/flow-run/{id}", ui(api)?))
}

fn ui(api: &str) -> Option<String> {
    let url: Url = api.parse().ok()?;
    let origin = url.origin().ascii_serialization();
    let path = url.path().trim_end_matches('/');
    if let Some(above) = path.strip_suffix("/api") {
        return Some(format!("{origin}{above}"));
    }
    let workspace = path.strip_prefix("/api/accounts/")?.replace("/workspaces/", "/workspace/");
    let host = origin.strip_prefix("https://api.")?;
    Some(format!("https://app.{host}/account/{workspace}"))
}

#[cfg(test)]
mod tests {
    use super::of_deployment;

    #[test]
    fn the_page_of_a_deployment_is_beside_the_api() {
        let of = |api: &str| of_deployment(api, "1").unwrap_or_default();
        assert_eq!(of("http://h:4200/api"), "http://h:4200/deployments/deployment/1");
        assert_eq!(of("https://me:canary@h/p/api/"), "https://h/p/deployments/deployment/1");
        assert_eq!(
            of("https://api.prefect.cloud/api/accounts/a/workspaces/w"),
            "https://app.prefect.cloud/account/a/workspace/w/deployments/deployment/1"
        );
        assert_eq!(of("http://h:4200/v1"), "");
    }
}
