//! What is common in a group and rare outside of it.

use std::collections::BTreeMap;

use crate::detectors::chance::{fisher_tail, q_values};
use crate::detectors::{Context, Sign, Signs};

/// Tests each group and each label that `speaks`, by Fisher's exact test.
pub(super) fn groups(
    name: &'static str,
    labels: &[Option<String>],
    speaks: impl Fn(&str) -> bool,
    context: &Context<'_>,
    signs: &mut Signs,
) {
    let Some(groups) = context.groups else { return };
    let mut known = 0_u64;
    let mut of_label: BTreeMap<&str, u64> = BTreeMap::new();
    let mut of_group: BTreeMap<u32, u64> = BTreeMap::new();
    let mut of_both: BTreeMap<(u32, &str), u64> = BTreeMap::new();
    // Accounts beyond the list of groups are in none.
    let group_of = groups.iter().copied().chain(std::iter::repeat(None));
    for (label, group) in labels.iter().zip(group_of) {
        let Some(label) = label.as_deref() else { continue };
        known += 1;
        *of_label.entry(label).or_default() += 1;
        if let Some(group) = group {
            *of_group.entry(group).or_default() += 1;
            *of_both.entry((group, label)).or_default() += 1;
        }
    }
    of_both.retain(|(_, label), _| speaks(label));
    let p_values: Vec<f64> = of_both
        .iter()
        .map(|((group, label), hits)| fisher_tail(*hits, of_group[group], of_label[label], known))
        .collect();
    let q_values = q_values(&p_values, p_values.len() as f64);
    for (((group, label), hits), (p, q)) in of_both.iter().zip(p_values.iter().zip(q_values)) {
        if q > context.settings.level || *hits < 2 {
            continue;
        }
        let drawn = of_group[group];
        let outside = (of_label[label] - hits) as f64 / (known - drawn).max(1) as f64;
        let mut sign = Sign::new("profile", name, *hits as f64 / drawn as f64, drawn);
        sign.group = Some(*group);
        sign.expected = Some(outside);
        (sign.p, sign.q) = (Some(*p), Some(q));
        (*label).clone_into(&mut sign.detail);
        signs.rows.push(sign);
    }
}
