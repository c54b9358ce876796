//! `profiles.toml` of the person's Prefect. Source: `prefect/settings/profiles.py` of 2.x and 3.x.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::ConfigFault;

#[derive(Debug, serde::Deserialize)]
struct File {
    active: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, BTreeMap<String, toml::Value>>,
}

/// The `PREFECT_…` settings of the profile that `PREFECT_PROFILE` names, else of the active one; none without the file.
///
/// # Errors
/// When the file cannot be read, or has no profile of that name.
pub(super) fn settings(
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<BTreeMap<String, String>, ConfigFault> {
    let Some(path) = path(lookup) else { return Ok(BTreeMap::new()) };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(_) => return Err(fault("PREFECT_PROFILES_PATH", "a file that can be read")),
    };
    chosen(&text, lookup("PREFECT_PROFILE"))
}

fn path(lookup: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    if let Some(path) = lookup("PREFECT_PROFILES_PATH") {
        return Some(path.into());
    }
    let home = lookup("PREFECT_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(lookup("HOME")?).join(".prefect")))?;
    Some(home.join("profiles.toml"))
}

fn chosen(text: &str, named: Option<String>) -> Result<BTreeMap<String, String>, ConfigFault> {
    let file: File = toml::from_str(text).map_err(|_quotes_the_file| {
        fault("PREFECT_PROFILES_PATH", "a profiles.toml as Prefect writes it")
    })?;
    let Some(name) = named.as_ref().or(file.active.as_ref()) else { return Ok(BTreeMap::new()) };
    let Some(profile) = file.profiles.get(name) else {
        // the active profile of an untouched Prefect need not be in the file
        let known = fault("PREFECT_PROFILE", "the name of a profile: `prefect profile ls`");
        return if named.is_some() { Err(known) } else { Ok(BTreeMap::new()) };
    };
    let ours = profile.iter().filter(|(key, _)| key.starts_with("PREFECT_"));
    Ok(ours.map(|(key, value)| (key.clone(), plain(value))).collect())
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn fault(setting: &'static str, want: &'static str) -> ConfigFault {
    ConfigFault::Wrong { setting, want }
}

#[cfg(test)]
mod tests {
    use super::chosen;

    const FILE: &str = "active = \"work\"\n[profiles.work]\nPREFECT_API_URL = \"http://w/api\"\nOTHER = \"x\"\n[profiles.home]\nPREFECT_API_TLS_INSECURE_SKIP_VERIFY = true\n";

    #[test]
    fn the_active_profile_counts_unless_another_is_named() {
        let work = chosen(FILE, None).unwrap();
        assert_eq!(
            work.into_iter().collect::<Vec<_>>(),
            [("PREFECT_API_URL".to_owned(), "http://w/api".to_owned())]
        );
        let home = chosen(FILE, Some("home".to_owned())).unwrap();
        assert_eq!(home["PREFECT_API_TLS_INSECURE_SKIP_VERIFY"], "true");
    }

    #[test]
    fn a_profile_that_is_not_there_is_a_fault_when_it_is_named() {
        let fault = chosen(FILE, Some("gone".to_owned())).unwrap_err().to_string();
        assert!(fault.starts_with("PREFECT_PROFILE must be"), "{fault}");
        assert!(chosen("active = \"ephemeral\"\n", None).unwrap().is_empty());
        assert!(chosen("active = ", None).is_err());
    }
}
