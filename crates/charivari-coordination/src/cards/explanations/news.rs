//! News outlets and publishers.
//!
//! **What it finds.** Groups whose accounts mostly post one site each, almost exclusively, under a
//! handle that resembles the site's name; or that the test of chance set apart as publishers who
//! openly post the same stories.
//!
//! **Why it matters.** Outlets of one house, or subscribers of one agency, post the same headline at
//! the same minute, every day, in the open.
//!
//! **Innocent explanations.** It is one. But fronts for influence call themselves news, too: a site
//! that nobody answers for, registered lately, is no newspaper.
//!
//! **Parameters.** At least five links for an account to be counted; 80 % to one site; half of the
//! group's accounts.
//!
//! **Source.** Giglietto et al. 2020, Information, Communication & Society 23(6), set known
//! publishers apart by hand for the same reason; the rule here is ours.

use super::{Explanation, Facts, Judgement};
use crate::communities::GroupKind;

/// See the module's documentation.
pub(super) struct News;

impl Explanation for News {
    fn name(&self) -> &'static str {
        "news-outlets"
    }

    fn meaning(&self) -> &'static str {
        "News outlets or other publishers that post their own stories, or those of one agency."
    }

    fn judge(&self, facts: &Facts) -> Judgement {
        let open = facts.kind == GroupKind::Syndication;
        if open {
            return Judgement::Fits(
                "The test of chance set these accounts apart as publishers who openly post the same \
                 stories."
                    .to_owned(),
            );
        }
        let Some(sites) = &facts.sites else {
            return Judgement::NotMeasured("links");
        };
        if sites.own_site * 2 < facts.accounts.max(1) {
            return Judgement::DoesNot;
        }
        Judgement::Fits(format!(
            "{} of {} accounts post one site almost exclusively under a handle that resembles its \
             name{}.",
            sites.own_site,
            facts.accounts,
            sites
                .example
                .as_ref()
                .map_or_else(String::new, |site| format!(", for instance {site}")),
        ))
    }
}
