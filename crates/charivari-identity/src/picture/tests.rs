use super::*;

/// A picture of a few waves and a bright corner, which no symmetry leaves as it is.
fn drawn(rows: usize, columns: usize) -> Luma {
    let values = (0..rows * columns).map(|at| {
        let (y, x) = ((at / columns) as f32 / rows as f32, (at % columns) as f32 / columns as f32);
        let corner = if x + y < 0.4 { 90.0 } else { 0.0 };
        (corner + 60.0 * (x * 9.0 + y * y * 5.0).sin() + 50.0 * (y * 14.0 - x * 3.0).cos() + 100.0)
            .clamp(0.0, 255.0)
    });
    Luma::new(rows, columns, values.collect()).unwrap()
}

fn changed(luma: &Luma, source: impl Fn(usize, usize) -> (usize, usize), turn: bool) -> Luma {
    let (rows, columns) = if turn { (luma.columns, luma.rows) } else { (luma.rows, luma.columns) };
    let values = (0..rows * columns).map(|at| {
        let (row, column) = source(at / columns, at % columns);
        luma.values[row * luma.columns + column]
    });
    Luma::new(rows, columns, values.collect()).unwrap()
}

#[test]
fn turned_and_mirrored_copies_are_found_under_their_names() {
    let luma = drawn(300, 260);
    let (rows, columns) = (luma.rows, luma.columns);
    let print = Print::of(luma.clone());
    let cases = [
        (Form::Original, changed(&luma, |r, c| (r, c), false)),
        (Form::Turned90, changed(&luma, |r, c| (c, columns - 1 - r), true)),
        (Form::Turned180, changed(&luma, |r, c| (rows - 1 - r, columns - 1 - c), false)),
        (Form::Turned270, changed(&luma, |r, c| (rows - 1 - c, r), true)),
        (Form::FlippedVertically, changed(&luma, |r, c| (rows - 1 - r, c), false)),
        (Form::Mirrored, changed(&luma, |r, c| (r, columns - 1 - c), false)),
        (Form::FlippedDiagonally, changed(&luma, |r, c| (c, r), true)),
        (Form::FlippedAntidiagonally, changed(&luma, |r, c| (rows - 1 - c, columns - 1 - r), true)),
    ];
    for (form, copy) in cases {
        let (nearest, distance) = print.forms.nearest(Print::of(copy).hash);
        assert_eq!(nearest, form);
        assert!(distance <= 12, "{form:?}: {distance}");
    }
}

#[test]
fn hashes_are_read_as_they_are_written() {
    let print = Print::of(drawn(200, 200));
    assert!(print.is_telling(), "{}", print.quality);
    assert_eq!(print.hash.to_string().parse::<Hash>().unwrap(), print.hash);
    for wrong in ["", "12", &"g".repeat(64), &"é".repeat(32)] {
        assert!(wrong.parse::<Hash>().is_err(), "{wrong}");
    }
}

#[test]
fn flat_and_tiny_pictures_are_not_telling() {
    let flat = Luma::new(100, 100, vec![128.0; 10_000]).unwrap();
    assert!(!Print::of(flat).is_telling());
    assert!(!Print::of(Luma::new(4, 100, vec![1.0; 400]).unwrap()).is_telling());
}

#[test]
fn a_search_finds_what_comparing_all_with_all_finds() {
    let mut state = 9_u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 29)
    };
    let mut hashes: Vec<Hash> =
        (0..40_000).map(|_| Hash(std::array::from_fn(|_| next()))).collect();
    let print = Print::of(drawn(128, 128));
    for (number, form) in print.forms.0.into_iter().enumerate() {
        let mut near = form;
        for bit in 0..(number * 5) {
            near.0[bit % 4] ^= 1 << bit;
        }
        hashes[number * 4_900 + 7] = near;
    }
    let index = Index::new(hashes.iter().copied());
    let plain = |forms: &[Hash]| -> Vec<u32> {
        let near = |hash: &Hash| forms.iter().any(|form| form.distance(*hash) <= SAME);
        (0..hashes.len() as u32).filter(|place| near(&hashes[*place as usize])).collect()
    };
    let places = |hits: Vec<Hit>| hits.iter().map(|hit| hit.place).collect::<Vec<_>>();
    assert_eq!(places(index.near(print.hash, SAME)), plain(&[print.hash]));
    let all = places(index.near_any(&print.forms, SAME));
    assert_eq!(all, plain(&print.forms.0));
    assert_eq!(all.len(), 7, "of eight planted, one lies beyond the distance");
}

#[test]
fn hashes_at_every_distance_are_found_up_to_the_distance_asked_for() {
    let query = Hash([0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, u64::MAX, 0]);
    // The bits that differ are the last ones, or every other one, so that first bits differ too.
    let differ = |count: usize, spread: bool| {
        let mut hash = query;
        for number in 0..count {
            let bit = if spread { number * 2 % 255 } else { 255 - number };
            hash.0[bit / 64] ^= 1 << (bit % 64);
        }
        hash
    };
    let hashes: Vec<Hash> = (0..=256)
        .map(|count| differ(count, false))
        .chain((0..=127).map(|count| differ(count, true)))
        .collect();
    let index = Index::new(hashes.iter().copied());
    for most in [0, 1, 7, 8, 31, 47, 48, 63, 64, 94, 95, 96, 97, 127, 128, 200, 256] {
        let near = |place: &u32| query.distance(hashes[*place as usize]) <= most;
        let expected: Vec<u32> = (0..hashes.len() as u32).filter(near).collect();
        let found: Vec<u32> = index.near(query, most).iter().map(|hit| hit.place).collect();
        assert_eq!(found, expected, "{most}");
    }
}

#[test]
fn bombs_and_damaged_files_are_refused() {
    let limits = Limits::default();
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("nothing", Vec::new(), "E0811"),
        ("no picture", b"GIF89a".to_vec(), "E0811"),
        ("a BMP that says it is huge", bmp(60_000, 60_000), "E0812"),
        ("more bytes than are read", vec![0; MAX_BYTES + 1], "E0812"),
    ];
    for (name, bytes, code) in cases {
        let error = Picture::of_bytes(&bytes, &limits).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
    }
}

/// The head of a BMP of this size, and nothing after it.
fn bmp(width: i32, height: i32) -> Vec<u8> {
    let mut bytes = b"BM".to_vec();
    bytes.extend([0; 8]);
    bytes.extend(54_u32.to_le_bytes());
    bytes.extend(40_u32.to_le_bytes());
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([1, 0, 24, 0]);
    bytes.extend([0; 24]);
    bytes
}
