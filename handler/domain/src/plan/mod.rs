//! Desired and observed -> ordered steps.
