//! Patterns of digits, as the table of plans writes them, and what they fit.
//!
//! Only what the table has: digits, `\d`, sets, groups with and without a number, `|`, `?`, `{n}`,
//! `{n,m}` and `$`. Nothing repeats without end, so that no pattern runs away.

/// One step of a pattern.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A digit of this set, one bit for each.
    Digit(u16),
    /// Either way, the first one first.
    Split(usize, usize),
    /// On to another step.
    Jump(usize),
    /// The beginning or end of a group with a number.
    Mark(usize),
    /// Nothing may follow.
    End,
}

/// Beginnings and ends of the two groups with numbers.
type Marks = [Option<usize>; 4];

/// A pattern that is ready to be asked.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Step>);

/// What a pattern took from the beginning of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Digits that were taken.
    pub(super) length: usize,
    marks: Marks,
}

impl Taken {
    /// The digits of a group, counted from 0; nothing where it took no part.
    pub(super) fn group<'n>(&self, number: &'n str, group: usize) -> Option<&'n str> {
        number.get((*self.marks.get(2 * group)?)?..(*self.marks.get(2 * group + 1)?)?)
    }
}

impl Pattern {
    /// A pattern from its text; nothing where the text is none.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut maker = Maker { text: text.as_bytes(), at: 0, groups: 0, steps: Vec::new() };
        maker.choice()?;
        (maker.at == text.len()).then_some(Self(maker.steps))
    }

    /// What the pattern takes from the beginning of a number.
    pub(super) fn take(&self, number: &str) -> Option<Taken> {
        let mut marks = Marks::default();
        let length = self.run(number.as_bytes(), 0, 0, false, &mut marks)?;
        Some(Taken { length, marks })
    }

    /// Whether the pattern fits a number as a whole.
    pub(super) fn fits(&self, number: &str) -> bool {
        self.run(number.as_bytes(), 0, 0, true, &mut Marks::default()).is_some()
    }

    fn run(
        &self,
        number: &[u8],
        mut at: usize,
        mut step: usize,
        whole: bool,
        marks: &mut Marks,
    ) -> Option<usize> {
        loop {
            match *self.0.get(step).unwrap_or(&Step::End) {
                Step::Digit(set) => {
                    let digit = number.get(at)?.wrapping_sub(b'0');
                    (digit <= 9 && set >> digit & 1 == 1).then_some(())?;
                    (at, step) = (at + 1, step + 1);
                }
                Step::Split(first, second) => {
                    let kept = *marks;
                    if let Some(end) = self.run(number, at, first, whole, marks) {
                        return Some(end);
                    }
                    *marks = kept;
                    step = second;
                }
                Step::Jump(to) => step = to,
                Step::Mark(mark) => {
                    if let Some(mark) = marks.get_mut(mark) {
                        *mark = Some(at);
                    }
                    step += 1;
                }
                Step::End if step < self.0.len() => {
                    (at == number.len()).then_some(())?;
                    step += 1;
                }
                Step::End => return (!whole || at == number.len()).then_some(at),
            }
        }
    }
}

/// Makes the steps of a pattern while reading its text.
struct Maker<'t> {
    text: &'t [u8],
    at: usize,
    groups: usize,
    steps: Vec<Step>,
}

impl Maker<'_> {
    fn next_is(&mut self, byte: u8) -> bool {
        let is_next = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Sequences between `|`.
    fn choice(&mut self) -> Option<()> {
        let mut ends = Vec::new();
        loop {
            let fork = self.steps.len();
            self.steps.push(Step::Jump(fork + 1));
            self.sequence()?;
            if !self.next_is(b'|') {
                break;
            }
            ends.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.steps[fork] = Step::Split(fork + 1, self.steps.len());
        }
        let after = self.steps.len();
        for end in ends {
            self.steps[end] = Step::Jump(after);
        }
        Some(())
    }

    fn sequence(&mut self) -> Option<()> {
        while !matches!(self.text.get(self.at), None | Some(b'|' | b')')) {
            let (start, groups) = (self.at, self.groups);
            let first = self.steps.len();
            self.atom()?;
            let (least, most) = self.times()?;
            let after = self.at;
            if (least, most) != (1, 1) {
                self.steps.truncate(first);
                let mut forks = Vec::new();
                for time in 0..most {
                    if time >= least {
                        forks.push(self.steps.len());
                        self.steps.push(Step::Jump(0));
                    }
                    (self.at, self.groups) = (start, groups);
                    self.atom()?;
                }
                let end = self.steps.len();
                for fork in forks {
                    self.steps[fork] = Step::Split(fork + 1, end);
                }
            }
            self.at = after;
        }
        Some(())
    }

    /// How often the atom before may stand: once, where nothing is said.
    fn times(&mut self) -> Option<(u8, u8)> {
        if self.next_is(b'?') {
            return Some((0, 1));
        }
        if !self.next_is(b'{') {
            return Some((1, 1));
        }
        let length = self.text.get(self.at..)?.iter().position(|&byte| byte == b'}')?;
        let inner = std::str::from_utf8(self.text.get(self.at..self.at + length)?).ok()?;
        self.at += length + 1;
        let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
        let (least, most) = (least.parse().ok()?, most.parse().ok()?);
        (least <= most).then_some((least, most))
    }

    fn atom(&mut self) -> Option<()> {
        let byte = *self.text.get(self.at)?;
        self.at += 1;
        match byte {
            b'0'..=b'9' => self.steps.push(Step::Digit(1 << (byte - b'0'))),
            b'\\' if self.next_is(b'd') => self.steps.push(Step::Digit(0x3FF)),
            b'$' => self.steps.push(Step::End),
            b'[' => self.set()?,
            b'(' => self.group()?,
            _ => return None,
        }
        Some(())
    }

    fn set(&mut self) -> Option<()> {
        let mut set = 0_u16;
        loop {
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            if byte == b']' {
                break;
            }
            let last = if self.next_is(b'-') {
                self.at += 1;
                *self.text.get(self.at - 1)?
            } else {
                byte
            };
            if !byte.is_ascii_digit() || !last.is_ascii_digit() {
                return None;
            }
            (byte - b'0'..=last - b'0').for_each(|digit| set |= 1 << digit);
        }
        self.steps.push(Step::Digit(set));
        Some(())
    }

    fn group(&mut self) -> Option<()> {
        let is_silent = self.next_is(b'?') && self.next_is(b':');
        let group = self.groups;
        if !is_silent {
            self.groups += 1;
            self.steps.push(Step::Mark(2 * group));
        }
        self.choice()?;
        if !is_silent {
            self.steps.push(Step::Mark(2 * group + 1));
        }
        self.next_is(b')').then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_they_say() {
        for (pattern, number, expected) in [
            ("[1-9]\\d{8}", "639980001", true),
            ("[1-9]\\d{8}", "039980001", false),
            ("[1-9]\\d{8}", "6399800011", false),
            ("(?:12|3[45]?)6{2,3}", "3466", true),
            ("(?:12|3[45]?)6{2,3}", "12666", true),
            ("(?:12|3[45]?)6{2,3}", "36", false),
            ("(?:12|3[45]?)6{2,3}", "126666", false),
            ("1|12|123", "123", true),
            ("1(?:2(?:3|4)?)?", "124", true),
            ("", "", true),
            ("", "1", false),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().fits(number), expected, "{pattern} {number}");
        }
        for wrong in ["(12", "1)", "[1", "a", "1{2", "1*", "[x]", "\\w", "1{3,2}"] {
            assert!(Pattern::new(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn groups_are_told_and_the_first_way_that_fits_is_taken() {
        let local = Pattern::new("([457]\\d{6})$|1").unwrap();
        assert_eq!(local.take("4601234").unwrap().group("4601234", 0), Some("4601234"));
        let long = local.take("12684601234").unwrap();
        assert_eq!((long.length, long.group("12684601234", 0)), (1, None));
        let two = Pattern::new("(?:0|90)(?:(15|21)(\\d{10,11}))?").unwrap();
        let taken = two.take("0151234567890").unwrap();
        assert_eq!(taken.group("0151234567890", 0), Some("15"));
        assert_eq!(taken.group("0151234567890", 1), Some("1234567890"));
        assert_eq!(two.take("0999").unwrap().length, 1);
    }
}
