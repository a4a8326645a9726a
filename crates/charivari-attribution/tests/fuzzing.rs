//! The fuzz targets on mutated bytes, in a small loop of every test run.

mod small;

use charivari_attribution::fuzzing::{run, targets};

/// A fixed sequence of numbers.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[test]
fn no_bytes_make_a_parser_panic() {
    let mut numbers = Numbers(7);
    let weights = include_str!("../data/weights.json");
    let hypotheses = include_str!("../data/hypotheses.toml");
    let seeds = [
        small::CASES,
        small::CELLS,
        hypotheses,
        small::OBSERVATIONS,
        small::PROFILES,
        small::REPORTS,
        weights,
    ];
    assert_eq!(targets().len(), seeds.len());
    for (target, seed) in targets().iter().zip(seeds) {
        run(target, seed.as_bytes());
        for _ in 0..5_000 {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] = numbers.below(256) as u8,
                    1 => drop(bytes.drain(at..(at + numbers.below(20)).min(bytes.len()))),
                    2 => bytes.insert(at, b"\"{}[],\t\n-9e"[numbers.below(11)]),
                    _ => {
                        let copy = bytes[at..(at + numbers.below(40)).min(bytes.len())].to_vec();
                        bytes.splice(at..at, copy);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            run(target, &bytes);
        }
    }
    // The helpers of the other tests belong to the small world too.
    assert_eq!(small::knowledge().actors().len(), 6);
}
