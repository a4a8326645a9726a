//! The cosine transform of 64 × 64 values, of which the 16 × 16 slowest waves without the mean are
//! kept, and the quality of what it is taken from.

pub(super) const SIDE: usize = 64;
pub(super) const KEPT: usize = 16;

pub(super) type Small = [[f32; SIDE]; SIDE];
pub(super) type Coefficients = [[f32; KEPT]; KEPT];

/// The waves: row `i` has the wave of frequency `i + 1`.
fn waves() -> [[f32; SIDE]; KEPT] {
    let scale = (2.0 / SIDE as f64).sqrt();
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let angle = std::f64::consts::PI / 2.0 / SIDE as f64 * (i + 1) as f64;
            (scale * (angle * (2 * j + 1) as f64).cos()) as f32
        })
    })
}

pub(super) fn coefficients(small: &Small) -> Coefficients {
    let waves = waves();
    let mut along = [[0.0_f32; SIDE]; KEPT];
    for (wave, to) in waves.iter().zip(&mut along) {
        for (weight, line) in wave.iter().zip(small) {
            for (cell, value) in to.iter_mut().zip(line) {
                *cell += weight * value;
            }
        }
    }
    std::array::from_fn(|i| {
        std::array::from_fn(|j| along[i].iter().zip(&waves[j]).fold(0.0, |sum, (a, b)| sum + a * b))
    })
}

/// How much changes from each value to the next, in hundredths of the whole range, cut to 100.
pub(super) fn quality(small: &Small) -> u8 {
    let step = |a: f32, b: f32| {
        let hundredths = (a - b) * 100.0 / 255.0;
        (hundredths as i32).unsigned_abs()
    };
    let mut sum: u32 = 0;
    for (line, below) in small.iter().zip(&small[1..]) {
        sum += line.iter().zip(below).map(|(a, b)| step(*a, *b)).sum::<u32>();
    }
    for line in small {
        sum += line.iter().zip(&line[1..]).map(|(a, b)| step(*a, *b)).sum::<u32>();
    }
    (sum / 90).min(100) as u8
}
