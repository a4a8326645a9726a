//! Actors, techniques and names, as they were known on a date.
