//! What must hold of a drawing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "test code")]

use charivari_graph::layout::Options;
use charivari_graph::{Graph, GraphError, layout};
use proptest::prelude::*;

#[path = "../fixtures/generate.rs"]
mod generate;

fn build(edges: &generate::Edges) -> Graph {
    Graph::from_edges(edges.nodes, &edges.source, &edges.target, &edges.weight).unwrap()
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Share of nodes whose nearest other node is of their own group.
fn purity(points: &[[f32; 2]], groups: &[u32]) -> f64 {
    let nearest = |v: usize| {
        let others = (0..points.len()).filter(|&u| u != v);
        others.min_by(|&a, &b| {
            distance(points[v], points[a]).total_cmp(&distance(points[v], points[b]))
        })
    };
    let pure = (0..points.len()).filter(|&v| nearest(v).is_some_and(|u| groups[u] == groups[v]));
    pure.count() as f64 / points.len() as f64
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    // Large enough for the threads to share the work.
    let graph = build(&generate::planted(20, 80, 10.0, 0.7, 5));
    let options = Options { iterations: Some(40), ..Options::default() };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let points = pool.install(|| layout(&graph, &options)).unwrap();
        points.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    let one = with(1);
    for threads in [2, 3, 7] {
        assert_eq!(with(threads), one, "{threads} threads");
    }
}

#[test]
fn groups_are_apart() {
    let cases = [
        ("planted", generate::planted(12, 40, 10.0, 0.7, 6), 0.9),
        ("cliques", generate::ring_of_cliques(20, 6), 0.99),
        ("heavy-tailed", generate::heavy_tailed(800, 0.3, 7), 0.8),
    ];
    for (name, edges, expected) in cases {
        let options = Options { groups: Some(edges.planted.clone()), ..Options::default() };
        let points = layout(&build(&edges), &options).unwrap();
        let met = purity(&points, &edges.planted);
        assert!(met >= expected, "{name}: {met} of the nodes are next to their own");
    }
}

#[test]
fn joined_groups_are_near() {
    // Each clique is joined to the next by a single edge.
    let edges = generate::ring_of_cliques(30, 6);
    let options = Options { groups: Some(edges.planted.clone()), ..Options::default() };
    let points = layout(&build(&edges), &options).unwrap();
    let mean = |step: usize| {
        let sum: f32 = (0..30).map(|c| distance(points[c * 6], points[(c + step) % 30 * 6])).sum();
        sum / 30.0
    };
    assert!(mean(1) < 0.4 * mean(15), "next {}, opposite {}", mean(1), mean(15));
}

#[test]
fn nodes_do_not_cover_each_other() {
    // A circle of friends a hundred times less active than the other would get a hundredth of its
    // area, were its nodes not pushed apart.
    let (mut source, mut target, mut weight) = (vec![0], vec![100], vec![1.0]);
    for a in 0..100 {
        for b in a + 1..100 {
            source.extend([a, 100 + a]);
            target.extend([b, 100 + b]);
            weight.extend([1e4, 1.0]);
        }
    }
    let graph = Graph::from_edges(200, &source, &target, &weight).unwrap();
    let points = layout(&graph, &Options::default()).unwrap();
    // All 200 discs as wide as this would cover a fiftieth of the page.
    let wide = 1000.0 / 200_f32.sqrt() / 6.0;
    let covered = (0..points.len())
        .filter(|&v| (0..v).any(|u| distance(points[u], points[v]) < wide))
        .count();
    assert_eq!(covered, 0, "nodes cover another");
}

#[test]
fn components_are_packed_around_the_largest() {
    // Nine triangles, a clique of 20 and eleven nodes alone.
    let (mut source, mut target) = (vec![], vec![]);
    for triangle in 0..9 {
        let first = triangle * 3;
        source.extend([first, first, first + 1]);
        target.extend([first + 1, first + 2, first + 2]);
    }
    for a in 27..47 {
        for b in a + 1..47 {
            source.push(a);
            target.push(b);
        }
    }
    let graph = Graph::from_edges(58, &source, &target, &vec![1.0; source.len()]).unwrap();
    let points = layout(&graph, &Options::default()).unwrap();
    let middle = |nodes: std::ops::Range<usize>| {
        let count = nodes.len() as f32;
        let sum = points[nodes].iter().fold([0.0, 0.0], |s, p| [s[0] + p[0], s[1] + p[1]]);
        [sum[0] / count, sum[1] / count]
    };
    let centre = middle(27..47);
    assert!(distance(centre, [500.0, 500.0]) < 150.0, "{centre:?}");
    let reach = points[27..47].iter().map(|&p| distance(p, centre)).fold(0.0, f32::max);
    for (v, &point) in points.iter().enumerate().filter(|(v, _)| !(27..47).contains(v)) {
        assert!(distance(point, centre) > reach, "node {v} lies in the largest component");
    }
    for triangle in 0..9 {
        let nodes = triangle * 3..triangle * 3 + 3;
        let own = middle(nodes.clone());
        let size = points[nodes.clone()].iter().map(|&p| distance(p, own)).fold(0.0, f32::max);
        let others = (0..58).filter(|v| !nodes.contains(v));
        assert!(others.into_iter().all(|v| distance(points[v], own) > size), "{triangle}");
    }
}

#[test]
fn the_smallest_graphs_are_drawn_in_the_middle() {
    let page = |graph: &Graph, width, height| {
        layout(graph, &Options { width, height, ..Options::default() }).unwrap()
    };
    let empty = Graph::from_edges(0, &[], &[], &[]).unwrap();
    assert!(page(&empty, 10.0, 10.0).is_empty());
    let single = Graph::from_edges(1, &[0], &[0], &[1.0]).unwrap();
    assert_eq!(page(&single, 300.0, 200.0), [[150.0, 100.0]]);
    let pair = Graph::from_edges(2, &[0], &[1], &[1.0]).unwrap();
    let points = page(&pair, 300.0, 200.0);
    assert!(distance(points[0], points[1]) > 100.0, "{points:?}");
}

#[test]
fn seeds_turn_the_drawing_and_repeat_it() {
    let graph = build(&generate::ring_of_cliques(5, 5));
    let with = |seed| layout(&graph, &Options { seed, ..Options::default() }).unwrap();
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let graph = Graph::from_edges(2, &[0], &[1], &[1.0]).unwrap();
    let cases = [
        ("a group too few", Options { groups: Some(vec![0]), ..Options::default() }, "E0505"),
        ("no width", Options { width: 0.0, ..Options::default() }, "E0506"),
        ("height not a number", Options { height: f32::NAN, ..Options::default() }, "E0506"),
    ];
    for (name, options, code) in cases {
        assert_eq!(layout(&graph, &options).map_err(|e| GraphError::code(&e)), Err(code), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn every_node_is_on_the_page(
        nodes in 1_u32..60,
        ends in prop::collection::vec((0_u32..60, 0_u32..60, 0_usize..5), 0..150),
        groups in prop::option::of(prop::collection::vec(any::<u32>(), 60)),
        width in 1.0_f32..2000.0,
        height in 1.0_f32..2000.0,
    ) {
        let weights = [0.0, 1.0, 5e-324, 1e300, 7.5];
        let source: Vec<u32> = ends.iter().map(|e| e.0 % nodes).collect();
        let target: Vec<u32> = ends.iter().map(|e| e.1 % nodes).collect();
        let weight: Vec<f64> = ends.iter().map(|e| weights[e.2]).collect();
        let graph = Graph::from_edges(nodes, &source, &target, &weight).unwrap();
        let groups = groups.map(|all| all[..nodes as usize].to_vec());
        let options = Options { groups, width, height, ..Options::default() };
        let points = layout(&graph, &options).unwrap();
        prop_assert_eq!(points.len(), nodes as usize);
        for point in points {
            prop_assert!((0.0..=width).contains(&point[0]) && (0.0..=height).contains(&point[1]));
        }
    }
}
