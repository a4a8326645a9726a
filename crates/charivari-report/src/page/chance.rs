//! How chance was tested, and what the run could have found.

use crate::svg::{power, shape, surprise};
use crate::view::{Chance, Curve};
use crate::{format, odds};

use super::data::{Data, Markup};

/// The planted groups' size that the page speaks of.
const SPOKEN_OF: u32 = 5;

/// How chance was tested.
pub(super) struct Section {
    pub(super) windows: String,
    pub(super) left_out: Vec<(String, Data)>,
    pub(super) possible: String,
    pub(super) counted: String,
    pub(super) tested: String,
    pub(super) level: String,
    pub(super) wrong: String,
    pub(super) edges: String,
    pub(super) edges_open: String,
    pub(super) figure: Option<Markup>,
    pub(super) rows: Vec<SurpriseRow>,
}

/// One p-value of the table.
pub(super) struct SurpriseRow {
    pub(super) p: String,
    pub(super) pairs: String,
    pub(super) accounts: String,
    pub(super) chance: String,
}

/// What the run could have found.
pub(super) struct Power {
    pub(super) told: String,
    pub(super) panels: Vec<Panel>,
    pub(super) legend: Vec<(Markup, String)>,
    pub(super) tries: String,
}

/// The curves of one spread.
pub(super) struct Panel {
    pub(super) caption: String,
    pub(super) chart: Markup,
}

pub(super) fn section(chance: &Chance) -> Section {
    let windows: Vec<String> = chance.windows_s.iter().map(|w| format::span(*w)).collect();
    let figure = (!chance.surprises.is_empty())
        .then(|| surprise::surprise_svg(&chance.surprises, chance.stands_p, "surprise"));
    Section {
        windows: windows.join(", "),
        left_out: (chance.left_out.iter())
            .map(|(window, reason)| (format::span(*window), Data::text(reason)))
            .collect(),
        possible: possible(chance.pairs_possible, chance.looked_at),
        counted: if chance.looked_at >= 1.0 {
            "counted exactly".to_owned()
        } else {
            format!(
                "estimated from {} of the accounts, and taken three standard errors too high so that \
                 the error rate holds",
                odds::in_hundred(chance.looked_at)
            )
        },
        tested: format::number(chance.pairs_tested),
        level: chance.level.to_string(),
        wrong: odds::in_hundred(chance.level),
        edges: format::number(chance.edges),
        edges_open: format::number(chance.edges_open),
        figure: figure.map(Markup::ours),
        rows: rows(chance),
    }
}

/// The number of pairs: in three digits where it was estimated.
fn possible(pairs: f64, looked_at: f64) -> String {
    if looked_at >= 1.0 || pairs < 1_000.0 {
        return odds::about(pairs);
    }
    let unit = 10_f64.powi(pairs.log10().floor() as i32 - 2);
    format!("about {}", odds::about((pairs / unit).round() * unit))
}

/// The whole powers of ten that can be told apart.
fn rows(chance: &Chance) -> Vec<SurpriseRow> {
    let is_decade = |p: f64| {
        let power = -p.log10();
        (power - power.round()).abs() < 1e-6
    };
    (chance.surprises.iter())
        .filter(|point| point.p >= odds::LEAST * 0.999 && is_decade(point.p))
        .map(|point| SurpriseRow {
            p: if point.p < 1.0 { odds::odds(point.p) } else { "any".to_owned() },
            pairs: format::number(point.pairs),
            accounts: format::number(point.accounts),
            chance: odds::expected(2.0 * point.chance),
        })
        .collect()
}

/// What the run could have found, as one sentence; none where it was not measured.
pub(crate) fn could_have_found(curves: &[Curve]) -> Option<String> {
    let curves: Vec<&Curve> = curves.iter().filter(|curve| curve.accounts == SPOKEN_OF).collect();
    let found: Vec<String> = (curves.iter())
        .filter_map(|curve| {
            let objects = format::count(curve.fewest?.into(), "object", "objects");
            Some(format!("{objects} within {}", format::span(curve.spread_s as f64)))
        })
        .collect();
    let missed: Vec<String> = (curves.iter())
        .filter(|curve| curve.fewest.is_none())
        .map(|curve| format::span(curve.spread_s as f64))
        .collect();
    let mut told: Vec<String> = Vec::new();
    if !found.is_empty() {
        told.push(format!(
            "A group of five accounts hidden in these data would have been found, at least eight \
             times in ten, had it acted together on {}.",
            list(&found, "or on")
        ));
    }
    if !missed.is_empty() {
        let most = curves.iter().flat_map(|curve| &curve.points).map(|point| point.0).max();
        let which = if found.is_empty() { "A group of five accounts that" } else { "One that" };
        told.push(format!(
            "{which} acted within {} would have been found less than eight times in ten, even on {}.",
            list(&missed, "or"),
            format::count(most.unwrap_or(0).into(), "object", "objects"),
        ));
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// `a, b or c`.
fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The curves with their sentence; none where nothing was measured.
pub(super) fn power(curves: &[Curve]) -> Option<Power> {
    let told = could_have_found(curves)?;
    let mut spreads: Vec<i64> = curves.iter().map(|curve| curve.spread_s).collect();
    spreads.sort_unstable();
    spreads.dedup();
    let of = |spread: i64| -> Vec<&Curve> {
        curves.iter().filter(|curve| curve.spread_s == spread).collect()
    };
    let panel = |spread: &i64| {
        let caption = format!("Acting within {}", format::span(*spread as f64));
        let title = format!("Share of planted groups that were found. {caption}");
        let chart = power::power_svg(&of(*spread), &format!("power-{spread}"), &title);
        Panel { caption, chart: Markup::ours(chart) }
    };
    let legend = spreads.first().map(|spread| of(*spread)).unwrap_or_default();
    let tries = curves.iter().flat_map(|curve| curve.points.iter().map(|point| point.1));
    let (least, most) = (tries.clone().min().unwrap_or(0), tries.max().unwrap_or(0));
    Some(Power {
        told,
        panels: spreads.iter().map(panel).collect(),
        legend: (1..)
            .zip(legend)
            .map(|(number, curve)| {
                let badge = Markup::ours(shape::badge(Some(number), false));
                (badge, format!("{} accounts", format::number(curve.accounts.into())))
            })
            .collect(),
        tries: if least == most { times(most) } else { format!("{least} to {}", times(most)) },
    })
}

fn times(count: u32) -> String {
    format::count(count.into(), "time", "times")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_have_been_found_is_one_sentence_or_two() {
        let curve =
            |spread_s, fewest| Curve { accounts: 5, spread_s, points: vec![(24, 10, 9)], fewest };
        for (name, curves, shown) in [
            ("nothing measured", vec![], None),
            (
                "all",
                vec![curve(10, Some(3)), curve(900, Some(6))],
                Some("acted together on 3 objects within 10 s or on 6 objects within 15 min."),
            ),
            (
                "some",
                vec![curve(10, Some(3)), curve(900, None)],
                Some("One that acted within 15 min would"),
            ),
            (
                "none",
                vec![curve(10, None), curve(60, None)],
                Some("A group of five accounts that acted within 10 s or 1 min would"),
            ),
        ] {
            let told = could_have_found(&curves);
            let told = told.map(|told| told.replace('\u{a0}', " "));
            match shown {
                None => assert_eq!(told, None, "{name}"),
                Some(part) => assert!(told.as_deref().unwrap().contains(part), "{name}: {told:?}"),
            }
        }
    }

    #[test]
    fn estimates_have_three_digits() {
        assert_eq!(possible(1_234_567.0, 1.0), "1,234,567");
        assert_eq!(possible(1_234_567.0, 0.1), "about 1,230,000");
    }
}
