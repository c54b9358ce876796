//! What happened to an upload: the receipt.
