//! What a message claims, and what of it can be verified.
