//! A look-alike beside the genuine: what each says of itself, for readers who want to see for
//! themselves.

use charivari_model::case::Beside;
use charivari_text::distance::levenshtein_similarity;
use charivari_text::show::shorten;
use charivari_text::skeleton;

use crate::Account;
use crate::names::Part;
use crate::picture::Print;
use crate::protected::Protected;
use crate::score::{Evidence, Link, PictureSign};

/// So many characters of a bio are shown.
const SHOWN: usize = 280;

/// What an account shows beside what the protected one shows: name, handle, bio, link and picture, as
/// far as the account has them. `print` is the account's picture.
pub fn beside(
    entry: &Protected,
    account: &Account<'_>,
    evidence: &Evidence,
    print: Option<&Print>,
) -> Vec<Beside> {
    let row = |what: &str, genuine: &str, met: &str, difference: String| Beside {
        what: what.to_owned(),
        genuine: shorten(genuine, SHOWN).to_string(),
        met: shorten(met, SHOWN).to_string(),
        difference,
    };
    let mut rows = Vec::new();
    if let Some(name) = filled(account.name) {
        let genuine = nearest(entry.names.iter(), name);
        rows.push(row("name", genuine, name, difference(genuine, name, evidence, Part::Name)));
    }
    let handle = account.bare_handle();
    if !handle.is_empty() {
        let genuine = nearest(entry.handles.values().flatten(), handle);
        rows.push(row(
            "handle",
            genuine,
            handle,
            difference(genuine, handle, evidence, Part::Handle),
        ));
    }
    if let Some(bio) = filled(account.bio) {
        let copied = evidence.bio_copied.map_or_else(
            || "the genuine bio is not known".to_owned(),
            |share| format!("{:.0} % of the genuine bio is in it", share * 100.0),
        );
        rows.push(row("bio", &entry.bio, bio, copied));
    }
    if let Some(link) = filled(account.link) {
        let genuine = entry.domains.first().map_or("", String::as_str);
        let leads = match &evidence.link {
            Link::Genuine => "leads to the genuine site".to_owned(),
            Link::LookAlike(how) => how.clone(),
            Link::None | Link::Other => "leads elsewhere".to_owned(),
        };
        rows.push(row("link", genuine, link, leads));
    }
    rows.extend(print.and_then(|print| picture(entry, evidence, print)));
    rows
}

/// The pictures as hashes: a report draws these, and shows nobody's face.
fn picture(entry: &Protected, evidence: &Evidence, print: &Print) -> Option<Beside> {
    let nearest = entry.pictures.iter().min_by_key(|genuine| print.forms.nearest(**genuine).1)?;
    let (form, distance) = print.forms.nearest(*nearest);
    let difference = match evidence.picture {
        PictureSign::Same(..) => {
            let turned = form.words();
            let how = if turned.is_empty() { "as it is" } else { turned };
            format!("one picture, {how}: {distance} of 256 bits differ")
        }
        PictureSign::Other | PictureSign::Unknown => format!("{distance} of 256 bits differ"),
    };
    Some(Beside {
        what: "picture".to_owned(),
        genuine: nearest.to_string(),
        // Turned back, so that what agrees is seen to agree.
        met: print.forms.get(form).to_string(),
        difference,
    })
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// The genuine name that is most like this one.
fn nearest<'n>(genuine: impl Iterator<Item = &'n String>, met: &str) -> &'n str {
    let likeness = |name: &str| levenshtein_similarity(&skeleton::of(name), &skeleton::of(met));
    // Of equally like names the first, which is the one by which it is called.
    let best = genuine.map(|name| (likeness(name), name.as_str()));
    best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map_or("", |it| it.1)
}

/// How a name differs from the genuine, in words.
fn difference(genuine: &str, met: &str, evidence: &Evidence, part: Part) -> String {
    if genuine.is_empty() {
        return "no genuine one is known here".to_owned();
    }
    if genuine == met {
        return "the same".to_owned();
    }
    let found = evidence.likeness.iter().find(|it| it.part == part).map(|it| it.reason.clone());
    skeleton::describe(genuine, met).or(found).unwrap_or_else(|| "another one".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protected::Kind;
    use crate::score::Evidence;

    #[test]
    fn each_thing_stands_beside_the_genuine_one_that_is_nearest() {
        let entry = Protected {
            id: "quillon".to_owned(),
            kind: Kind::Person,
            names: vec!["M. Quillon".to_owned(), "Mara Quillon".to_owned()],
            handles: [("x".to_owned(), vec!["maraquillon".to_owned()])].into(),
            domains: vec!["lanterne.example".to_owned()],
            bio: "Editor".to_owned(),
            ..Protected::default()
        };
        let account = Account {
            platform: "x",
            id: "7",
            handle: Some("@maraqui11on"),
            name: Some("Mara Quill\u{3bf}n"),
            link: Some("https://lanteme.example"),
            ..Account::default()
        };
        let evidence =
            Evidence { link: Link::LookAlike("m for rn".to_owned()), ..Evidence::default() };
        let rows = beside(&entry, &account, &evidence, None);
        let told: Vec<[&str; 3]> =
            rows.iter().map(|it| [&*it.what, &*it.genuine, &*it.met]).collect();
        assert_eq!(
            told,
            [
                ["name", "Mara Quillon", "Mara Quill\u{3bf}n"],
                ["handle", "maraquillon", "maraqui11on"],
                ["link", "lanterne.example", "https://lanteme.example"],
            ]
        );
        assert!(rows.iter().all(|it| !it.difference.is_empty() && it.difference != "another one"));
    }
}
