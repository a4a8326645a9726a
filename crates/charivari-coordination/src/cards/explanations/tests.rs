use super::*;
use crate::communities::GroupKind;

/// A tight crew that shares what nobody else has: nothing innocent fits.
fn crew() -> Facts {
    Facts {
        kind: GroupKind::Coordinated,
        accounts: 12,
        density: 0.9,
        delay_share: 0.05,
        evenness: Some(0.8),
        texts: Some(1.0),
        outsiders: 0.1,
        sharers: 13,
        burst: Burst { posts: 200, share: 0.1, days: 30.0 },
        sites: Some(Sites::default()),
        top_name: Some(Name { name: "#leak".to_owned(), share: 0.2, accounts: 12 }),
        round: Some(Round {
            posts: 900,
            step_minutes: 1,
            share: 0.02,
            expected: 1.0 / 60.0,
            accounts: 0.0,
        }),
    }
}

#[test]
fn each_explanation_fits_its_own_sign_alone() {
    let sites =
        Sites { linking: 12, one_site: 9, own_site: 8, example: Some("herald.example".to_owned()) };
    let fans = Name { name: "@idol".to_owned(), share: 0.8, accounts: 11 };
    let round =
        Round { posts: 900, step_minutes: 15, share: 0.7, expected: 1.0 / 900.0, accounts: 0.9 };
    for (name, facts, expected) in [
        ("a crew", crew(), vec![]),
        ("publishers", Facts { kind: GroupKind::Syndication, ..crew() }, vec!["news-outlets"]),
        ("outlets", Facts { sites: Some(sites), ..crew() }, vec!["news-outlets"]),
        (
            "an application",
            Facts { delay_share: 0.5, evenness: Some(0.99), ..crew() },
            vec!["one-application"],
        ),
        ("fans", Facts { top_name: Some(fans), ..crew() }, vec!["supporters"]),
        (
            "a call",
            Facts { density: 0.2, delay_share: 0.4, outsiders: 0.9, ..crew() },
            vec!["published-call"],
        ),
        (
            "a match",
            Facts { burst: Burst { posts: 80, share: 0.9, days: 12.0 }, ..crew() },
            vec!["live-event"],
        ),
        ("a schedule", Facts { round: Some(round), ..crew() }, vec!["schedule"]),
    ] {
        let explained = of(&facts);
        let fits: Vec<&str> = explained.fits.iter().map(|fit| fit.name).collect();
        assert_eq!(fits, expected, "{name}");
        assert!(explained.not_measured.is_empty(), "{name}");
        for fit in &explained.fits {
            assert!(fit.sign.ends_with('.') && !fit.sign.contains("  "), "{}", fit.sign);
        }
    }
}

#[test]
fn what_was_not_read_is_said() {
    let explained = of(&Facts::default());
    assert!(explained.fits.is_empty());
    let names: Vec<&str> = explained.not_measured.iter().map(|what| what.name).collect();
    assert_eq!(names, ["news-outlets", "one-application", "supporters", "live-event", "schedule"]);
}

#[test]
fn names_are_unique() {
    let mut names: Vec<&str> = EXPLANATIONS.iter().map(|explanation| explanation.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EXPLANATIONS.len());
}
