//! The ways of acting together that are looked for, one file each, in one static list.
//!
//! A behaviour names the objects that one post touches. Each file's doc comment has the fixed
//! headings *What it finds · Why it matters · Innocent explanations · Parameters · Source*. To add
//! one, write its file, declare it and put it into [`BEHAVIOURS`]: that is all.

mod domain;
mod hashtag;
mod hashtag_sequence;
mod link;
mod meaning;
mod media;
mod mention;
mod near_text;
mod reply;
mod repost;
mod text;

use charivari_text::normalise::Normaliser;

use crate::parameters::Parameters;
use crate::posts::Post;

/// All behaviours, the most specific first.
///
/// The order has a meaning: a pair of posts that meets in several layers counts in the one where it
/// shares most objects, and of equals in the earliest here (see [`crate::edges`]).
pub static BEHAVIOURS: &[&dyn Behaviour] = &[
    &repost::Repost,
    &media::Media,
    &text::Text,
    &near_text::NearText,
    &hashtag_sequence::HashtagSequence,
    &link::Link,
    &reply::Reply,
    &meaning::Meaning,
    &hashtag::Hashtag,
    &mention::Mention,
    &domain::Domain,
];

/// The name of traces whose source does not say which behaviour they show.
pub const TRACE: &str = "trace";

/// One way of acting together.
pub trait Behaviour: Sync {
    /// The stable name, for `--by` and for tables.
    fn name(&self) -> &'static str;

    /// The columns of the posts table that it reads, beyond the ids and the time.
    ///
    /// One that only asks whether texts are the same needs `text_digest`: either what
    /// [`charivari_model::schema::text_keys`] keep of the text, or the text.
    fn needs(&self) -> &'static [&'static str];

    /// Whether it is looked for when the analyst names none: so are those whose objects are
    /// specific enough that meeting on them says something by itself.
    fn is_default(&self) -> bool;

    /// Whether it looks at reposts. The others do so only when asked to.
    fn is_of_reposts(&self) -> bool {
        false
    }

    /// What two accounts did that met in it, as a sentence for a reader.
    fn meaning(&self) -> &'static str;

    /// What else could make accounts act together in this way, as sentences for a reader.
    fn innocent_explanations(&self) -> &'static [&'static str];

    /// Emits every object that `post` touches. An object may be emitted twice; it counts once.
    fn objects(&self, post: &Post<'_>, parameters: &Parameters, emit: &mut Emit<'_>);
}

/// Space that posts use one after the other; keep one per thread.
#[derive(Debug, Default)]
pub struct Scratch {
    object: String,
    normaliser: Normaliser,
}

impl Scratch {
    /// A buffer and a normaliser.
    pub(crate) fn normaliser(&mut self) -> (&mut String, &mut Normaliser) {
        (&mut self.object, &mut self.normaliser)
    }
}

/// Takes the objects of one post.
pub struct Emit<'e> {
    /// A buffer for building an object; it is cleared by whoever uses it.
    pub scratch: &'e mut String,
    /// Normalises texts in space that is used again.
    pub normaliser: &'e mut Normaliser,
    take: &'e mut dyn FnMut(&str),
}

impl<'e> Emit<'e> {
    /// An emitter that hands objects to `take`.
    pub fn new(scratch: &'e mut Scratch, take: &'e mut dyn FnMut(&str)) -> Self {
        Self { scratch: &mut scratch.object, normaliser: &mut scratch.normaliser, take }
    }

    /// Hands on `object`, unless it is empty.
    pub fn object(&mut self, object: &str) {
        if !object.is_empty() {
            (self.take)(object);
        }
    }

    /// Hands on what was built in the scratch buffer.
    pub fn scratch(&mut self) {
        if !self.scratch.is_empty() {
            (self.take)(self.scratch);
        }
    }

    /// Hands on a native id, told apart by platform.
    pub fn keyed(&mut self, platform: &str, native: &str) {
        if !native.is_empty() {
            charivari_model::key::write_key(platform, native, self.scratch);
            (self.take)(self.scratch);
        }
    }
}

/// The behaviour called `name`, and its place in the list.
pub fn by_name(name: &str) -> Option<(usize, &'static dyn Behaviour)> {
    BEHAVIOURS.iter().copied().enumerate().find(|(_, behaviour)| behaviour.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::test_post;

    fn objects(name: &str, post: &Post<'_>, parameters: &Parameters) -> Vec<String> {
        let (_, behaviour) = by_name(name).unwrap();
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        let mut take = |object: &str| found.push(object.to_owned());
        behaviour.objects(post, parameters, &mut Emit::new(&mut scratch, &mut take));
        found
    }

    #[test]
    fn each_behaviour_names_its_objects() {
        let post = test_post();
        let parameters = Parameters::default();
        for (name, expected) in [
            ("repost", vec![]),
            ("media", vec!["x:m1"]),
            ("hashtag", vec!["alpha", "beta", "gamma"]),
            ("hashtag-sequence", vec!["alpha beta gamma"]),
            ("link", vec!["https://news.example.org/a"]),
            ("domain", vec!["example.org"]),
            ("mention", vec!["x:bob"]),
            ("reply", vec!["x:41"]),
        ] {
            assert_eq!(objects(name, &post, &parameters), expected, "{name}");
        }
        assert_eq!(objects("text", &post, &parameters).len(), 1);
    }

    #[test]
    fn a_repost_of_an_unknown_post_is_known_by_its_text() {
        let mut post = test_post();
        post.is_repost = true;
        let by_text = objects("repost", &post, &Parameters::default());
        assert!(by_text[0].starts_with("text:"), "{by_text:?}");
        post.repost_of = "7";
        assert_eq!(objects("repost", &post, &Parameters::default()), ["x:7"]);
    }

    #[test]
    fn short_texts_and_sequences_are_no_objects() {
        let mut post = test_post();
        post.text = "Good morning!";
        assert!(objects("text", &post, &Parameters::default()).is_empty());
        let parameters = Parameters { min_sequence: 4, ..Parameters::default() };
        assert!(objects("hashtag-sequence", &post, &parameters).is_empty());
    }

    #[test]
    fn names_are_unique_and_every_behaviour_has_innocent_explanations() {
        for (place, behaviour) in BEHAVIOURS.iter().enumerate() {
            assert_eq!(by_name(behaviour.name()).unwrap().0, place);
            assert!(behaviour.innocent_explanations().len() >= 2, "{}", behaviour.name());
            assert!(behaviour.meaning().ends_with('.'), "{}", behaviour.name());
        }
    }
}
