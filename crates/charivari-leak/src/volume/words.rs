//! The sentences of volumes.

use super::Volume;

/// What a seller-chosen sample cannot tell, always.
const CANNOT: &str = "rows that a seller chose cannot tell how many more there are, and a seller who has no \
                      more rows could show the same";

pub(super) fn tank(gaps_known: bool) -> String {
    let gaps = if gaps_known {
        "gaps are known from the own records"
    } else {
        "gaps are counted as rows, so that it is too high where there are any"
    };
    format!(
        "The rows were taken at random from the whole table, and the ids are the organisation's own sequence; \
         {gaps}."
    )
}

pub(super) fn recapture() -> String {
    "The two releases were taken independently of one another, each at random from the whole table."
        .to_owned()
}

/// The volume in one sentence.
pub(super) fn sentence(volume: &Volume) -> String {
    let seen = format!("At least {} different rows were seen", volume.seen);
    let up_to = volume.up_to_highest.map_or_else(String::new, |rows| {
        format!(
            " and {rows} of the own records have an id up to the highest of them, which is the size of the \
             table then and not of what was taken"
        )
    });
    match (&volume.estimate, &volume.refused) {
        (Some(estimate), _) => format!(
            "{seen}{up_to}; if rows were taken at random, which nothing here contradicts, the table had about \
             {:.0} (95 %: {:.0} to {:.0}); but {CANNOT}",
            estimate.rows.value, estimate.rows.low, estimate.rows.high
        ),
        (None, Some(why)) => {
            format!(
                "{seen}{up_to}; no estimate is made of how many there are, since {why}; {CANNOT}"
            )
        }
        (None, None) => format!("{seen}{up_to}; {CANNOT}"),
    }
}
