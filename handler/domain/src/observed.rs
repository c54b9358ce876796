//! What a Prefect server has.
