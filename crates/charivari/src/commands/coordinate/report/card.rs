//! What is known of a group beside its edges, in the page's terms.

use charivari_coordination::cards;
use charivari_coordination::cards::rhythm::{Sure, Verdict};
use charivari_report::view;

use super::Teller;

/// The card of a group.
pub(super) fn tell(teller: Teller<'_>, card: &cards::Card) -> view::Card {
    view::Card {
        stability: stability(&card.stability),
        rhythm: Some(rhythm(&card.rhythm)),
        occasions: card.leaders.occasions.into(),
        first_movers: card.leaders.first_movers().map(|leader| mover(teller, leader)).collect(),
        follows: (card.directions.iter().filter(|direction| direction.stands))
            .map(|direction| follows(teller, direction))
            .collect(),
        follows_total: card.directions_standing.into(),
        overlaps: card.overlaps.iter().map(overlap).collect(),
        fits: (card.explanations.fits.iter())
            .map(|fit| view::Fit { meaning: fit.meaning.to_owned(), sign: fit.sign.clone() })
            .collect(),
        not_measured: (card.explanations.not_measured.iter())
            .map(|unknown| (unknown.name.to_owned(), unknown.needs.to_owned()))
            .collect(),
    }
}

fn stability(stability: &cards::stability::Stability) -> view::Stability {
    view::Stability {
        seeds: stability.seeds,
        seeds_tried: stability.seeds_tried.into(),
        levels: stability.levels.iter().map(|level| (level.level, level.jaccard)).collect(),
    }
}

fn rhythm(rhythm: &cards::rhythm::Rhythm) -> view::Rhythm {
    let sure = match (rhythm.verdict, rhythm.sure) {
        (Verdict::Suggests, Sure::Narrow) => "a hint, to within a few hours",
        (Verdict::Suggests, _) => "a weak hint, over many zones",
        _ => "cannot be told",
    };
    view::Rhythm {
        heat: rhythm.heat,
        accounts: rhythm.accounts.into(),
        days: rhythm.days.into(),
        told: rhythm.sentence(),
        sure: sure.to_owned(),
    }
}

fn mover(teller: Teller<'_>, leader: &cards::leaders::Leader) -> view::FirstMover {
    view::FirstMover {
        account: teller.account(leader.account),
        occasions: leader.occasions.into(),
        first: leader.first.into(),
        trials: (leader.trials.into(), leader.first_in_trials.into(), leader.expected),
        q: leader.q,
    }
}

fn follows(teller: Teller<'_>, direction: &cards::directions::Direction) -> view::Follows {
    view::Follows {
        leader: teller.account(direction.leader),
        follower: teller.account(direction.follower),
        objects: direction.objects.into(),
        first: direction.leader_first.into(),
        median_delay_s: direction.median_delay_s,
        q: direction.q,
    }
}

fn overlap(overlap: &cards::overlap::Overlap) -> view::Overlap {
    view::Overlap {
        group: overlap.group.saturating_add(1),
        objects: overlap.objects.into(),
        jaccard: overlap.jaccard,
    }
}
