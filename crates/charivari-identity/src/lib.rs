//! Who pretends to be someone else: look-alike names, domains, pictures and stolen identities.
