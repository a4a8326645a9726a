//! What is known of an account beside a protected one, as yes or no.

use charivari_text::show::{shorten, visible};

use crate::names::{Class, Level, Likeness, Part};
use crate::picture::Form;

/// What the pictures say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureSign {
    /// One of the two has none to compare.
    #[default]
    Unknown,
    /// They are of one picture: in which form, and how far apart.
    Same(Form, u32),
    /// They are different pictures.
    Other,
}

/// Where the link of a profile leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// There is none.
    #[default]
    None,
    /// To a genuine domain.
    Genuine,
    /// To a domain that looks like a genuine one, with the sentence that says how.
    LookAlike(String),
    /// Elsewhere.
    Other,
}

/// All that is known of one account beside one who is protected.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sign of its own, and any may go with any"
)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// How name and handle are alike, the stronger first.
    pub likeness: Vec<Likeness>,
    /// How much of the genuine bio is in this one, 0 to 1; `None` where one of them is empty.
    pub bio_copied: Option<f64>,
    /// Whether the account has a bio.
    pub has_bio: bool,
    /// What words in the bio say.
    pub bio_says: Vec<Class>,
    /// The bio speaks of working for the genuine, or names its handle.
    pub staff: bool,
    /// The bio names a genuine handle.
    pub names_genuine: bool,
    /// The bio asks for money, wallets or private messages.
    pub lure: bool,
    /// What the pictures say.
    pub picture: PictureSign,
    /// Days from the event to its making; negative before it.
    pub made: Option<f64>,
    /// Where the link leads.
    pub link: Link,
    /// Whether the platform vouches for it.
    pub verified: bool,
    /// How many readers of the genuine account it answered; `None` where the data cannot say.
    pub readers: Option<u32>,
    /// The share of its followers who follow the genuine too; `None` where the data cannot say.
    pub followers: Option<f64>,
}

/// One yes or no of which a weight was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is described by `Feature::words`")]
pub enum Feature {
    Disguised,
    Same,
    Variant,
    Affixed,
    Near,
    Contains,
    Both,
    Claim,
    Parody,
    Fan,
    Place,
    Service,
    Staff,
    PictureSame,
    PictureOther,
    BioCopied,
    BioOther,
    NoBio,
    Young,
    Old,
    LinkGenuine,
    LinkLookAlike,
    LinkOther,
    Verified,
    Lure,
    Readers,
    Followers,
}

impl Feature {
    /// All, in the order of the weights.
    pub const ALL: [Self; 27] = [
        Self::Disguised,
        Self::Same,
        Self::Variant,
        Self::Affixed,
        Self::Near,
        Self::Contains,
        Self::Both,
        Self::Claim,
        Self::Parody,
        Self::Fan,
        Self::Place,
        Self::Service,
        Self::Staff,
        Self::PictureSame,
        Self::PictureOther,
        Self::BioCopied,
        Self::BioOther,
        Self::NoBio,
        Self::Young,
        Self::Old,
        Self::LinkGenuine,
        Self::LinkLookAlike,
        Self::LinkOther,
        Self::Verified,
        Self::Lure,
        Self::Readers,
        Self::Followers,
    ];

    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disguised => "name-disguised",
            Self::Same => "name-same",
            Self::Variant => "name-variant",
            Self::Affixed => "name-affixed",
            Self::Near => "name-near",
            Self::Contains => "name-contained",
            Self::Both => "name-and-handle",
            Self::Claim => "claims-genuine",
            Self::Parody => "says-parody",
            Self::Fan => "says-fan",
            Self::Place => "names-place",
            Self::Service => "names-service",
            Self::Staff => "says-staff",
            Self::PictureSame => "picture-same",
            Self::PictureOther => "picture-other",
            Self::BioCopied => "bio-copied",
            Self::BioOther => "bio-other",
            Self::NoBio => "bio-none",
            Self::Young => "made-for-event",
            Self::Old => "made-long-before",
            Self::LinkGenuine => "link-genuine",
            Self::LinkLookAlike => "link-look-alike",
            Self::LinkOther => "link-elsewhere",
            Self::Verified => "verified",
            Self::Lure => "asks",
            Self::Readers => "answers-readers",
            Self::Followers => "followers-common",
        }
    }

    /// What it means, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Disguised => "the name reads the same by a trick",
            Self::Same => "the name is the same",
            Self::Variant => "the name is the same in another form",
            Self::Affixed => "the name is the same with an addition",
            Self::Near => "the name differs in a letter or two",
            Self::Contains => "the name is contained",
            Self::Both => "name and handle are both alike",
            Self::Claim => "it says that it is the official or real one",
            Self::Parody => "it says that it is parody or not the genuine",
            Self::Fan => "it says that it is by admirers",
            Self::Place => "it names a place, language or section",
            Self::Service => "it names a service",
            Self::Staff => "it says that it works for, or belongs to, the genuine",
            Self::PictureSame => "it shows a genuine picture",
            Self::PictureOther => "it shows another picture",
            Self::BioCopied => "its bio is copied from the genuine",
            Self::BioOther => "its bio is its own",
            Self::NoBio => "it has no bio",
            Self::Young => "it was made shortly before the event or after it",
            Self::Old => "it was made long before the event",
            Self::LinkGenuine => "it links to a genuine domain",
            Self::LinkLookAlike => "it links to a domain that looks like a genuine one",
            Self::LinkOther => "it links elsewhere",
            Self::Verified => "its platform vouches for it",
            Self::Lure => "it asks for money, wallets or private messages",
            Self::Readers => "it answers readers of the genuine account",
            Self::Followers => "its followers follow the genuine account too",
        }
    }
}

/// Bios at least so alike are copies.
const COPIED: f64 = 0.6;
/// Days before the event from which an account is young, and before which it is old.
const YOUNG: f64 = -150.0;
const OLD: f64 = -730.0;

impl Evidence {
    /// The strongest level of name or handle.
    pub fn level(&self) -> Option<Level> {
        self.likeness.first().map(|likeness| likeness.level)
    }

    /// The words in name, handle and bio.
    pub fn says(&self, class: Class) -> bool {
        self.bio_says.contains(&class)
            || self.likeness.iter().any(|likeness| likeness.added.contains(&class))
    }

    /// What added words of the name say, and not those of the bio.
    fn name_says(&self, class: Class) -> bool {
        self.likeness.iter().any(|likeness| likeness.added.contains(&class))
    }

    /// The features that hold, with the reason of each.
    pub fn features(&self) -> Vec<(Feature, String)> {
        let mut found = Vec::new();
        if let Some(first) = self.likeness.first() {
            let part = if first.part == Part::Name { "name" } else { "handle" };
            found.push((of_level(first.level), format!("{part}: {}", first.reason)));
        }
        if let [_, second] = &self.likeness[..] {
            found.push((Feature::Both, format!("and {}", second.reason)));
        }
        let mut note = |holds: bool, feature: Feature| {
            if holds {
                found.push((feature, feature.words().to_owned()));
            }
        };
        note(self.says(Class::Claim), Feature::Claim);
        note(self.says(Class::Parody), Feature::Parody);
        note(self.says(Class::Fan), Feature::Fan);
        note(self.name_says(Class::Place), Feature::Place);
        note(self.name_says(Class::Service), Feature::Service);
        note(self.staff, Feature::Staff);
        note(self.picture == PictureSign::Other, Feature::PictureOther);
        note(self.bio_copied.is_some_and(|share| share < COPIED), Feature::BioOther);
        note(!self.has_bio, Feature::NoBio);
        note(self.made.is_some_and(|days| days >= YOUNG), Feature::Young);
        note(self.made.is_some_and(|days| days < OLD), Feature::Old);
        note(self.link == Link::Genuine, Feature::LinkGenuine);
        note(self.link == Link::Other, Feature::LinkOther);
        note(self.verified, Feature::Verified);
        note(self.lure, Feature::Lure);
        self.with_figures(&mut found);
        found
    }

    fn with_figures(&self, found: &mut Vec<(Feature, String)>) {
        if let PictureSign::Same(form, distance) = self.picture {
            let how =
                if form == Form::Original { String::new() } else { format!(", {}", form.words()) };
            let reason = format!("it shows a genuine picture{how} ({distance} of 256 bits differ)");
            found.push((Feature::PictureSame, reason));
        }
        if let Some(share) = self.bio_copied.filter(|share| *share >= COPIED) {
            let reason = format!("{:.0} % of its bio is the genuine one's", share * 100.0);
            found.push((Feature::BioCopied, reason));
        }
        if let Link::LookAlike(reason) = &self.link {
            let reason = visible(&shorten(reason, 200)).into_owned();
            found.push((Feature::LinkLookAlike, format!("its link: {reason}")));
        }
        if let Some(count) = self.readers.filter(|count| *count >= 2) {
            let reason = format!("it answered {count} who had answered the genuine account");
            found.push((Feature::Readers, reason));
        }
        if let Some(share) = self.followers.filter(|share| *share >= 0.2) {
            let reason = format!("{:.0} % of its followers follow the genuine too", share * 100.0);
            found.push((Feature::Followers, reason));
        }
    }
}

fn of_level(level: Level) -> Feature {
    match level {
        Level::Disguised => Feature::Disguised,
        Level::Same => Feature::Same,
        Level::Variant => Feature::Variant,
        Level::Affixed => Feature::Affixed,
        Level::Near => Feature::Near,
        Level::Contains => Feature::Contains,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An account of the same name, of which nothing else is known.
    pub(in crate::score) fn exact_name() -> Evidence {
        let likeness = Likeness {
            level: Level::Same,
            part: Part::Name,
            reason: "`Mara Quillon` is the same".to_owned(),
            added: Vec::new(),
        };
        Evidence { likeness: vec![likeness], ..Evidence::default() }
    }

    #[test]
    fn each_feature_has_a_name_of_its_own() {
        let mut names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Feature::ALL.len());
    }

    #[test]
    fn features_follow_from_the_evidence() {
        let mut evidence = exact_name();
        evidence.made = Some(-10.0);
        evidence.picture = PictureSign::Same(Form::Mirrored, 12);
        let names: Vec<&str> =
            evidence.features().iter().map(|(feature, _)| feature.name()).collect();
        assert_eq!(names, ["name-same", "bio-none", "made-for-event", "picture-same"]);
        let reason = &evidence.features()[3].1;
        assert_eq!(
            reason,
            "it shows a genuine picture, mirrored left to right (12 of 256 bits differ)"
        );
    }
}
