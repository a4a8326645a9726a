//! The sentences of a snapshot.

use super::{Basis, Snapshot, Span};

/// What an interval on this basis assumes.
pub(super) fn assumptions(basis: Basis, by_ids: bool) -> Vec<String> {
    let mut all = vec![
        "Every instant was equally likely before the sample was looked at.".to_owned(),
        "Wrong values are independent of the rows that they are in.".to_owned(),
        "The copy was taken at one instant.".to_owned(),
    ];
    all.push(if by_ids {
        "Rows were numbered as they came in; an error that all clocks share is not seen.".to_owned()
    } else {
        "Clocks are off by few days at most; how far is not known without ids in the order of making."
            .to_owned()
    });
    if basis != Basis::Values {
        all.push(
            "Rows were taken as if at random with regard to when they were made; the test against it \
             found nothing."
                .to_owned(),
        );
    }
    all
}

/// The snapshot in one sentence, with what else it could be.
pub(super) fn sentence(snapshot: &Snapshot) -> String {
    let by = match snapshot.basis {
        Basis::RowsAndValues => "by when its rows were made and which of changed values it has",
        Basis::Rows => "by when its rows were made",
        Basis::Values => "by which of changed values it has",
    };
    let why = snapshot.rows_unused.as_ref().map_or_else(String::new, |why| {
        format!(" (when rows were made was not used, since {why})")
    });
    format!(
        "The copy that the sample comes from existed between {} (95 %, {by}{why}); that dates the copy and \
         not the theft: an old copy, a backup or a processor's copy may have been taken at any time since",
        span(snapshot.interval)
    )
}

fn span(span: Span) -> String {
    let day =
        |time: charivari_model::Timestamp| time.to_string().chars().take(10).collect::<String>();
    format!("{} and {}", day(span.from), day(span.to))
}
