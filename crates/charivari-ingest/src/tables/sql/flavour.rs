//! Whose dump it is: that decides what a backslash means.

use crate::tables::report::SqlFlavour;

/// What a dump's beginning says of its maker, the surest first.
const MARKS: &[(&str, SqlFlavour)] = &[
    ("postgresql database dump", SqlFlavour::PostgreSql),
    ("mysql dump", SqlFlavour::MySql),
    ("mariadb dump", SqlFlavour::MySql),
    ("phpmyadmin", SqlFlavour::MySql),
    ("standard_conforming_strings", SqlFlavour::PostgreSql),
    (" from stdin", SqlFlavour::PostgreSql),
    ("pragma foreign_keys", SqlFlavour::Sqlite),
    ("set identity_insert", SqlFlavour::SqlServer),
    ("[dbo].", SqlFlavour::SqlServer),
    ("/*!4", SqlFlavour::MySql),
    ("/*!5", SqlFlavour::MySql),
    ("engine=", SqlFlavour::MySql),
    ("pg_catalog", SqlFlavour::PostgreSql),
    ("begin transaction;", SqlFlavour::Sqlite),
    ("insert into `", SqlFlavour::MySql),
    ("create table `", SqlFlavour::MySql),
    ("replace into ", SqlFlavour::MySql),
];

/// The maker of a dump that begins with `head`.
pub(crate) fn flavour(head: &str) -> SqlFlavour {
    let lower = head.to_ascii_lowercase();
    let marked = MARKS.iter().find(|(mark, _)| lower.contains(mark));
    match marked {
        Some((_, flavour)) => *flavour,
        // A quote behind a backslash that does not end the value is an escape.
        None if lower.match_indices("\\'").any(|(at, _)| !ends_value(&lower[at + 2..])) => {
            SqlFlavour::MySql
        }
        None => SqlFlavour::Other,
    }
}

fn ends_value(rest: &str) -> bool {
    matches!(rest.trim_start().chars().next(), Some(',' | ')') | None)
}

impl SqlFlavour {
    /// Whether a backslash escapes in plain strings.
    pub(crate) fn has_backslashes(self) -> bool {
        self == Self::MySql
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maker_is_told_by_what_only_it_writes() {
        for (head, expected) in [
            ("-- MySQL dump 10.13\n", SqlFlavour::MySql),
            ("-- PostgreSQL database dump\nCOPY t FROM stdin;", SqlFlavour::PostgreSql),
            ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;", SqlFlavour::Sqlite),
            ("INSERT [dbo].[t] ([a]) VALUES (1)\nGO\n", SqlFlavour::SqlServer),
            ("INSERT INTO t VALUES ('it\\'s');", SqlFlavour::MySql),
            ("INSERT INTO t VALUES ('C:\\');", SqlFlavour::Other),
            ("INSERT INTO t VALUES ('it''s');", SqlFlavour::Other),
        ] {
            assert_eq!(flavour(head), expected, "{head}");
        }
    }
}
