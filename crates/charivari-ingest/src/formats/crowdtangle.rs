//! Exports of CrowdTangle, which Meta closed in August 2024.
//!
//! **What it is.** CSV files of public posts: of Facebook pages, of Facebook groups, and of
//! Instagram accounts.
//!
//! **How it is recognised.** Facebook by `Page Name` or `Group Name` with `Facebook Id`, `Post
//! Created`, `Total Interactions`, `URL` and `Message`; Instagram by `Account`, `User Name`,
//! `Followers at Posting`, `Post Created`, `URL`, `Photo` and `Description`.
//!
//! **Fields.** The account is the page or group by `Facebook Id`, on Instagram by `User Name`; who
//! wrote in a group is not in the export. The post's id is taken from `URL`: the value of
//! `story_fbid`, `fbid` or `v`, else the last part of the path. Text is `Message` (on Instagram
//! `Description`) alone: `Image Text` is read off the picture by a machine, `Link Text` and
//! `Description` are the linked page's. The link is `Final Link`, or `Link` where that is empty,
//! and links in the text. Where the type of the post is a picture or video, `Link` is its address
//! on the platform and counts as media.
//!
//! **Traps.** `Post Created` ends with the abbreviation of its zone (`EST`, `EDT`). Numbers have
//! thousands commas. The file begins with a byte order mark. The header of the last column holds
//! text that varies. `N/A` stands for nothing.
//!
//! **Source.** The importers of 4CAT (`import_formats.py`), and the headers of published exports.

use std::borrow::Cow;

use super::sheet::{Extra, Sheet, add_links_of_text};
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::lists::ListStyle;
use crate::options::Options;
use crate::post::{Post, Str};
use crate::rows::Rows;
use crate::table::Dialect;

const DIALECT: Dialect = Dialect {
    // Each cell holds one link, which may have commas.
    lists: ListStyle::Brackets,
    blanks: &["N/A"],
    ..Dialect::PLAIN
};

/// Posts of pages and groups; see the module's documentation.
pub(super) struct Facebook;

static FACEBOOK: Sheet = Sheet {
    id: "crowdtangle-facebook",
    title: "CrowdTangle export of Facebook posts",
    certainty: Certainty::Sure,
    signature: &["Facebook Id", "Post Created", "Total Interactions", "URL", "Message"],
    columns: &[
        (Field::Post, "URL"),
        (Field::Account, "Facebook Id"),
        (Field::Account, "User Name"),
        (Field::Handle, "User Name"),
        (Field::Name, "Page Name"),
        (Field::Name, "Group Name"),
        (Field::Time, "Post Created"),
        (Field::Text, "Message"),
        (Field::Url, "URL"),
        (Field::Likes, "Likes"),
        (Field::Reposts, "Shares"),
        (Field::Replies, "Comments"),
        (Field::Views, "Post Views"),
        (Field::Description, "Page Description"),
        (Field::Location, "Page Admin Top Country"),
        (Field::Created, "Page Created"),
        (Field::Followers, "Followers at Posting"),
    ],
    dialect: Dialect { platform: "facebook", ..DIALECT },
    extra: &["Type", "Link", "Final Link"],
    mend: mend_facebook,
};

impl Format for Facebook {
    fn id(&self) -> &'static str {
        FACEBOOK.id
    }

    fn title(&self) -> &'static str {
        FACEBOOK.title
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        let name = ["Page Name", "Group Name"].into_iter().find(|name| head.column(name).is_some());
        let mut recognition = name.and_then(|_| FACEBOOK.recognise(head))?;
        recognition.reason.push_str(", ");
        recognition.reason.push_str(name.unwrap_or_default());
        Some(recognition)
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        FACEBOOK.mapper(name, head, options)
    }
}

fn mend_facebook<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    post.id = id_in(std::mem::take(&mut post.id));
    let (kind, link, target) = (extra.text(0), extra.text(1), extra.text(2));
    let is_media = |kind: &str| {
        ["photo", "album", "video"].iter().any(|word| kind.to_lowercase().contains(word))
    };
    let on_platform = link.as_deref().is_some_and(|link| link.contains("facebook.com/"));
    if on_platform && kind.as_deref().is_some_and(is_media) {
        post.media = link.map(|link| vec![link]);
        post.links = None;
    } else {
        post.links = target.or(link).map(|link| vec![link]);
    }
    add_links_of_text(post, rows, |_| true);
}

/// Posts of Instagram accounts; see the module's documentation.
pub(super) static INSTAGRAM: Sheet = Sheet {
    id: "crowdtangle-instagram",
    title: "CrowdTangle export of Instagram posts",
    certainty: Certainty::Sure,
    signature: &[
        "Account",
        "User Name",
        "Followers at Posting",
        "Post Created",
        "URL",
        "Photo",
        "Description",
    ],
    columns: &[
        (Field::Post, "URL"),
        (Field::Account, "User Name"),
        (Field::Account, "Account"),
        (Field::Handle, "User Name"),
        (Field::Name, "Account"),
        (Field::Time, "Post Created"),
        (Field::Text, "Description"),
        (Field::Url, "URL"),
        (Field::Media, "Photo"),
        (Field::Likes, "Likes"),
        (Field::Replies, "Comments"),
        (Field::Views, "Views"),
        (Field::Followers, "Followers at Posting"),
    ],
    dialect: Dialect { platform: "instagram", ..DIALECT },
    extra: &["Link"],
    mend: mend_instagram,
};

fn mend_instagram<'a>(post: &mut Post<'a>, extra: &Extra<'a, '_>, rows: &Rows<'_>) {
    post.id = id_in(std::mem::take(&mut post.id));
    // A link to Instagram is the post itself.
    let link = extra.text(0).filter(|link| !link.contains("instagram.com/"));
    post.links = link.map(|link| vec![link]);
    add_links_of_text(post, rows, |_| true);
}

/// The id of a post in its address.
fn id_in(address: Str<'_>) -> Str<'_> {
    match address {
        Cow::Borrowed(address) => Cow::Borrowed(id_part(address)),
        Cow::Owned(address) => Cow::Owned(id_part(&address).to_owned()),
    }
}

fn id_part(address: &str) -> &str {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let named = |name: &str| {
        pairs.clone().find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
    };
    let last = || path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    ["story_fbid", "fbid", "v"].into_iter().find_map(named).unwrap_or_else(last)
}

#[cfg(test)]
mod tests {
    use super::id_part;

    #[test]
    fn the_id_is_found_in_each_form_of_address() {
        for (address, id) in [
            ("https://www.facebook.com/100/posts/200", "200"),
            ("https://www.facebook.com/groups/100/permalink/200/", "200"),
            ("https://www.facebook.com/permalink.php?story_fbid=200&id=100", "200"),
            ("https://www.facebook.com/photo.php?fbid=200", "200"),
            ("https://www.facebook.com/watch/?v=200", "200"),
            ("https://www.instagram.com/p/AbC_d-1/", "AbC_d-1"),
            ("https://www.facebook.com/100/posts/pfbid02x?ref=a", "pfbid02x"),
            ("", ""),
        ] {
            assert_eq!(id_part(address), id, "{address}");
        }
    }
}
