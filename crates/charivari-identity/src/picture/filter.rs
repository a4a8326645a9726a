//! From any size to 64 × 64: two passes of a box filter along rows and columns, then one value for
//! each cell. The order of all additions is PDQ's, because a sum of `f32` depends on it.

use super::Luma;
use super::dct::{SIDE, Small};

const PASSES: usize = 2;

/// The box that blurs a side of `length` enough for 64 samples.
fn window(length: usize) -> usize {
    length.div_ceil(2 * SIDE).max(1)
}

pub(super) fn to_64(luma: Luma) -> Small {
    let Luma { rows, columns, mut values } = luma;
    if rows != SIDE || columns != SIDE {
        let mut other = vec![0.0; values.len()];
        for _ in 0..PASSES {
            along_rows(&values, &mut other, columns, window(columns));
            along_columns(&other, &mut values, rows, columns, window(rows));
        }
    }
    let mut small = [[0.0; SIDE]; SIDE];
    for (i, line) in small.iter_mut().enumerate() {
        let row = (2 * i + 1) * rows / (2 * SIDE);
        for (j, cell) in line.iter_mut().enumerate() {
            *cell = values[row * columns + (2 * j + 1) * columns / (2 * SIDE)];
        }
    }
    small
}

/// How often each phase of a running mean repeats: growing without output, growing with it, full,
/// shrinking.
fn phases(length: usize, window: usize) -> [usize; 4] {
    // A picture narrower than its window would be no picture: windows are a 128th of a side.
    let half = window.midpoint(2);
    [half - 1, window - half + 1, length - window, half - 1]
}

fn along_rows(values: &[f32], out: &mut [f32], columns: usize, window: usize) {
    for (line, to) in values.chunks_exact(columns).zip(out.chunks_exact_mut(columns)) {
        let [silent, growing, full, shrinking] = phases(columns, window);
        let (mut sum, mut size) = (0.0_f32, 0.0_f32);
        let (mut left, mut right, mut at) = (0, 0, 0);
        for _ in 0..silent {
            sum += line[right];
            size += 1.0;
            right += 1;
        }
        for _ in 0..growing {
            sum += line[right];
            size += 1.0;
            to[at] = sum / size;
            right += 1;
            at += 1;
        }
        for _ in 0..full {
            sum += line[right];
            sum -= line[left];
            to[at] = sum / size;
            left += 1;
            right += 1;
            at += 1;
        }
        for _ in 0..shrinking {
            sum -= line[left];
            size -= 1.0;
            to[at] = sum / size;
            left += 1;
            at += 1;
        }
    }
}

/// As [`along_rows`], for all columns at once: each has its own sum, in the same order.
fn along_columns(values: &[f32], out: &mut [f32], rows: usize, columns: usize, window: usize) {
    let [silent, growing, full, shrinking] = phases(rows, window);
    let mut sums = vec![0.0_f32; columns];
    let mut size = 0.0_f32;
    let line = |row: usize| &values[row * columns..(row + 1) * columns];
    let (mut left, mut right, mut at) = (0, 0, 0);
    for step in 0..silent + growing {
        size += 1.0;
        for (sum, value) in sums.iter_mut().zip(line(right)) {
            *sum += value;
        }
        right += 1;
        if step >= silent {
            put(&sums, size, out, &mut at);
        }
    }
    for _ in 0..full {
        for ((sum, new), old) in sums.iter_mut().zip(line(right)).zip(line(left)) {
            *sum += new;
            *sum -= old;
        }
        put(&sums, size, out, &mut at);
        left += 1;
        right += 1;
    }
    for _ in 0..shrinking {
        size -= 1.0;
        for (sum, old) in sums.iter_mut().zip(line(left)) {
            *sum -= old;
        }
        put(&sums, size, out, &mut at);
        left += 1;
    }
}

fn put(sums: &[f32], size: f32, out: &mut [f32], at: &mut usize) {
    for (to, sum) in out[*at..*at + sums.len()].iter_mut().zip(sums) {
        *to = sum / size;
    }
    *at += sums.len();
}
