//! Settings that cannot be used.

/// Why a setting cannot be used; its value is not part of this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigFault {
    /// It has a value that cannot be used.
    #[error("{setting} must be {want}")]
    Wrong {
        /// The setting's name.
        setting: &'static str,
        /// What it should look like.
        want: &'static str,
    },
    /// It has no value, and needs one.
    #[error("{setting} is not set; set it to {want}")]
    Missing {
        /// The setting's name.
        setting: &'static str,
        /// What it should look like.
        want: &'static str,
    },
    /// The file that it names cannot be used.
    #[error("{setting}: {why}")]
    File {
        /// The setting's name.
        setting: &'static str,
        /// The file, and what is wrong with it.
        why: String,
    },
}

/// Every fault of the settings.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ConfigFaults(pub Vec<ConfigFault>);
