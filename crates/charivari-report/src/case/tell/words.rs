//! Measures, times and grades in words.

use charivari_model::case::{Locator, Measure, Relation, Ruling, Verdict};
use charivari_model::{Confidence, Timestamp, When};

use crate::case::doc::{Line, Span, line};
use crate::format;

/// A number as people read it: separators where it is whole, three digits where it is not.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "unknown".to_owned();
    }
    let size = value.abs();
    if value.fract() == 0.0 && size < 1e15 {
        // Whole and far below 2^63, so that the cast is exact.
        #[allow(clippy::cast_sign_loss, reason = "the sign is written apart")]
        let digits = format::number(size as u64);
        return if value < 0.0 { format!("−{digits}") } else { digits };
    }
    match size {
        1e-4..1.0 => format!("{value:.3}"),
        1.0..1e6 => format!("{value:.2}"),
        _ => format!("{value:.2e}"),
    }
}

/// The value of a measure with its unit and interval.
pub(super) fn measure(measure: &Measure) -> Line {
    let mut told = line![number(measure.value)];
    if !measure.unit.is_empty() && measure.unit != measure.name {
        told.extend(line![" ", Span::Name(measure.unit.clone())]);
    }
    if let Some((least, most)) = measure.interval {
        told.extend(line![format!(" ({} to {}", number(least), number(most))]);
        if !measure.interval_is.is_empty() {
            told.extend(line![", ", Span::Name(measure.interval_is.clone())]);
        }
        told.push(Span::from(")"));
    }
    told
}

/// A time in UTC, or the two ends between which it was.
pub(super) fn utc(when: &When) -> Line {
    if when.is_exact() {
        return line![Span::Time(when.from)];
    }
    // A span of whole days is told in days: its last microsecond belongs to the day before midnight.
    let next = Timestamp(when.to.0.saturating_add(1));
    let day = 86_400 * charivari_model::time::MICROS_PER_SECOND;
    if when.from.0.rem_euclid(day) == 0 && next.0.rem_euclid(day) == 0 {
        let (first, last) = (format::day(when.from), format::day(when.to));
        let told = if first == last { first } else { format!("{first} – {last}") };
        return line![told];
    }
    let length = next.0.saturating_sub(when.from.0) / charivari_model::time::MICROS_PER_SECOND;
    let is_aligned = |step: i64| length == step && when.from.seconds().rem_euclid(step) == 0;
    match format::civil(when.from) {
        Some(at) if is_aligned(3_600) => line![at.strftime("%Y-%m-%d, %H\u{a0}h").to_string()],
        Some(at) if is_aligned(60) => line![at.strftime("%Y-%m-%d %H:%M").to_string()],
        _ => line![Span::Time(when.from), " – ", Span::Time(when.to)],
    }
}

/// A time as it was given, and whether its zone was.
pub(super) fn given(when: &When) -> Line {
    let mut told = line![Span::Name(when.given.clone())];
    if !when.zoned {
        told.push(Span::Missing(" (no zone named; UTC assumed)".to_owned()));
    }
    told
}

/// A period in UTC.
pub(super) fn period((from, to): (Timestamp, Timestamp)) -> Line {
    if from == to {
        return line![Span::Time(from)];
    }
    line![Span::Time(from), " – ", Span::Time(to)]
}

/// How good a basis is, as a sentence of its own.
pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => {
            "Confidence is low: the basis is scant, or rests on one source or one kind of evidence."
        }
        Confidence::Moderate => {
            "Confidence is moderate: the basis is credible, but not corroborated enough for more."
        }
        Confidence::High => {
            "Confidence is high: the basis is good, with several independent lines of evidence."
        }
    }
}

/// The ruling of an analyst as a tag.
pub(super) fn ruling(ruling: Ruling) -> Span {
    let words = match ruling {
        Ruling::Open => "not yet decided",
        Ruling::Accepted => "accepted",
        Ruling::Rejected => "rejected",
    };
    Span::Tag(ruling.word(), words.to_owned())
}

/// The outcome of a comparison as a tag.
pub(super) fn verdict(verdict: Verdict) -> Span {
    let class = match verdict {
        Verdict::Agrees => "agrees",
        Verdict::Differs => "differs",
        Verdict::Open => "cannot",
    };
    Span::Tag(class, verdict.word().to_owned())
}

/// How one record stands to another, as a tag, seen from the first or from the other.
pub(super) fn relation(relation: Relation, outward: bool) -> Span {
    let word = match relation {
        _ if outward => relation.word(),
        Relation::Supports => "supported",
        Relation::Contradicts => "contradicted",
        Relation::Denies => "denied",
        Relation::About => "spoken of",
    };
    Span::Tag(relation.word(), word.to_owned())
}

/// Where something stands in the evidence: `E3, row 12`.
pub(super) fn place(locator: &Locator) -> Line {
    let mut told = line![locator.evidence];
    if let Some(part) = &locator.part {
        told.extend(line![", ", Span::File(part.clone())]);
    }
    told.push(Span::from(format!(", row {}", format::number(locator.row))));
    if let Some(post) = &locator.post {
        told.extend(line![", post ", Span::Code(post.clone())]);
    }
    told
}

/// The kind of a finding as words; with its dots it would be taken for an address.
pub(super) fn kind(kind: &str) -> Span {
    Span::Name(kind.replace('.', " · ").replace('-', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_exact_as_they_are_large() {
        for (value, shown) in [
            (200_000.0, "200,000"),
            (-3.0, "−3"),
            (0.05, "0.050"),
            (12.345, "12.35"),
            (1e-9, "1.00e-9"),
            (f64::NAN, "unknown"),
            (f64::INFINITY, "unknown"),
        ] {
            assert_eq!(number(value), shown);
        }
    }
}
