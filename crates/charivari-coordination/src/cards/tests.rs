//! Whole cards, from small invented tables.

use std::sync::Arc;

use arrow_array::{RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array};
use charivari_model::schema;

use super::*;
use crate::{Parameters, analyse, extract, groups};

/// One trace: object, account, post, seconds since Monday, 2 January 2023.
type Row = (String, String, String, i64);

fn store(rows: &[Row]) -> Store {
    let text =
        |cell: fn(&Row) -> &String| Arc::new(StringArray::from_iter_values(rows.iter().map(cell)));
    let times = rows.iter().map(|row| (1_672_617_600 + row.3) * 1_000_000);
    let columns: Vec<arrow_array::ArrayRef> = vec![
        Arc::new(StringArray::from(vec![None::<&str>; rows.len()])),
        text(|row| &row.0),
        text(|row| &row.1),
        text(|row| &row.2),
        Arc::new(TimestampMicrosecondArray::from_iter_values(times).with_timezone("UTC")),
        Arc::new(UInt32Array::from(vec![0; rows.len()])),
        Arc::new(UInt64Array::from_iter_values(2..rows.len() as u64 + 2)),
    ];
    let batch = RecordBatch::try_new(schema::traces(), columns).unwrap();
    let mut store = Store::default();
    store.add(&extract::of_traces(&batch, None).unwrap()).unwrap();
    store
}

/// Two crews of four; the first member of each is always 20 s ahead. Each acts once a day at nine,
/// on an object of its own, and on every third day both crews act on one and the same, hours apart.
/// Every member also posts alone, about something else, as often as it acts.
fn crews() -> Vec<Row> {
    let mut rows = Vec::new();
    for day in 0..30_i64 {
        for crew in 0..2_i64 {
            let object = if day % 3 == 0 { format!("both{day}") } else { format!("c{crew}d{day}") };
            for member in 0..4_i64 {
                let (account, at) = (format!("crew{crew}m{member}"), day * 86_400 + crew * 18_000);
                let late = if member == 0 { 0 } else { 20 + (member * 7 + day * 3) % 11 };
                let id = format!("{day}");
                rows.push((object.clone(), account.clone(), format!("{id}a"), at + 32_400 + late));
                let alone = format!("own{crew}m{member}d{day}");
                rows.push((alone, account, format!("{id}b"), at + 40_000 + member * 4_000));
            }
        }
    }
    rows
}

fn cards(rows: &[Row]) -> (Store, Network, Vec<Card>) {
    let store = store(rows);
    let network = analyse(&store, &Parameters::plain()).unwrap();
    let groups = groups::describe(&network);
    let cards = of(&store, &network, &groups).unwrap();
    (store, network, cards)
}

#[test]
fn a_card_says_what_was_planted() {
    let (store, network, cards) = cards(&crews());
    assert_eq!(cards.len(), 2);
    for (crew, card) in cards.iter().enumerate() {
        assert_eq!((card.size, card.edges, card.objects), (4, 6, 30), "crew {crew}");
        assert!((card.density - 1.0).abs() < 1e-12);
        let movers: Vec<&str> = card
            .leaders
            .first_movers()
            .map(|leader| network.account(&store, leader.account))
            .collect();
        assert_eq!(movers, [format!("crew{crew}m0")], "crew {crew}");
        // The first leads the three others; among those the order changes from day to day.
        let followed: Vec<&str> = card
            .directions
            .iter()
            .map(|direction| network.account(&store, direction.leader))
            .filter(|leader| leader.ends_with("m0"))
            .collect();
        assert_eq!(followed.len(), 3, "crew {crew}: {:?}", card.directions);
        assert_eq!(card.stability.seeds, Some(1.0));
        assert!(card.stability.levels.is_empty(), "chance was not tested");
        assert_eq!(card.overlaps, [Overlap { group: 1 - crew as u32, objects: 10, jaccard: 0.2 }]);
        for degree in &card.degrees {
            assert_eq!((degree.acted, degree.posts, degree.edges), (30, 60, 3));
            assert!((degree.share() - 0.5).abs() < 1e-12);
            assert_eq!(degree.least_q, None);
        }
        assert_eq!(card.rhythm.posts, 240);
        assert_eq!(card.rhythm.heat_posts.iter().flatten().sum::<u32>(), 240);
        assert_eq!(card.evidence.len(), EVIDENCE_OBJECTS * EVIDENCE_POSTS);
        assert!(card.evidence.iter().all(|post| post.place.is_some()));
    }
}

#[test]
fn the_order_of_rows_and_repeated_exports_change_nothing() {
    let mut rows = crews();
    let (_, _, one) = cards(&rows);
    rows.reverse();
    rows.extend(crews());
    let (_, _, other) = cards(&rows);
    // Where a post stands in the inputs is the one thing that must differ.
    let without_places = |cards: Vec<Card>| -> Vec<Card> {
        cards
            .into_iter()
            .map(|mut card| {
                for post in &mut card.evidence {
                    post.place = None;
                }
                card
            })
            .collect()
    };
    assert_eq!(without_places(one), without_places(other));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let rows = crews();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| cards(&rows).2)
    };
    assert_eq!(on(1), on(5));
}

#[test]
fn levels_are_tried_where_chance_was_tested() {
    let rows = crews();
    let store = store(&rows);
    let network = analyse(&store, &Parameters::default()).unwrap();
    let groups = groups::describe(&network);
    for card in of(&store, &network, &groups).unwrap() {
        let levels: Vec<f64> = card.stability.levels.iter().map(|at| at.level).collect();
        assert_eq!(levels, [0.005, 0.025, 0.05, 0.1]);
        assert!(card.stability.levels.iter().all(|at| (0.0..=1.0).contains(&at.jaccard)));
        assert!(card.degrees.iter().all(|degree| degree.least_q.is_some()));
    }
}

#[test]
fn an_empty_network_has_no_cards() {
    let (_, _, cards) = cards(&[]);
    assert!(cards.is_empty());
}

/// Five outlets that post one agency's stories every day, each with a link to its own site and the
/// three hashtags of a cause.
fn outlets() -> RecordBatch {
    use arrow_array::builder::{ListBuilder, StringBuilder};
    let posts: Vec<(i64, i64)> = (0..20).flat_map(|day| (0..5).map(move |o| (day, o))).collect();
    let text = |cell: fn(i64, i64) -> String| -> arrow_array::ArrayRef {
        Arc::new(StringArray::from_iter_values(posts.iter().map(|(day, o)| cell(*day, *o))))
    };
    let list = |cell: fn(i64, i64) -> Vec<String>| -> arrow_array::ArrayRef {
        let mut lists = ListBuilder::new(StringBuilder::new());
        for (day, outlet) in &posts {
            for value in cell(*day, *outlet) {
                lists.values().append_value(value);
            }
            lists.append(true);
        }
        Arc::new(lists.finish())
    };
    let times = posts.iter().map(|(day, o)| (1_672_650_000 + day * 90_061 + o * 7) * 1_000_000);
    let times = TimestampMicrosecondArray::from_iter_values(times).with_timezone("UTC");
    RecordBatch::try_from_iter([
        ("platform", text(|_, _| "x".to_owned())),
        ("post_id", text(|day, outlet| format!("{day}-{outlet}"))),
        ("account_id", text(|_, outlet| format!("4{outlet}"))),
        ("handle", text(|_, outlet| format!("Herald_{outlet}_News"))),
        ("time", Arc::new(times) as arrow_array::ArrayRef),
        ("text", text(|day, _| format!("the agency reports story number {day} of this winter"))),
        ("links", list(|day, outlet| vec![format!("https://herald{outlet}.example/{day}")])),
        ("hashtags", list(|_, _| ["snow", "ice", "winter"].map(String::from).to_vec())),
    ])
    .unwrap()
}

#[test]
fn outlets_are_explained_by_their_sites_and_their_cause() {
    let parameters = Parameters::plain();
    let mut store = Store::default();
    store.add(&extract::of_posts(&outlets(), &parameters).unwrap()).unwrap();
    let network = analyse(&store, &parameters).unwrap();
    let groups = groups::describe(&network);
    let cards = of(&store, &network, &groups).unwrap();
    assert_eq!(cards.len(), 1);
    let fits: Vec<&str> = cards[0].explanations.fits.iter().map(|fit| fit.name).collect();
    assert_eq!(fits, ["news-outlets", "supporters"]);
    let signs: Vec<&str> = cards[0].explanations.fits.iter().map(|fit| fit.sign.as_str()).collect();
    assert!(signs[0].starts_with("5 of 5 accounts") && signs[0].contains("herald"), "{signs:?}");
    assert!(signs[1].starts_with("100 % of all posts carry #"), "{signs:?}");
}
