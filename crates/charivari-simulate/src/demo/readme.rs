//! What the demo's folder says about itself.

use super::cast;
use crate::clock::iso;
use crate::world::{Platform, Role, World};

/// The text of `README.md`.
pub(super) fn text(seed: u64, world: &World) -> String {
    let count = |group: &str, role: Role| {
        let is =
            |account: &&crate::world::Account| account.group == Some(group) && account.role == role;
        world.accounts.iter().filter(is).count()
    };
    let first = world.posts.first().map(|post| iso(post.time)).unwrap_or_default();
    let last = world.posts.last().map(|post| iso(post.time)).unwrap_or_default();
    let honest = world.accounts.iter().filter(|account| account.role == Role::Crowd).count();
    format!(
        include_str!("readme.md"),
        seed = seed,
        posts = world.posts.len(),
        tweets = world.posts_on(Platform::X).count(),
        messages = world.posts_on(Platform::Telegram).count(),
        honest = honest,
        first = first,
        last = last,
        puppet_group = cast::PUPPETS,
        puppets = count(cast::PUPPETS, Role::Puppet),
        copy_group = cast::COPYISTS,
        copyists = count(cast::COPYISTS, Role::Copyist),
        channel_group = cast::CHANNELS,
        channels = count(cast::CHANNELS, Role::Amplifier),
        newsroom_group = cast::NEWSROOM,
        newsroom = count(cast::NEWSROOM, Role::Newsroom),
        duplicates = super::dirt::DUPLICATES,
        apart = super::story::APART / 60,
    )
}
