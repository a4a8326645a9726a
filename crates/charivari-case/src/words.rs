//! Words that give the numbers beside them their meaning, in English, French, German and some Spanish.

/// How words before a number change what it allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bound {
    /// It or more.
    Least,
    /// It or less.
    Most,
    /// A little less than it.
    Nearly,
    /// A tenth more or less.
    About,
    /// The first of two.
    Between,
}

/// Words before a number; where one ends another, the longer stands first.
pub(crate) const WORDS: &[(&str, Bound)] = &[
    ("no more than", Bound::Most),
    ("not more than", Bound::Most),
    ("no fewer than", Bound::Least),
    ("no less than", Bound::Least),
    ("more than", Bound::Least),
    ("greater than", Bound::Least),
    ("at least", Bound::Least),
    ("upwards of", Bound::Least),
    ("in excess of", Bound::Least),
    ("over", Bound::Least),
    ("above", Bound::Least),
    ("plus de", Bound::Least),
    ("mehr als", Bound::Least),
    ("mindestens", Bound::Least),
    ("über", Bound::Least),
    ("más de", Bound::Least),
    (">", Bound::Least),
    ("≥", Bound::Least),
    ("less than", Bound::Most),
    ("fewer than", Bound::Most),
    ("at most", Bound::Most),
    ("up to", Bound::Most),
    ("under", Bound::Most),
    ("below", Bound::Most),
    ("moins de", Bound::Most),
    ("weniger als", Bound::Most),
    ("höchstens", Bound::Most),
    ("<", Bound::Most),
    ("≤", Bound::Most),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("close to", Bound::Nearly),
    ("presque", Bound::Nearly),
    ("fast", Bound::Nearly),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
    ("circa", Bound::About),
    ("ca.", Bound::About),
    ("environ", Bound::About),
    ("etwa", Bound::About),
    ("rund", Bound::About),
    ("~", Bound::About),
    ("≈", Bound::About),
    ("between", Bound::Between),
    ("entre", Bound::Between),
    ("zwischen", Bound::Between),
    ("from", Bound::Between),
];

/// What joins the two ends of a range.
pub(crate) const JOINTS: [&str; 8] = [" and ", " to ", " et ", " und ", " bis ", " à ", "–", "-"];

/// Words that are no unit and after which none is looked for.
pub(crate) const NO_UNITS: &[&str] = &[
    "in", "on", "at", "and", "or", "to", "for", "from", "by", "were", "was", "is", "are", "be",
    "a", "an", "that", "which", "who", "with", "had", "has", "have", "as", "per", "than", "more",
    "less", "if", "but", "not", "et", "ou", "dans", "en", "sur", "und", "oder", "im", "am", "auf",
    "y", "o", "it", "they", "he", "she", "we", "after", "before", "when", "since", "until", "each",
    "all",
];

/// Words that stand between a number and its unit.
pub(crate) const BETWEEN: [&str; 7] = ["of", "the", "de", "des", "d", "its", "their"];

/// Names of months, with a capital where a language writes one.
pub(crate) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "Januar",
    "Februar",
    "März",
    "Mai",
    "Juni",
    "Juli",
    "Oktober",
    "Dezember",
];

/// What may stand between an amount and what it is said to be worth.
pub(crate) const WORTH: [&str; 13] = [
    "(",
    "(or",
    "or",
    ", or",
    "=",
    "(=",
    "worth",
    ", worth",
    "(worth",
    "(i.e.",
    ", i.e.",
    "/",
    "valued at",
];
