//! No core of a crash: it would hold every secret that the process holds, its environment with the keys first.

/// Has the system write none, neither to a file nor to the handler of `core_pattern`, which a limit of size does not stop
/// (`core(5)`), and lets no other process of the same user read the memory.
///
/// # Errors
/// When the system refuses.
#[cfg(target_os = "linux")]
pub fn forbid() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    rustix::process::setrlimit(Resource::Core, none)?;
    Ok(rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}

/// Elsewhere cores are off unless somebody turns them on.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn forbid() -> std::io::Result<()> {
    Ok(())
}
