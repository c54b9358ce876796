//! Settings that cannot be used.

/// A setting that cannot be used; its value is not part of this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting} must be {want}")]
pub struct ConfigFault {
    /// The setting's name.
    pub setting: &'static str,
    /// What it should look like.
    pub want: &'static str,
}

/// Every fault of the settings.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ConfigFaults(pub Vec<ConfigFault>);
