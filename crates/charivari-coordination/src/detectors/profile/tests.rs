use super::*;
use crate::detectors::Profiles;
use crate::detectors::chance::Scatter;

const DAY: i64 = 86_400_000_000;
const ACCOUNTS: u32 = 400;
const MEMBERS: u32 = 12;

/// The first accounts are group 0, the next group 1, and the rest are in none.
fn groups() -> Vec<Option<u32>> {
    (0..ACCOUNTS).map(|account| (account < 2 * MEMBERS).then_some(account / MEMBERS)).collect()
}

/// Dates over ten years, to the second or to the day.
fn dates(seed: u64) -> Vec<Option<i64>> {
    let mut scatter = Scatter(seed);
    let mut date = || i64::from(scatter.below(3_650 * 86_400)) * 1_000_000;
    let date = |_| Some(if seed.is_multiple_of(2) { date() } else { date() / DAY * DAY });
    (0..ACCOUNTS).map(date).collect()
}

fn run(profiles: Profiles<'_>, groups: Option<&[Option<u32>]>) -> Signs {
    Profile.run(&Context { accounts: ACCOUNTS, profiles, groups, ..Context::default() })
}

/// The groups of which a kind of sign speaks.
fn grouped(signs: &Signs, name: &str) -> Vec<u32> {
    signs.rows.iter().filter(|s| s.sign == name).filter_map(|s| s.group).collect()
}

#[test]
fn a_group_made_within_a_week_is_found_and_the_other_is_not() {
    let mut created = dates(1);
    for (at, date) in created.iter_mut().take(8).enumerate() {
        *date = Some(2_000 * DAY + i64::try_from(at).unwrap() * DAY / 2);
    }
    let groups = groups();
    let profiles = Profiles { created: Some(&created), ..Profiles::default() };
    let signs = run(profiles, Some(&groups));
    assert_eq!(grouped(&signs, "created-group"), [0]);
    let sign = signs.rows.iter().find(|s| s.sign == "created-group").unwrap();
    assert!(sign.measure >= 7.0 && sign.expected < Some(0.5), "{sign:?}");
}

#[test]
fn dates_by_chance_make_no_burst() {
    let groups = groups();
    let mut blamed = 0;
    for seed in 0..60 {
        let created = dates(100 + seed);
        let profiles = Profiles { created: Some(&created), ..Profiles::default() };
        blamed += usize::from(!run(profiles, Some(&groups)).rows.is_empty());
    }
    // Two kinds of sign at a level of 5 % each; more than 10 of 60 have a chance below 4 %.
    assert!(blamed <= 10, "{blamed}");
}

#[test]
fn many_accounts_of_one_day_are_a_burst_without_groups() {
    let mut created = dates(2);
    for date in created.iter_mut().skip(100).take(10) {
        *date = Some(1_500 * DAY + 5);
    }
    let signs = run(Profiles { created: Some(&created), ..Profiles::default() }, None);
    let mut found: Vec<u32> = signs.rows.iter().filter_map(|sign| sign.account).collect();
    found.sort_unstable();
    assert_eq!(found, (100..110).collect::<Vec<_>>());
}

#[test]
fn handles_pictures_and_clients_of_a_group_stand_out() {
    let own: Vec<String> = (0..ACCOUNTS)
        .map(|a| {
            if a < MEMBERS {
                format!("marie{}", 10_000_000 + a)
            } else {
                format!("p{}_x", "o".repeat(a as usize % 9))
            }
        })
        .collect();
    let handle: Vec<Option<&str>> = own.iter().map(|handle| Some(handle.as_str())).collect();
    let picture: Vec<Option<&str>> = (0..ACCOUNTS)
        .map(|a| {
            Some(if (12..20).contains(&a) {
                "https://img.example.org/default_profile.png"
            } else {
                "https://img.example.org/1.png"
            })
        })
        .collect();
    let clients: Vec<(u32, &str)> = (0..ACCOUNTS)
        .flat_map(|a| [(a, if a < 9 { "Example Poster" } else { "Example Web" }); 3])
        .collect();
    let profiles = Profiles {
        handle: Some(&handle),
        picture: Some(&picture),
        clients: Some(&clients),
        ..Profiles::default()
    };
    let groups = groups();
    let signs = run(profiles, Some(&groups));
    assert_eq!(grouped(&signs, "handle-group"), [0]);
    assert_eq!(grouped(&signs, "picture-group"), [1]);
    assert_eq!(grouped(&signs, "client-group"), [0]);
    let client = signs.rows.iter().find(|sign| sign.sign == "client-group").unwrap();
    assert_eq!(
        (client.detail.as_str(), client.measure, client.expected),
        ("Example Poster", 0.75, Some(0.0))
    );
    assert_eq!(signs.rows.iter().filter(|sign| sign.sign == "handle-digits").count(), 12);
    assert_eq!(signs.rows.iter().filter(|sign| sign.sign == "picture-default").count(), 8);
    assert!(signs.notes.iter().any(|note| note.text == "created: not in this data"));
}

#[test]
fn languages_are_held_against_the_place_claimed() {
    let location: Vec<Option<&str>> =
        (0..ACCOUNTS).map(|a| if a % 2 == 0 { Some("Lyon, France") } else { None }).collect();
    let languages: Vec<(u32, &str)> =
        (0..ACCOUNTS).flat_map(|a| [(a, if a < 10 { "ru" } else { "fr-FR" }); 6]).collect();
    let profiles =
        Profiles { location: Some(&location), languages: Some(&languages), ..Profiles::default() };
    let groups = groups();
    let signs = run(profiles, Some(&groups));
    let single: Vec<u32> = signs
        .rows
        .iter()
        .filter(|sign| sign.sign == "place-language")
        .filter_map(|sign| sign.account)
        .collect();
    assert_eq!(single, [0, 2, 4, 6, 8]);
    assert_eq!(grouped(&signs, "place-group"), [0]);
}

#[test]
fn columns_of_other_lengths_and_absurd_values_do_no_harm() {
    let created = [Some(i64::MAX), Some(i64::MIN), None, Some(0)];
    let handle = [Some("\u{202e}@@"), None];
    let profiles = Profiles {
        created: Some(&created),
        handle: Some(&handle),
        clients: Some(&[(u32::MAX, "x")]),
        ..Profiles::default()
    };
    run(profiles, Some(&[Some(0)]));
}
