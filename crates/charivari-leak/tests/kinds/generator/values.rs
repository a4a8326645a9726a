//! Values that need no row: countries, dates, numbers with checks, texts.

use super::{Lang, Person, Random, latin};

pub(super) fn country(lang: Lang, form: usize, random: &mut Random) -> String {
    let names = lang.of([
        ["France", "Belgique", "Suisse"],
        ["United Kingdom", "Ireland", "Canada"],
        ["Deutschland", "Österreich", "Schweiz"],
        ["ایران", "افغانستان", "ترکیه"],
    ]);
    let codes =
        lang.of([["FR", "BE", "CH"], ["GB", "IE", "CA"], ["DE", "AT", "CH"], ["IR", "AF", "TR"]]);
    let at = if random.chance(0.9) { 0 } else { 1 + random.below(2) };
    if form.is_multiple_of(2) { names[at] } else { codes[at] }.to_owned()
}

pub(super) fn birth(lang: Lang, form: usize, random: &mut Random) -> String {
    let year = 1_938 + random.below(33) + random.below(34);
    let (month, day) = (1 + random.below(12), 1 + random.below(28));
    match (lang, form % 3) {
        (Lang::Fa, 0 | 1) => format!("{}/{month:02}/{day:02}", year - 621),
        (Lang::De, 0 | 1) => format!("{day:02}.{month:02}.{year}"),
        (Lang::Fr, 0) => format!("{day:02}/{month:02}/{year}"),
        (Lang::En, 0) => format!("{month}/{day}/{year}"),
        (_, 2) if form > 9 => format!("{year}{month:02}{day:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

pub(super) fn gender(lang: Lang, form: usize, female: bool) -> String {
    let (woman, man) = match (lang, form % 3) {
        (Lang::Fr, 0) => ("Mme", "M."),
        (Lang::Fr, _) => ("F", "M"),
        (Lang::En, 0) => ("female", "male"),
        (Lang::En, _) => ("Mrs", "Mr"),
        (Lang::De, 0) => ("Frau", "Herr"),
        (Lang::De, _) => ("w", "m"),
        (Lang::Fa, _) => ("زن", "مرد"),
    };
    if female { woman } else { man }.to_owned()
}

pub(super) fn iban(lang: Lang, form: usize, random: &mut Random) -> String {
    let (country, rest) = match lang {
        Lang::Fr => ("FR", random.digits(23)),
        Lang::En => ("GB", format!("ZQXB{}", random.digits(14))),
        Lang::De => ("DE", random.digits(18)),
        Lang::Fa => ("IR", random.digits(22)),
    };
    let check = format!("{rest}{country}00").bytes().fold(0_u32, |sum, byte| match byte {
        b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
        _ => (sum * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    let whole = format!("{country}{:02}{rest}", 98 - check);
    if form.is_multiple_of(3) {
        let groups: Vec<String> = whole
            .as_bytes()
            .chunks(4)
            .map(|four| String::from_utf8_lossy(four).into_owned())
            .collect();
        return groups.join(" ");
    }
    whole
}

pub(super) fn card(form: usize, random: &mut Random) -> String {
    let head = format!("{}{}", random.pick(&["4000", "5100", "4917", "5399"]), random.digits(11));
    let sum: u32 = head
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 1 {
                digit
            } else if digit > 4 {
                digit * 2 - 9
            } else {
                digit * 2
            }
        })
        .sum();
    let whole = format!("{head}{}", (10 - sum % 10) % 10);
    if form.is_multiple_of(2) {
        return whole;
    }
    whole
        .as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

pub(super) fn national(lang: Lang, female: bool, random: &mut Random) -> String {
    match lang {
        Lang::Fr => {
            let head = format!(
                "{}{:02}{:02}{:02}{}",
                if female { 2 } else { 1 },
                random.below(100),
                1 + random.below(12),
                1 + random.below(95),
                random.digits(6)
            );
            let number: u64 = head.parse().unwrap_or(0);
            format!("{head}{:02}", 97 - number % 97)
        }
        Lang::En => format!(
            "{}{}{}{}",
            random.pick(&["AB", "CE", "HJ", "JK", "LM", "PR", "SX", "WY"]),
            random.digits(2),
            random.digits(4),
            random.pick(&["A", "B", "C", "D"])
        ),
        Lang::De => {
            // Nine different digits and one of them again, which the rule asks for.
            let mut digits: Vec<u8> = (0..10).collect();
            for at in (1..10).rev() {
                digits.swap(at, random.below(at + 1));
            }
            if digits[0] == 0 {
                digits.swap(0, 5);
            }
            digits[9] = digits[random.below(8) + 1];
            let product = digits.iter().fold(10_u32, |product, &digit| {
                let sum = (u32::from(digit) + product) % 10;
                (if sum == 0 { 10 } else { sum }) * 2 % 11
            });
            let check = (11 - product) % 10;
            digits
                .iter()
                .map(|digit| char::from(b'0' + digit))
                .chain(check.to_string().chars())
                .collect()
        }
        Lang::Fa => {
            let head = random.digits(9);
            let sum: u32 = head
                .bytes()
                .zip((2..=10).rev())
                .map(|(byte, weight)| u32::from(byte - b'0') * weight)
                .sum();
            let rest = sum % 11;
            format!("{head}{}", if rest < 2 { rest } else { 11 - rest })
        }
    }
}

pub(super) fn ip(random: &mut Random) -> String {
    if random.chance(0.1) {
        return format!("2001:db8:{:x}::{:x}", random.below(65_536), random.below(65_536));
    }
    format!("{}.{}", random.pick(&["192.0.2", "198.51.100", "203.0.113"]), random.below(256))
}

pub(super) fn hash(form: usize, random: &mut Random) -> String {
    let hex = |n: usize, random: &mut Random| {
        (0..n)
            .map(|_| {
                random.pick(&[
                    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f",
                ])
            })
            .collect::<String>()
    };
    match form % 5 {
        0 => format!("$2y$10${}", hex(53, random)),
        1 => hex(32, random),
        2 => format!("$P$B{}", hex(30, random)),
        3 => hex(64, random),
        _ => format!("$argon2id$v=19$m=65536,t=3,p=4${}${}", hex(22, random), hex(43, random)),
    }
}

pub(super) fn text(lang: Lang, who: &Person, random: &mut Random) -> String {
    let sentences = lang.words().sentence;
    let mut out = random.pick(sentences).to_owned();
    if random.chance(0.5) {
        out = format!("{out}. {}", random.pick(sentences));
    }
    if random.chance(0.15) {
        out = format!("{out} {}@example.org", latin(&who.family));
    }
    out
}

pub(super) fn instant(form: usize, updated: bool, random: &mut Random) -> String {
    let (year, month, day) = (2_018 + random.below(5), 1 + random.below(12), 1 + random.below(28));
    if updated && form % 4 == 3 {
        return (1_500_000_000 + random.below(150_000_000)).to_string();
    }
    let (h, m, s) = (random.below(24), random.below(60), random.below(60));
    match form % 3 {
        0 => format!("{year}-{month:02}-{day:02} {h:02}:{m:02}:{s:02}"),
        1 => format!("{day:02}/{month:02}/{year}"),
        _ => format!("{year}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z"),
    }
}

pub(super) fn price(lang: Lang, form: usize, random: &mut Random) -> String {
    let (whole, cents) = (random.below(300), random.pick(&["00", "50", "90", "95", "99"]));
    match form % 3 {
        0 => format!("{whole}.{cents}"),
        1 if lang == Lang::En => format!("£{whole}.{cents}"),
        1 => format!("{whole},{cents} €"),
        _ => (random.below(60) * 50 + 100).to_string(),
    }
}

pub(super) fn token(random: &mut Random) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    (0..43).map(|_| char::from(SIGNS[random.below(64)])).collect()
}
