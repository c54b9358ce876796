//! Arguments -> front.

fn main() {}
