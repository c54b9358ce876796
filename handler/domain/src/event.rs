//! Event Grid events, both schemas -> where to look.
