//! Invented profiles for the story of the demo: two pretenders, puppets that show pictures of others,
//! and honest accounts beside them, a namesake and a club of readers among them.
//!
//! Pictures are drawn by [`crate::pictures`]: abstract shapes, nobody's face.

use std::fmt::Write as _;

use crate::demo;
use crate::pictures::Drawing;
use crate::random::Random;
use crate::world::{Account, Platform, Role};

/// One who is protected, as `identity protect` is told.
#[derive(Clone, Copy, Debug)]
pub struct Genuine {
    /// The short id.
    pub id: &'static str,
    /// `person` or `organisation`.
    pub kind: &'static str,
    /// The names.
    pub names: &'static [&'static str],
    /// The handle on X.
    pub handle: &'static str,
    /// The domain.
    pub domain: &'static str,
    /// What the profile says.
    pub bio: &'static str,
    /// The file of the genuine picture.
    pub picture: &'static str,
}

/// An editor and an executive, both invented.
pub const GENUINE: [Genuine; 2] = [
    Genuine {
        id: "quillon",
        kind: "person",
        names: &["Mara Quillon"],
        handle: "maraquillon",
        domain: "lanterneduport.example",
        bio: "Rédactrice en chef de La Lanterne du Port. Dessins, marées et mauvaise foi.",
        picture: "genuine-1.png",
    },
    Genuine {
        id: "ferrac",
        kind: "person",
        names: &["Odilon Ferrac"],
        handle: "odilonferrac",
        domain: "nuagelis.example",
        bio: "Directeur technique de Nuagelis. Serveurs, vélos, patience.",
        picture: "genuine-2.png",
    },
];

/// Profiles, pictures and the table that joins them.
#[derive(Clone, Debug)]
pub struct Profiles {
    /// The profiles as a table.
    pub accounts: String,
    /// Files of pictures: name and content.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Which account shows which picture.
    pub table: String,
    /// Who is who: account and role.
    pub truth: String,
}

/// Puppets that show pictures of others, and of how many others.
pub const RING: usize = 12;
const VICTIMS: usize = 3;

/// The columns of the table of profiles.
const HEADER: &str = "platform,account_id,handle,name,description,profile_link,created,synthetic\n";

/// A profile that the story of the posts does not have.
struct Extra {
    number: u64,
    handle: &'static str,
    name: &'static str,
    bio: &'static str,
    link: &'static str,
    created: &'static str,
    role: &'static str,
    picture: Option<&'static str>,
}

const EXTRAS: [Extra; 6] = [
    Extra {
        number: 1,
        handle: GENUINE[0].handle,
        name: GENUINE[0].names[0],
        bio: GENUINE[0].bio,
        link: "https://lanterneduport.example/",
        created: "2012-03-01T09:00:00Z",
        role: "genuine",
        picture: Some("genuine-1.png"),
    },
    Extra {
        number: 2,
        handle: GENUINE[1].handle,
        name: GENUINE[1].names[0],
        bio: GENUINE[1].bio,
        link: "https://nuagelis.example/",
        created: "2010-06-11T09:00:00Z",
        role: "genuine",
        picture: Some("genuine-2.png"),
    },
    Extra {
        number: 3,
        handle: "maraqui11on",
        // The o is a Greek omicron.
        name: "Mara Quill\u{3bf}n",
        bio: "Rédactrice en chef de La Lanterne du Port. Dessins, marées et mauvaise foi. Écrivez-moi en privé.",
        link: "https://lanterneduport-abonnes.example/liste",
        created: "2022-12-19T13:02:11Z",
        role: "pretender",
        picture: Some("pretender-1.png"),
    },
    Extra {
        number: 4,
        handle: "odilonferrac_off",
        name: "Odilon Ferrac officiel",
        bio: "Directeur technique de Nuagelis. Serveurs, vélos, patience.",
        link: "",
        created: "2022-12-21T08:40:55Z",
        role: "pretender",
        picture: Some("pretender-2.png"),
    },
    Extra {
        number: 5,
        handle: "mara_quillon_pain",
        name: "Mara Quillon",
        bio: "Boulangère à Montbrume. Levain, trail et chats. Aucun lien avec la journaliste.",
        link: "",
        created: "2014-09-02T17:30:00Z",
        role: "namesake",
        picture: Some("namesake.png"),
    },
    Extra {
        number: 6,
        handle: "amislanterne",
        name: "Les amis de La Lanterne du Port",
        bio: "Club de lecteurs, non officiel.",
        link: "",
        created: "2016-02-20T10:00:00Z",
        role: "club of readers",
        picture: None,
    },
];

/// The profiles around the demo's posts, of its accounts on X.
#[must_use]
pub fn profiles() -> Profiles {
    let world = demo::world(demo::SEED);
    let mut random = Random::part(demo::SEED, 0x7072_6f66);
    let mut made = Profiles {
        accounts: HEADER.to_owned(),
        pictures: Vec::new(),
        table: "account,file\n".to_owned(),
        truth: "account,role\n".to_owned(),
    };
    made.add_extras();
    let on_x = || world.accounts.iter().filter(|account| account.platform == Platform::X);
    for account in on_x() {
        let created = created(account.role, &mut random);
        let (handle, name) = (&account.handle.handle, &account.handle.name);
        // Writing to a string cannot fail.
        let _ = writeln!(made.accounts, "x,{},{handle},\"{name}\",,,{created},true", account.id);
    }
    made.add_ring(on_x().filter(|account| account.role == Role::Puppet), on_x());
    made
}

/// When an account was made: puppets in a few weeks of the winter, others in ten years.
fn created(role: Role, random: &mut Random) -> String {
    let mut pick = |from: u64, count: u64| from + random.below(count);
    if role == Role::Puppet || role == Role::Persona {
        format!("2022-12-{:02}T{:02}:{:02}:00Z", pick(5, 20), pick(5, 10), pick(0, 60))
    } else {
        format!(
            "{}-{:02}-{:02}T{:02}:00:00Z",
            pick(2010, 12),
            pick(1, 12),
            pick(1, 28),
            pick(0, 24)
        )
    }
}

impl Profiles {
    fn add_extras(&mut self) {
        for extra in &EXTRAS {
            let Extra { number, handle, name, bio, link, created, role, picture } = extra;
            let id = format!("92000000000000000{number:02}");
            let _ =
                writeln!(self.accounts, "x,{id},{handle},{name},\"{bio}\",{link},{created},true");
            let _ = writeln!(self.truth, "x:{id},{role}");
            if let Some(file) = picture {
                let _ = writeln!(self.table, "x:{id},{file}");
            }
        }
        let (editor, executive) = (Drawing::new(101).small(), Drawing::new(202).small());
        for (name, drawing) in [
            ("genuine-1.png", &editor),
            ("genuine-2.png", &executive),
            ("pretender-1.png", &editor.mirrored()),
            ("pretender-2.png", &executive.recompressed()),
            ("namesake.png", &Drawing::new(303).small()),
        ] {
            self.pictures.push((name.to_owned(), drawing.png()));
        }
    }

    /// Puppets that show the pictures of three of the crowd: as they are, mirrored, cut or coarser.
    fn add_ring<'w>(
        &mut self,
        puppets: impl Iterator<Item = &'w Account>,
        all: impl Iterator<Item = &'w Account>,
    ) {
        let crowd: Vec<&Account> = all.filter(|account| account.role == Role::Crowd).collect();
        let victims: Vec<Drawing> =
            (0..VICTIMS).map(|number| Drawing::new(400 + number as u64).small()).collect();
        for (number, drawing) in victims.iter().enumerate() {
            self.show(crowd[number * 97], format!("victim-{number}.png"), drawing, "victim");
        }
        for (number, puppet) in puppets.take(RING).enumerate() {
            let original = &victims[number % VICTIMS];
            let copy = match number / VICTIMS {
                0 => original.clone(),
                1 => original.mirrored(),
                2 => original.cropped(),
                _ => original.recompressed(),
            };
            self.show(
                puppet,
                format!("puppet-{number:02}.png"),
                &copy,
                "puppet with a stolen picture",
            );
        }
        for number in 0..8 {
            let drawing = Drawing::new(500 + number as u64).small();
            self.show(crowd[11 + number * 53], format!("crowd-{number}.png"), &drawing, "crowd");
        }
    }

    fn show(&mut self, account: &Account, file: String, drawing: &Drawing, role: &str) {
        let _ = writeln!(self.table, "x:{},{file}", account.id);
        let _ = writeln!(self.truth, "x:{},{role}", account.id);
        self.pictures.push((file, drawing.png()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_the_same_each_time_and_say_that_they_are_invented() {
        let (one, two) = (profiles(), profiles());
        assert_eq!((&one.accounts, &one.table), (&two.accounts, &two.table));
        assert_eq!(one.pictures, two.pictures);
        assert!(one.accounts.lines().skip(1).all(|line| line.ends_with(",true")));
        let puppets = one.truth.lines().filter(|line| line.ends_with("stolen picture")).count();
        assert_eq!(puppets, RING);
        assert_eq!(one.table.lines().count() - 1, one.pictures.len());
    }
}
